// Any head: it is read to its end, and whom it names is one address.
#include "codec/mail/mime_read.h"
#include "codec/mail/sender.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { LIMIT = 1 << 30 };

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str head = { (const char *)p, n }, rest = head, name, value;
	autoarena a = { 0 };
	struct sender s;
	size_t all = 0;

	arena_init(&a, LIMIT);
	while (mime_next_field(&rest, &name, &value))
		all += name.n + value.n;
	assert(all <= n);
	sender_read(head, &a, &s);
	assert(s.end < SENDER_END_COUNT && s.name.n <= SENDER_BYTES);
	if (s.end == SENDER_ONE || s.end == SENDER_TRICK)
		assert(str_has(s.address, '@') && str_has_suffix(s.address, s.domain) &&
		       str_has(s.domain, '.') && !str_has(s.address, ' '));
	else
		assert(s.address.n == 0 && s.domain.n == 0);
	return 0;
}
