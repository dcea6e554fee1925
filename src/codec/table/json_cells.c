#include "codec/table/json.h"
#include "codec/table/json_tree.h"
#include "codec/table/trail.h"

_Static_assert(TRAIL_MAX_DEPTH >= JSON_MAX_DEPTH + 1,
	       "a level of the trail for each of the reader");

enum { OWN_PREFIX = 2 }; // "^."

struct flatten {
	struct arena *a;
	struct trail trail;
	struct str but[TREE_MAX_RECORDS]; // paths whose values are left out
	unsigned buts;
	struct cells cells;
};

static struct str undone(struct str raw, struct arena *a)
{
	char *text;

	if (!str_has(raw, '\\'))
		return raw;
	text = arena_new(a, char, raw.n);
	return (struct str){ text, json_text(raw, text) };
}

static void step_to(struct flatten *f, unsigned depth, struct str key)
{
	char *mark = arena_mark(f->a);

	trail_step(&f->trail, depth, '.', undone(key, f->a));
	arena_back(f->a, mark);
}

static bool is_left_out(const struct flatten *f, struct str name)
{
	for (unsigned i = 0; i < f->buts; i++) {
		struct str but = f->but[i], own = str_from(name, OWN_PREFIX);

		if (but.n == 0 ||
		    (str_has_prefix(own, but) && (own.n == but.n || own.p[but.n] == '.')))
			return true;
	}
	return false;
}

static void add(struct flatten *f, unsigned depth, enum json_kind kind, struct str raw)
{
	struct cell cell = { .kind = CELL_TEXT };

	if (kind == JSON_WORD && str_starts(raw, 'n'))
		return;
	if (is_left_out(f, (struct str){ f->trail.text, f->trail.n[depth] }))
		return;
	if (f->cells.list.count == CELLS_MAX) { // nothing is copied for what is left out
		f->cells.more++;
		return;
	}
	if (kind == JSON_NUMBER)
		cell.kind = CELL_NUMBER;
	else if (kind == JSON_WORD)
		cell.kind = CELL_BOOLEAN;
	cell.name = trail_name(&f->trail, depth, f->a);
	cell.text = kind == JSON_STRING ? undone(raw, f->a) : raw;
	cells_add(&f->cells, f->a, cell);
}

static bool flatten(struct flatten *f, struct str record)
{
	struct json j = json_of(record);
	enum json_kind kind = json_next(&j);
	if (kind != JSON_OBJECT)
		return false;
	trail_same(&f->trail, 0);
	while ((kind = json_next(&j)) != JSON_END) {
		if (kind == JSON_BAD)
			return false;
		if (kind == JSON_KEY)
			step_to(f, j.depth - 1, j.token);
		else if (kind == JSON_ARRAY) // what stands in it has the path of the array
			trail_same(&f->trail, j.depth - 1);
		else if (kind == JSON_STRING || kind == JSON_NUMBER || kind == JSON_WORD)
			add(f, j.depth, kind, j.token);
	}
	return true;
}

bool json_cells(struct str record, struct arena *a, struct cells *out)
{
	struct flatten f = { .a = a };

	if (!flatten(&f, record))
		return false;
	*out = f.cells;
	return true;
}

bool json_cells_own(struct str context, const struct tree_shape *shape, struct arena *a,
		    struct cells *out)
{
	struct flatten f = { .a = a };
	bool below = shape->context.n > 0 && !str_eq(shape->context, S("."));
	size_t above = below ? shape->context.n + 1 : 0;

	for (unsigned i = 0; i < shape->count && i < TREE_MAX_RECORDS; i++) {
		struct str path = shape->records[i];

		f.but[f.buts++] = path.n > above ? str_from(path, above) : S("");
	}
	f.trail.text[0] = '^';
	f.trail.n[0] = 1;
	if (!flatten(&f, context))
		return false;
	*out = f.cells;
	return true;
}
