#include "codec/table/markup.h"
#include "codec/table/markup_tree.h"
#include "codec/table/tree_walk.h"

enum role { ROLE_NONE, ROLE_TABLE, ROLE_SECTION, ROLE_ROW, ROLE_HEAD, ROLE_CELL };

static enum role role_of(struct str name)
{
	static const struct {
		struct str name;
		enum role role;
	} roles[] = {
		{ { "tr", 2 }, ROLE_ROW },        { { "td", 2 }, ROLE_CELL },
		{ { "th", 2 }, ROLE_HEAD },       { { "table", 5 }, ROLE_TABLE },
		{ { "tbody", 5 }, ROLE_SECTION }, { { "thead", 5 }, ROLE_SECTION },
		{ { "tfoot", 5 }, ROLE_SECTION },
	};

	for (size_t i = 0; i < COUNTOF(roles) && ascii_lower(*name.p) == 't'; i++)
		if (str_eq_nocase(name, roles[i].name))
			return roles[i].role;
	return ROLE_NONE;
}

static bool has_word(struct str words, struct str word)
{
	while (words.n > 0)
		if (str_eq(str_cut(&words, ' '), word))
			return true;
	return false;
}

// Whether this tag is one of those that are counted.
static bool is_wanted(const struct tree_shape *shape, struct str attributes)
{
	struct str name, value;

	if (shape->attribute.n == 0)
		return true;
	while (markup_attribute(&attributes, &name, &value))
		if (str_eq_nocase(name, shape->attribute))
			return str_eq(value, shape->value) ||
			       (str_eq_nocase(name, S("class")) && has_word(value, shape->value));
	return false;
}

// Around the rows. depth: tables open, from the chosen one on.
static void walk_tag(struct tree_walk *w, const struct markup *m, enum markup_kind kind)
{
	struct tree_cut *t = w->t;
	enum role role = role_of(m->name);

	w->p = m->p;
	if (t->depth == 0) {
		if (!t->begun && kind == MARKUP_OPEN && role == ROLE_TABLE &&
		    is_wanted(t->shape, m->text) && t->met[0]++ == t->shape->number) {
			t->begun = true;
			t->depth = 1;
		}
		return;
	}
	if (role == ROLE_TABLE) {
		t->depth += kind == MARKUP_OPEN ? 1 : (unsigned)-1;
		t->over = t->depth == 0;
	} else if (kind == MARKUP_OPEN && t->depth == 1 && role >= ROLE_ROW) {
		w->p = m->start; // a cell without a row begins one
		tree_take(w, TREE_AT_RECORD);
	}
}

static bool walk(struct tree_walk *w)
{
	struct tree_cut *t = w->t;
	struct markup m = { .p = w->p,
			    .end = w->end,
			    .html = true,
			    .loose = true,
			    .last = w->last,
			    .in = (enum markup_in)t->in };
	enum markup_kind kind;

	if (t->over) { // what follows the table is of no use
		w->p = w->end;
		return false;
	}
	kind = markup_next(&m);
	t->in = m.in;
	if (kind == MARKUP_OPEN || kind == MARKUP_CLOSE)
		walk_tag(w, &m, kind);
	else
		w->p = m.p;
	return kind == MARKUP_BAD ? tree_bad(w) : kind > MARKUP_BAD;
}

// Whether a row ends at this tag; *behind: it takes the tag with it. deep: tables within
// it, and the row itself.
static bool ends_row(struct tree_cut *t, const struct markup *m, enum markup_kind kind,
		     bool *behind)
{
	enum role role = role_of(m->name);

	*behind = false;
	if (t->deep == 0) { // its own tag
		t->deep = 1;
		return false;
	}
	if (t->deep > 1 || (role == ROLE_TABLE && kind == MARKUP_OPEN)) {
		if (role == ROLE_TABLE)
			t->deep += kind == MARKUP_OPEN ? 1 : (uint64_t)-1;
		return false;
	}
	*behind = role == ROLE_ROW && kind == MARKUP_CLOSE;
	return role == ROLE_ROW || role == ROLE_TABLE || role == ROLE_SECTION;
}

static bool find_end(struct tree_walk *w)
{
	struct tree_cut *t = w->t;
	struct markup m = { .p = w->p + t->at,
			    .end = w->end,
			    .html = true,
			    .loose = true,
			    .last = w->last,
			    .in = (enum markup_in)t->in };
	enum markup_kind kind;
	bool behind;

	while ((kind = markup_next(&m)) > MARKUP_BAD) {
		if (kind == MARKUP_TEXT || !ends_row(t, &m, kind, &behind))
			continue;
		t->in = MARKUP_IN_NOTHING;
		tree_taken(w, behind ? m.p : m.start);
		t->doing = TREE_WALKING;
		return true;
	}
	t->in = m.in;
	if (t->doing == TREE_SKIPPING)
		w->p = m.p;
	else
		t->at = (size_t)(m.p - w->p);
	return kind == MARKUP_BAD ? tree_bad(w) : false;
}

static bool html_step(struct tree_walk *w)
{
	return w->t->doing == TREE_WALKING ? walk(w) : find_end(w);
}

size_t html_rows_cut(struct tree_cut *t, struct str bytes, bool last, struct csv_row *out,
		     size_t most, size_t *used)
{
	struct tree_walk w = { .t = t,
			       .p = bytes.p,
			       .end = bytes.p + bytes.n,
			       .last = last,
			       .out = out,
			       .most = most };

	return tree_run(&w, html_step, used);
}

struct row {
	struct markup m;
	unsigned deep;     // tables within the row
	const char *start; // of the cell's content, NULL: in none
	bool head;         // it is a th
	struct str cell;   // what was given
	bool was_head;
};

// The content of the next cell into r->cell.
static bool next_cell(struct row *r)
{
	enum markup_kind kind;

	while ((kind = markup_next(&r->m)) > MARKUP_BAD) {
		enum role role = kind == MARKUP_TEXT ? ROLE_NONE : role_of(r->m.name);
		const char *start = r->start;

		if (role == ROLE_TABLE)
			r->deep = kind == MARKUP_OPEN ? r->deep + 1 : r->deep - (r->deep > 0);
		if (role < ROLE_ROW || r->deep > 0)
			continue;
		r->was_head = r->head;
		r->start = kind == MARKUP_OPEN && role > ROLE_ROW ? r->m.p : NULL;
		r->head = role == ROLE_HEAD;
		if (start == NULL)
			continue;
		r->cell = (struct str){ start, (size_t)(r->m.start - start) };
		return true;
	}
	if (r->start == NULL)
		return false;
	r->cell = (struct str){ r->start, (size_t)(r->m.end - r->start) };
	r->was_head = r->head;
	r->start = NULL;
	return true;
}

static struct str plain(struct str cell, struct arena *a)
{
	char *text;

	if (!str_has(cell, '<') && !str_has(cell, '&') && !str_contains(cell, S("  ")) &&
	    !str_has(cell, '\n') && !str_has(cell, '\t') && !str_has(cell, '\r') &&
	    !str_has(cell, '\f'))
		return str_trim(cell);
	text = arena_new(a, char, cell.n);
	return (struct str){ text, markup_plain(cell, true, text) };
}

void html_names(struct str row, struct arena *a, struct html_names *out)
{
	struct row r = { .m = markup_of(row, true) };

	out->count = out->heads = 0;
	while (out->count < HTML_MAX_COLUMNS && next_cell(&r)) {
		out->heads += r.was_head;
		out->name[out->count++] = str_first(plain(r.cell, a), CELLS_NAME_MAX);
	}
}

void html_cells(struct str row, const struct html_names *names, struct arena *a, struct cells *out)
{
	struct row r = { .m = markup_of(row, true) };
	struct cells cells = { 0 };

	for (unsigned i = 0; next_cell(&r); i++) {
		struct cell cell = { .kind = CELL_TEXT };

		if (cells.list.count == CELLS_MAX) { // nothing is copied for what is left out
			cells.more++;
			continue;
		}
		cell.text = plain(r.cell, a);
		if (cell.text.n == 0)
			continue;
		if (names != NULL && i < names->count && names->name[i].n > 0)
			cell.name = names->name[i];
		else
			cell.name = arena_fmt(a, "c%u", i + 1);
		cells_add(&cells, a, cell);
	}
	*out = cells;
}
