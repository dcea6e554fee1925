// Any bytes as a line: what is spotted is of its kind, and whole things stay whole.
#include "codec/text/spot.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str line = { (const char *)data, n };
	autoarena a = { 0 };
	struct cells c = { 0 };

	arena_init(&a, (size_t)256 << 20);
	if (n > 8 << 10)
		return 0;
	spot_cells(line, &a, &c);
	for (size_t i = 0; i < c.list.count; i++) {
		assert(str_eq(spot_kind(c.list.at[i].text), c.list.at[i].name));
		assert(c.list.at[i].text.n <= SPOT_MAX_WORD);
	}
	return 0;
}
