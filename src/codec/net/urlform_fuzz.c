#include "base/utf8.h"
#include "codec/net/urlform.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct urlform f = { { (const char *)p, n }, 0 };
	struct str name, value;
	struct err e = { 0 };
	autoarena a = { 0 };
	size_t sum = 0;

	if (n > 1 << 20)
		return 0;
	arena_init(&a, n + 4 * URLFORM_PAIRS + 4096);
	while (urlform_next(&f, &a, &name, &value, &e)) {
		assert(utf8_is(name) && utf8_is(value));
		sum += name.n + value.n;
	}
	assert(sum <= n && f.n <= URLFORM_PAIRS + 1);
	return 0;
}
