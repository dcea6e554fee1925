#include "codec/text/reply.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { ROOM = 16 << 20, MOST = 256 << 10 };

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct arena a;
	struct str s = { (const char *)p, n };

	if (a.start == NULL)
		arena_init(&a, ROOM);
	arena_empty(&a);
	if (n > MOST)
		return 0;
	assert(reply_new(s, &a).n <= n + 1);
	assert(reply_html(s, &a).n <= n);
	return 0;
}
