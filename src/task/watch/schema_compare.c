#include "base/buf.h"
#include "task/watch/schema.h"
#include "task/watch/schema_sheet.h"

struct comparing {
	struct feed_sheet was, is;
	struct arena *a;
};

static bool same_values(const struct feed_sheet_section *a, struct str key,
			const struct feed_sheet_section *b)
{
	size_t i = 0, k = 0;

	for (;;) {
		while (a != NULL && i < a->lines.count && !str_eq(a->lines.at[i].key, key))
			i++;
		while (b != NULL && k < b->lines.count && !str_eq(b->lines.at[k].key, key))
			k++;
		if (a == NULL || i == a->lines.count || b == NULL || k == b->lines.count)
			return (a == NULL || i == a->lines.count) &&
			       (b == NULL || k == b->lines.count);
		if (!str_eq(a->lines.at[i++].value, b->lines.at[k++].value))
			return false;
	}
}

static bool names(const struct feed_sheet_section *s, struct str key)
{
	if (s != NULL)
		LIST_EACH (const struct feed_sheet_line, line, &s->lines)
			if (str_eq(line->key, key))
				return true;
	return false;
}

// Where a column of a type is said: by itself, or by all.
static const struct feed_sheet_section *says(const struct feed_sheet *s, struct str type,
					     struct str column)
{
	const struct feed_sheet_section *own = feed_sheet_section(s, S("columns"), type);

	if (names(own, column))
		return own;
	own = feed_sheet_section(s, S("columns"), S(""));
	return names(own, column) ? own : NULL;
}

static void compare_columns(struct comparing *c, const struct schema_type *t,
			    struct schema_difference *d)
{
	struct str last = { 0 };

	LIST_EACH (const struct schema_row, row, &t->rows) {
		const struct feed_sheet_section *was, *is;

		if (str_eq(row->column, last))
			continue;
		last = row->column;
		was = says(&c->was, t->name, row->column);
		is = says(&c->is, t->name, row->column);
		if (was == NULL)
			*list_add(&d->fresh, c->a) = row->column;
		else if (!same_values(was, row->column, is))
			*list_add(&d->other, c->a) = row->column;
	}
}

static bool same_section(struct comparing *c, const char *part, struct str type)
{
	return str_eq(feed_sheet_text(&c->was, str_of(part), type, c->a),
		      feed_sheet_text(&c->is, str_of(part), type, c->a));
}

static bool had(const struct feed_sheet *s, struct str type)
{
	LIST_EACH (const struct feed_sheet_section, x, &s->sections)
		if (str_eq(x->type, type) && !str_eq(x->part, S("table")))
			return true;
	return false;
}

static void compare_type(struct comparing *c, const struct schema_type *t,
			 struct schema_differences *out)
{
	struct schema_difference d = { .type = t->name };

	if (!had(&c->was, t->name)) {
		d.change = SCHEMA_ADDED;
		*list_add(&out->at, c->a) = d;
		return;
	}
	d.change = SCHEMA_CHANGED;
	compare_columns(c, t, &d);
	d.selects = !same_section(c, "select", t->name);
	d.sets = !same_section(c, "set", t->name);
	if (d.fresh.count > 0 || d.other.count > 0 || d.selects || d.sets)
		*list_add(&out->at, c->a) = d;
}

static bool is_in(const struct schema *s, struct str type)
{
	LIST_EACH (const struct schema_type, t, &s->types)
		if (str_eq(t->name, type))
			return true;
	return false;
}

void schema_compare(const struct schema *s, struct str present, struct str made, struct arena *a,
		    struct schema_differences *out)
{
	struct comparing c = { .a = a };
	struct str last = { 0 };

	*out = (struct schema_differences){ 0 };
	feed_sheet_read(present, a, &c.was);
	feed_sheet_read(made, a, &c.is);
	LIST_EACH (const struct schema_type, t, &s->types)
		compare_type(&c, t, out);
	LIST_EACH (const struct feed_sheet_section, x, &c.was.sections) {
		if (x->type.n == 0 || str_eq(x->part, S("table")) || str_eq(x->type, last) ||
		    is_in(s, x->type))
			continue;
		last = x->type;
		*list_add(&out->at, a) =
			(struct schema_difference){ .type = x->type, .change = SCHEMA_GONE };
	}
}
