#include "base/list.h"

enum { FIRST_ROOM = 8 };

void *list_grow(struct arena *a, void *at, size_t *room, size_t count, size_t size, size_t align)
{
	size_t more = *room > 0 ? *room * 2 : FIRST_ROOM;
	char *grown = arena_get(a, more, size, align);

	if (count > 0)
		memcpy(grown, at, count * size);
	*room = more;
	return grown;
}
