#include "model/feed/feed.h"

#include "base/buf.h"
#include "model/feed/fetch.h"
#include "model/feed/reader.h"

#define W(word)                        \
	{                              \
		word, sizeof(word) - 1 \
	}

static const struct {
	struct str name;
	bool (*read)(struct reader *);
	enum { OF_FEED, OF_TYPE, OF_TABLE } of; // what may stand behind its name
} parts[] = {
	{ W("feed"), read_feed_key, OF_FEED },   { W("format"), read_format_key, OF_FEED },
	{ W("fetch"), read_fetch_key, OF_FEED }, { W("head"), read_head, OF_FEED },
	{ W("columns"), read_column, OF_TYPE },  { W("select"), read_select, OF_TYPE },
	{ W("match"), read_match, OF_TYPE },     { W("set"), read_fixed, OF_TYPE },
	{ W("issue"), read_rule, OF_TYPE },      { W("drop"), read_drop, OF_TYPE },
	{ W("table"), read_pair, OF_TABLE },
};

static struct feed_type *type_named(struct feed *f, struct str name)
{
	LIST_EACH (struct feed_type, t, &f->types)
		if (str_eq(t->name, name))
			return t;
	return NULL;
}

// A new type begins with the selects of all; what else they share it finds by its base.
static bool begin_type(struct reader *r, struct str name)
{
	struct feed_type *t;

	r->type = r->common;
	if (name.n == 0)
		return r->feed->types.count == 0 ||
		       err_set(r->e, ERR_CONFIG,
			       "line %u: [" STR_FMT
			       "] without a type must stand before the first type",
			       r->in.line, STR_ARG(r->in.section));
	t = type_named(r->feed, name);
	if (t == NULL) {
		if (r->feed->types.count == FEED_MAX_TYPES)
			return err_set(r->e, ERR_CONFIG, "line %u: over %d types", r->in.line,
				       FEED_MAX_TYPES);
		t = list_add(&r->feed->types, r->a);
		t->name = name;
		t->base = r->common;
		t->by_fields = r->common->by_fields;
		LIST_EACH (const struct feed_select, s, &r->common->selects)
			*list_add(&t->selects, r->a) = *s;
	}
	r->type = t;
	return true;
}

static bool begin_table(struct reader *r, struct str name)
{
	if (name.n == 0)
		return err_set(r->e, ERR_CONFIG, "line %u: a table is written as [table NAME]",
			       r->in.line);
	if (r->feed->tables.count == FEED_MAX_TABLES)
		return err_set(r->e, ERR_CONFIG, "line %u: over %d tables", r->in.line,
			       FEED_MAX_TABLES);
	r->table = list_add(&r->feed->tables, r->a);
	r->table->name = name;
	return true;
}

static bool unknown_section(struct reader *r, struct str part)
{
	struct str words[COUNTOF(parts)], near;

	for (size_t i = 0; i < COUNTOF(parts); i++)
		words[i] = parts[i].name;
	near = ini_nearest(part, words, COUNTOF(words));
	return err_set(r->e, ERR_CONFIG,
		       near.n > 0 ? "line %u: unknown section [" STR_FMT "]; did you mean [" STR_FMT
				    "]?"
				  : "line %u: unknown section [" STR_FMT "]" STR_FMT,
		       r->in.line, STR_ARG(r->in.section), STR_ARG(near));
}

// "[select scan_rdp]": a part and the type that it is for.
static bool read_line(struct reader *r, bool head)
{
	struct str rest = r->in.section, part = str_cut(&rest, ' '), name = str_trim(rest);

	if (part.n == 0)
		return err_set(r->e, ERR_CONFIG, "line %u: a [section] must come first",
			       r->in.line);
	for (size_t i = 0; i < COUNTOF(parts); i++) {
		if (!str_eq(part, parts[i].name))
			continue;
		if (!head)
			return parts[i].read(r);
		if (parts[i].of == OF_TYPE)
			return begin_type(r, name);
		if (parts[i].of == OF_TABLE)
			return begin_table(r, name);
		return name.n == 0 ||
		       err_set(r->e, ERR_CONFIG, "line %u: [" STR_FMT "] has no types", r->in.line,
			       STR_ARG(part));
	}
	return unknown_section(r, part);
}

static const struct feed_table *table_named(const struct feed *f, struct str name)
{
	LIST_EACH (const struct feed_table, t, &f->tables)
		if (str_eq(t->name, name))
			return t;
	return NULL;
}

// The tables are found when all are known.
static bool find_tables(struct reader *r, struct feed_type *type)
{
	LIST_EACH (struct feed_column, c, &type->columns)
		for (unsigned i = 0; c->converters != NULL && i < c->converters->count; i++) {
			struct convert *x = &c->converters->at[i];

			if (x->kind != CONVERT_TABLE)
				continue;
			x->table = table_named(r->feed, x->a);
			if (x->table == NULL)
				return err_set(r->e, ERR_CONFIG,
					       "column \"" STR_FMT "\": there is no [table " STR_FMT
					       "]",
					       STR_ARG(c->name), STR_ARG(x->a));
		}
	return true;
}

static bool check_type(struct reader *r, struct feed_type *t)
{
	const struct feed *f = r->feed;
	bool named = t->columns.count > 0 || (t->base != NULL && t->base->columns.count > 0);

	if (t->selects.count == 0 && f->role != ROLE_CONTEXT)
		return err_set(r->e, ERR_CONFIG,
			       "type \"" STR_FMT
			       "\" has no [select] or [match]: nothing could match",
			       STR_ARG(t->name));
	if (!f->header && !named && (f->format == FORMAT_DELIMITED || f->format == FORMAT_LINES))
		return err_set(r->e, ERR_CONFIG,
			       "without a header line [columns] must name the columns, in order");
	return find_tables(r, t) && check_names(r, t);
}

static bool check_whole(struct reader *r)
{
	struct feed *f = r->feed;

	if (f->marks != MARKS_NOTHING && f->role != ROLE_CONTEXT)
		return err_set(r->e, ERR_CONFIG,
			       "marks: it says what a feed of role \"context\" names");
	if (f->tree.count == 0)
		f->tree.count = 1; // its path is empty: the whole, or each element of an array
	if (f->types.count == 0)
		*list_add(&f->types, r->a) = *r->common;
	else if (!find_tables(r, r->common))
		return false;
	LIST_EACH (struct feed_type, t, &f->types)
		if (!check_type(r, t))
			return false;
	return f->fetch == NULL || feed_fetch_whole(f->fetch, r->e);
}

bool feed_read(struct str name, struct str bytes, struct arena *a, struct feed *out, struct err *e)
{
	struct feed f = {
		.name = arena_str(a, name),
		.presence = PRESENCE_REPORT,
		.separator = ',',
		.quote = '"',
		.news = 7 * TIME_DAY,
		.tlp = S("AMBER+STRICT"),
		.tlp_out = S("AMBER+STRICT"),
		.pair = S("="),
		.between = S(" "),
	};
	struct reader r = { .a = a, .feed = &f, .e = e };
	enum ini_kind kind;

	if (bytes.n > FEED_MAX_FILE)
		return err_set(e, ERR_LIMIT, "a feed file has at most %d bytes", FEED_MAX_FILE);
	r.in = ini_of(arena_str(a, bytes)); // texts must outlive the caller's bytes
	r.type = r.common = arena_new(a, struct feed_type, 1);
	while ((kind = ini_next(&r.in, e)) != INI_END)
		if (!read_line(&r, kind == INI_SECTION))
			return false;
	if (e->kind != ERR_NONE || !check_whole(&r))
		return false;
	*out = f;
	return true;
}

const struct feed_type *feed_type(const struct feed *f, struct str name)
{
	LIST_EACH (const struct feed_type, t, &f->types)
		if (str_eq(t->name, name))
			return t;
	return NULL;
}

// The field that a column gives first; the column itself where nothing names it.
static struct str field_of(const struct feed_type *type, struct str column)
{
	for (; type != NULL; type = type->base)
		LIST_EACH (const struct feed_column, c, &type->columns)
			if (str_eq(c->name, column))
				return c->field;
	return column;
}

enum feed_side feed_victim(const struct feed_type *type)
{
	struct str field;

	if (type->selects.count == 0)
		return SIDE_SOURCE;
	field = type->selects.at[0].column;
	if (!type->by_fields)
		field = field_of(type, field);
	return str_has_prefix(field, S("destination.")) ? SIDE_DESTINATION : SIDE_SOURCE;
}

bool feed_has_secrets(const struct feed_type *type)
{
	for (; type != NULL; type = type->base)
		LIST_EACH (const struct feed_column, c, &type->columns)
			if (c->role == COLUMN_SECRET)
				return true;
	return false;
}
