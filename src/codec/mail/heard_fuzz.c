#include "codec/mail/heard.h"

#include <assert.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { ROOM = 1 << 20 };

// What is read is written as the same bytes, and each part stands behind the one that holds it.
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct arena a;
	static char *room;
	struct buf b;
	struct heard_whole h;

	if (room == NULL) {
		arena_init(&a, ROOM);
		room = malloc(HEARD_BYTES);
	}
	arena_empty(&a);
	b = (struct buf){ .p = room, .cap = HEARD_BYTES };
	if (!heard_read((struct str){ (const char *)p, n }, &a, &h))
		return 0;
	for (size_t i = 0; i < h.parts.count; i++)
		assert(h.parts.at[i].parent < (int32_t)i);
	if (heard_body(&h) != NULL)
		assert(heard_find(&h, heard_body(&h)->type) != NULL);
	heard_write(&b, &h);
	assert(b.over || b.n == n);
	return 0;
}
