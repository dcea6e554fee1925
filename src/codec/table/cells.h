// One record as named texts: what a feed file's [columns] are about, whatever the format.
// A name may stand several times (several values). Names and texts point into the record
// or into the arena; nothing is copied that need not be.
#pragma once

#include "base/list.h"

enum { CELLS_MAX = 2048, CELLS_NAME_MAX = 512 }; // of one record; bytes of a name, cut beyond

enum cell_kind { CELL_TEXT, CELL_NUMBER, CELL_BOOLEAN }; // as the format itself says

struct cell {
	struct str name, text; // text without quotes, escapes and entities
	enum cell_kind kind;
};

struct cells {
	LIST(struct cell) list;
	uint64_t more; // cells beyond CELLS_MAX, which were left out
};

static inline void cells_add(struct cells *c, struct arena *a, struct cell cell)
{
	if (c->list.count == CELLS_MAX)
		c->more++;
	else
		*list_add(&c->list, a) = cell;
}

// The first of a name; .p NULL: none.
static inline struct str cells_get(const struct cells *c, struct str name)
{
	for (size_t i = 0; i < c->list.count; i++)
		if (str_eq(c->list.at[i].name, name))
			return c->list.at[i].text;
	return (struct str){ 0 };
}
