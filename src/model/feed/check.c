// Are the columns that a feed file asks for among those that it names? Only where all of a
// record's columns are known before its first one: without a header, in rows.
#include "model/feed/event.h"
#include "model/feed/reader.h"

enum { MOST_NEAR = 256 }; // columns that a mistyped one is compared with

static bool all_named(const struct feed *f)
{
	return !f->header && (f->format == FORMAT_DELIMITED || f->format == FORMAT_LINES);
}

static bool is_column(const struct feed *f, const struct feed_type *t, struct str name)
{
	LIST_EACH (const struct feed_head, h, &f->heads)
		if (str_eq(h->name, name))
			return true;
	for (; t != NULL; t = t->base)
		LIST_EACH (const struct feed_column, c, &t->columns)
			if (str_eq(c->name, name))
				return true;
	return false;
}

static bool no_column(struct reader *r, const struct feed_type *t, struct str name,
		      const char *where)
{
	struct str words[MOST_NEAR], near;
	size_t n = 0;

	for (; t != NULL; t = t->base)
		LIST_EACH (const struct feed_column, c, &t->columns)
			if (n < MOST_NEAR)
				words[n++] = c->name;
	near = ini_nearest(name, words, n);
	return err_set(r->e, ERR_CONFIG,
		       near.n > 0 ? "%s: no column is called \"" STR_FMT
				    "\"; did you mean \"" STR_FMT "\"?"
				  : "%s: no column is called \"" STR_FMT "\"" STR_FMT,
		       where, STR_ARG(str_first(name, 60)), STR_ARG(near));
}

// `field`: a name may be that of a field too.
static bool check_when(struct reader *r, const struct feed_type *t, const struct condition *when,
		       bool field, const char *where)
{
	for (unsigned i = 0; when != NULL && i < when->count; i++) {
		struct str name = when->at[i].name;

		if (!is_column(r->feed, t, name) && !(field && event_key_known(name)))
			return no_column(r, t, name, where);
	}
	return true;
}

static bool check_lines(struct reader *r, const struct feed_type *t, const struct feed_type *of)
{
	LIST_EACH (const struct feed_column, c, &of->columns)
		if (!check_when(r, t, c->when, false, "[columns], a condition"))
			return false;
	LIST_EACH (const struct feed_fixed, x, &of->fixed)
		if (!check_when(r, t, x->when, true, "[set], a condition"))
			return false;
	LIST_EACH (const struct feed_drop, d, &of->drops)
		if (!check_when(r, t, &d->when, true, "[drop]"))
			return false;
	if (of->by_fields)
		return true;
	LIST_EACH (const struct feed_select, s, &of->selects) {
		if (!is_column(r->feed, t, s->column))
			return no_column(r, t, s->column, "[select]");
		if (s->by.n > 0 && !is_column(r->feed, t, s->by))
			return no_column(r, t, s->by, "[select], by");
	}
	return true;
}

bool check_names(struct reader *r, const struct feed_type *t)
{
	return !all_named(r->feed) ||
	       (check_lines(r, t, t) && (t->base == NULL || check_lines(r, t, t->base)));
}
