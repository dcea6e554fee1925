#include "codec/table/json.h"
#include "codec/table/json_tree.h"
#include "codec/table/tree_replay.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { ARENA = 4 << 20, HEAD = 3 };

static const struct tree_shape shapes[] = {
	{ .records = { { "", 0 } }, .count = 1 },
	{ .records = { { "a", 1 } }, .count = 1 },
	{ .records = { { "a.b", 3 }, { "b", 1 } }, .count = 2 },
	{ .records = { { "a.b", 3 }, { "a.b.a", 5 } }, .count = 2, .context = { "a", 1 } },
	{ .records = { { "a.b.b", 5 }, { "a.b.a.b", 7 } }, .count = 2, .context = { "a.b", 3 } },
	{ .records = { { "a", 1 }, { "b.a", 3 } }, .count = 2, .context = { ".", 1 } },
};

static bool is_object(struct str s)
{
	struct json j = json_of(s);
	enum json_kind kind;

	if (json_next(&j) != JSON_OBJECT)
		return false;
	while ((kind = json_next(&j)) != JSON_END)
		if (kind == JSON_BAD)
			return false;
	return true;
}

static void check_cells(struct str record, struct arena *a)
{
	struct cells cells;

	if (!json_cells(record, a, &cells)) {
		assert(!is_object(record));
		return;
	}
	assert(is_object(record) && cells.list.count <= CELLS_MAX);
	LIST_EACH (const struct cell, cell, &cells.list)
		assert(cell->name.n <= CELLS_NAME_MAX && cell->text.n <= record.n);
}

static void check_own(struct str context, const struct tree_shape *shape, struct arena *a)
{
	struct cells all, own;

	if (!json_cells_own(context, shape, a, &own))
		return;
	assert(json_cells(context, a, &all));
	assert(own.list.count + own.more <= all.list.count + all.more);
	LIST_EACH (const struct cell, cell, &own.list)
		assert(str_has_prefix(cell->name, S("^.")));
}

// In one piece and in pieces come the same rows, and rows of sound JSON are sound objects.
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct replayed whole, pieces;
	static struct arena a;
	const struct tree_shape *shape;
	struct str s;

	if (n < HEAD || n > REPLAY_MAX_ROWS)
		return 0;
	if (a.start == NULL)
		arena_init(&a, ARENA);
	shape = &shapes[p[0] % COUNTOF(shapes)];
	s = (struct str){ (const char *)p + HEAD, n - HEAD };
	replay(&whole, json_tree_cut, shape, s, 0, 64);
	replay(&pieces, json_tree_cut, shape, s, 1 + p[1], 1 + p[2] % 8);
	replay_same(&whole, &pieces);
	for (size_t i = 0; i < whole.count; i++) {
		const struct replayed_row *row = &whole.row[i];
		char *mark = arena_mark(&a);

		assert(row->state != CSV_ROW || (s.p[row->at] == '{' && row->length >= 2));
		if (row->state == CSV_ROW)
			check_cells((struct str){ s.p + row->at, row->length }, &a);
		if (row->context_length > 0 && (i == 0 || row->context != whole.row[i - 1].context))
			check_own((struct str){ s.p + row->context, row->context_length }, shape,
				  &a);
		arena_back(&a, mark);
	}
	assert(!is_object(s) || !whole.cut.bad);
	return 0;
}
