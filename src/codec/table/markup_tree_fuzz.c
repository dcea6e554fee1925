#include "codec/table/markup.h"
#include "codec/table/markup_tree.h"
#include "codec/table/tree_replay.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { ARENA = 8 << 20, HEAD = 3 };

static const struct tree_shape shapes[] = {
	{ .records = { { "", 0 } }, .count = 1 },
	{ .records = { { "a", 1 } }, .count = 1 },
	{ .records = { { "a.b", 3 }, { "a.c.b", 5 } }, .count = 2 },
	{ .records = { { "a.b.b", 5 }, { "a.b.a.b", 7 } }, .count = 2, .context = { "a.b", 3 } },
	{ .number = 0 },
	{ .number = 1 },
	{ .attribute = { "class", 5 }, .value = { "b", 1 } },
};
enum { FIRST_OF_HTML = 4 };

static void check_cells(struct str record, bool html, struct arena *a)
{
	struct cells cells = { 0 };
	struct html_names names;

	if (html) {
		html_names(record, a, &names);
		assert(names.count <= HTML_MAX_COLUMNS && names.heads <= names.count);
		html_cells(record, &names, a, &cells);
	} else if (!xml_cells(record, a, &cells)) {
		return;
	}
	assert(cells.list.count <= CELLS_MAX);
	LIST_EACH (const struct cell, cell, &cells.list) {
		assert(cell->name.n > 0 && cell->name.n <= CELLS_NAME_MAX);
		assert(cell->text.n > 0 && cell->text.n <= record.n);
	}
}

static bool is_tag(struct str record)
{
	struct markup m = markup_of(record, true);

	return markup_next(&m) == MARKUP_OPEN && m.start == record.p;
}

// In one piece and in pieces come the same rows, and each begins with its tag.
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct replayed whole, pieces;
	static struct arena a;
	const struct tree_shape *shape;
	bool html;
	struct str s;

	if (n < HEAD || n > REPLAY_MAX_ROWS)
		return 0;
	if (a.start == NULL)
		arena_init(&a, ARENA);
	html = p[0] % COUNTOF(shapes) >= FIRST_OF_HTML;
	shape = &shapes[p[0] % COUNTOF(shapes)];
	s = (struct str){ (const char *)p + HEAD, n - HEAD };
	replay(&whole, html ? html_rows_cut : xml_tree_cut, shape, s, 0, 64);
	replay(&pieces, html ? html_rows_cut : xml_tree_cut, shape, s, 1 + p[1], 1 + p[2] % 8);
	replay_same(&whole, &pieces);
	for (size_t i = 0; i < whole.count; i++) {
		struct str record = { s.p + whole.row[i].at, whole.row[i].length };
		char *mark = arena_mark(&a);

		if (whole.row[i].state != CSV_ROW)
			continue;
		assert(!html || is_tag(record));
		assert(html || (str_starts(record, '<') && record.p[record.n - 1] == '>'));
		check_cells(record, html, &a);
		arena_back(&a, mark);
	}
	check_cells(s, html, &a);
	arena_back(&a, a.start);
	return 0;
}
