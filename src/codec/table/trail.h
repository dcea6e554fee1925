// The path to where a reader of a nested record stands, as the name of a cell: steps with
// dots between, cut at CELLS_NAME_MAX bytes. One place in the arena for all cells of a name
// that come in a row.
#pragma once

#include "codec/table/cells.h"

enum { TRAIL_MAX_DEPTH = 256 };

struct trail {
	char text[CELLS_NAME_MAX];
	uint16_t n[TRAIL_MAX_DEPTH + 2]; // length of the path above each level
	struct str last;                 // name given last
};

static inline void trail_step(struct trail *t, unsigned depth, char dot, struct str name)
{
	size_t at = t->n[depth];

	if ((at > 0 || dot != '.') && at < sizeof t->text)
		t->text[at++] = dot;
	if (name.n > sizeof t->text - at) { // not within a UTF-8 character
		name.n = sizeof t->text - at;
		while (name.n > 0 && ((unsigned char)name.p[name.n] & 0xc0) == 0x80)
			name.n--;
	}
	if (name.n > 0)
		memcpy(t->text + at, name.p, name.n);
	t->n[depth + 1] = (uint16_t)(at + name.n);
}

static inline void trail_same(struct trail *t, unsigned depth) // a level without a name
{
	t->n[depth + 1] = t->n[depth];
}

static inline struct str trail_name(struct trail *t, unsigned depth, struct arena *a)
{
	struct str name = { t->text, t->n[depth] };

	if (t->last.p == NULL || !str_eq(name, t->last))
		t->last = arena_str(a, name);
	return t->last;
}
