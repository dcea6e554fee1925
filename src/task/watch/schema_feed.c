// The feed file of a schema: what most types say of a column is said once.
#include "base/buf.h"
#include "base/hash.h"
#include "task/watch/schema.h"
#include "task/watch/schema_sheet.h"

enum { SLOTS = 8192, MOST_COLUMNS = SLOTS / 2 };

struct way { // one meaning of a column: its lines
	struct str lines;
	unsigned types; // that have it
};

struct shared {
	struct str column;
	LIST(struct way) ways;
	const struct way *common; // NULL: each type says it for itself
};

struct making {
	struct schema *schema;
	struct arena *a;
	LIST(struct shared) columns;
	uint16_t slot[SLOTS]; // by column: place + 1
	struct buf out, own;  // the file; the columns of the type at hand
};

static struct shared *shared_of(struct making *m, struct str column)
{
	uint32_t at = (uint32_t)hash_str(0, column) % SLOTS;

	while (m->slot[at] != 0 && !str_eq(m->columns.at[m->slot[at] - 1].column, column))
		at = (at + 1) % SLOTS;
	if (m->slot[at] == 0) {
		if (m->columns.count == MOST_COLUMNS)
			return NULL;
		list_add(&m->columns, m->a)->column = column;
		m->slot[at] = (uint16_t)m->columns.count;
	}
	return &m->columns.at[m->slot[at] - 1];
}

// Is this the first row of its column in the type? The others are said with it.
static bool is_first(const struct schema_type *t, const struct schema_row *row)
{
	for (const struct schema_row *r = t->rows.at; r != row; r++)
		if (str_eq(r->column, row->column))
			return false;
	return true;
}

static void count_way(struct making *m, struct shared *s, struct str lines)
{
	LIST_EACH (struct way, w, &s->ways)
		if (str_eq(w->lines, lines)) {
			w->types++;
			return;
		}
	*list_add(&s->ways, m->a) = (struct way){ lines, 1 };
}

// What holds secrets is said by the types that have it: they alone are kept apart
// (feed_has_secrets).
static void count_type(struct making *m, const struct schema_type *t)
{
	LIST_EACH (const struct schema_row, row, &t->rows) {
		struct shared *s;
		struct str lines;
		bool secret;

		if (!is_first(t, row))
			continue;
		lines = schema_column(m->schema, t, row->column, m->a, &secret);
		s = secret ? NULL : shared_of(m, row->column);
		if (s != NULL)
			count_way(m, s, lines);
	}
}

static void put_common(struct making *m)
{
	buf_str(&m->out, S("\n# ---- what most types say of a column; below, each type says what "
			   "it has otherwise\n\n"
			   "[columns]\n"));
	LIST_EACH (struct shared, s, &m->columns) {
		for (size_t i = 0; i < s->ways.count; i++)
			if (s->common == NULL || s->ways.at[i].types > s->common->types)
				s->common = &s->ways.at[i];
		if (s->common != NULL)
			buf_str(&m->out, s->common->lines);
	}
}

static void put_section(struct making *m, const char *part, struct str type, struct str lines)
{
	if (lines.n > 0)
		buf_fmt(&m->out, "[%s%s" STR_FMT "]\n" STR_FMT, part, type.n > 0 ? " " : "",
			STR_ARG(type), STR_ARG(lines));
}

static struct str own_columns(struct making *m, const struct schema_type *t)
{
	m->own.n = 0;
	LIST_EACH (const struct schema_row, row, &t->rows) {
		struct shared *s;
		struct str lines;
		bool secret;

		if (!is_first(t, row))
			continue;
		lines = schema_column(m->schema, t, row->column, m->a, &secret);
		s = secret ? NULL : shared_of(m, row->column);
		if (s == NULL || s->common == NULL || !str_eq(s->common->lines, lines))
			buf_str(&m->own, lines);
	}
	return buf_view(&m->own);
}

static void put_type(struct making *m, const struct schema_type *t,
		     const struct feed_sheet *present)
{
	struct str issue = feed_sheet_text(present, S("issue"), t->name, m->a);

	buf_char(&m->out, '\n');
	put_section(m, "select", t->name, schema_selects(t, m->a));
	put_section(m, "columns", t->name, own_columns(m, t));
	put_section(m, "set", t->name, schema_sets(m->schema, t, m->a));
	put_section(m, "issue", t->name, issue.n > 0 ? issue : schema_issue(t, m->a));
}

static bool is_in(const struct schema *s, struct str type)
{
	LIST_EACH (const struct schema_type, t, &s->types)
		if (str_eq(t->name, type))
			return true;
	return false;
}

// Types that are no longer published can still be asked about in the past.
static void put_gone(struct making *m, const struct feed_sheet *present)
{
	struct str last = { 0 };

	LIST_EACH (const struct feed_sheet_section, s, &present->sections) {
		if (s->type.n == 0 || str_eq(s->part, S("table")) || is_in(m->schema, s->type))
			continue;
		if (last.n == 0)
			buf_str(&m->out, S("\n# ---- no longer published, kept for the past\n"));
		if (!str_eq(last, s->type))
			buf_char(&m->out, '\n');
		last = s->type;
		buf_fmt(&m->out, "[" STR_FMT " " STR_FMT "]\n", STR_ARG(s->part), STR_ARG(s->type));
		buf_str(&m->out, feed_sheet_text(present, s->part, s->type, m->a));
	}
}

static void put_tables(struct making *m, const struct feed_sheet *present)
{
	LIST_EACH (const struct feed_sheet_section, s, &present->sections) {
		if (!str_eq(s->part, S("table")))
			continue;
		buf_char(&m->out, '\n');
		put_section(m, "table", s->type, feed_sheet_text(present, s->part, s->type, m->a));
	}
}

struct str schema_feed(struct schema *s, struct str present, struct arena *a)
{
	struct making *m = arena_new(a, struct making, 1);
	struct feed_sheet was;

	m->schema = s;
	m->a = a;
	m->out = (struct buf){ .p = arena_new(a, char, FEED_MAX_FILE), .cap = FEED_MAX_FILE };
	m->own = (struct buf){ .p = arena_new(a, char, FEED_MAX_FILE), .cap = FEED_MAX_FILE };
	feed_sheet_read(present, a, &was);
	LIST_EACH (const struct schema_type, t, &s->types)
		count_type(m, t);
	buf_str(&m->out, was.head);
	buf_char(&m->out, '\n');
	put_common(m);
	put_section(m, "set", S(""), feed_sheet_text(&was, S("set"), S(""), a));
	put_section(m, "issue", S(""), feed_sheet_text(&was, S("issue"), S(""), a));
	LIST_EACH (const struct schema_type, t, &s->types)
		put_type(m, t, &was);
	put_gone(m, &was);
	put_tables(m, &was);
	return m->out.over || m->own.over ? (struct str){ 0 } : buf_view(&m->out);
}
