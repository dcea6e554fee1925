#include "codec/mail/signed.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { ROOM = 8 << 20, MOST = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct arena a;
	struct signed_cut x;

	if (a.start == NULL)
		arena_init(&a, ROOM);
	arena_empty(&a);
	if (n > MOST)
		return 0;
	signed_cut((struct str){ (const char *)p, n }, &a, &x);
	assert(x.kind != SIGNED_PGP || (x.signature.n > 0 && x.signature.n <= n));
	assert(x.kind != SEALED_PGP || (x.armored.n > 0 && x.armored.n <= n));
	assert(x.entity.n <= 2 * n);
	return 0;
}
