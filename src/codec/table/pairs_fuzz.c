#include "codec/table/pairs.h"

#include <assert.h>

enum { HEAD = 1, ARENA = 1 << 20, LONGEST = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static const struct pairs_shape shapes[] = {
	{ ' ', '=', '"' }, { ';', ':', '"' }, { '|', '=', '\0' }, { '\t', ':', '\'' }
};

static bool is_in(struct str part, struct str whole)
{
	return part.p >= whole.p && part.p + part.n <= whole.p + whole.n;
}

// Keys stand in the line, one behind the other, none empty, none with a separator.
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct arena a;
	const struct pairs_shape *shape;
	struct cells cells = { 0 };
	struct str line;
	const char *at;

	if (n < HEAD || n > LONGEST)
		return 0;
	if (a.start == NULL)
		arena_init(&a, ARENA);
	shape = &shapes[p[0] % COUNTOF(shapes)];
	line = (struct str){ (const char *)p + HEAD, n - HEAD };
	if (!pairs_cells(line, shape, &a, &cells))
		assert(cells.list.count == 0);
	else
		assert(str_has(line, shape->kv_separator));
	at = line.p;
	LIST_EACH (const struct cell, cell, &cells.list) {
		assert(cell->name.n > 0 && cell->text.n > 0);
		assert(is_in(cell->name, line) && cell->name.p >= at);
		assert(!str_has(cell->name, shape->kv_separator) &&
		       !str_has(cell->name, shape->pair_separator));
		assert(cell->text.n <= line.n);
		at = cell->name.p + cell->name.n;
	}
	arena_back(&a, a.start);
	return 0;
}
