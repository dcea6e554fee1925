#include "task/watch/scan_shape.h"

#include "codec/table/lines.h"
#include "os/cpu.h"
#include "os/idn.h"

static bool name_header(struct scan_shape *x, struct str header, struct arena *a, struct err *e)
{
	struct str field[SHAPE_MAX_COLUMNS];
	size_t n = csv_fields(&x->csv, header, field, SHAPE_MAX_COLUMNS);

	if (n > SHAPE_MAX_COLUMNS)
		return err_set(e, ERR_LIMIT, "the header has %zu columns; the most is %d", n,
			       SHAPE_MAX_COLUMNS);
	for (size_t i = 0; i < n; i++)
		*list_add(&x->names, a) = str_trim(field[i]);
	return true;
}

static void name_by_file(struct scan_shape *x, struct arena *a)
{
	LIST_EACH (const struct feed_column, c, &x->type->columns)
		*list_add(&x->names, a) = c->name;
}

static unsigned column_of(const struct scan_shape *x, struct str name)
{
	for (size_t i = 0; i < x->names.count; i++)
		if (str_eq(x->names.at[i], name))
			return (unsigned)i;
	return SHAPE_NONE;
}

// The place of a column among those that the cutter gives; columns stay ascending.
static unsigned want(struct csv_shape *csv, unsigned column)
{
	unsigned at = 0;

	while (at < csv->wanted && csv->want[at] < column)
		at++;
	if (at < csv->wanted && csv->want[at] == column)
		return at;
	for (unsigned i = csv->wanted++; i > at; i--)
		csv->want[i] = csv->want[i - 1];
	csv->want[at] = column;
	return at;
}

static bool use_column(struct scan_shape *x, unsigned select, struct err *e)
{
	const struct feed_select *s = &x->type->selects.at[select];
	unsigned column = column_of(x, s->column);

	if (column == SHAPE_NONE)
		return err_set(e, ERR_INPUT,
			       "the header has no column \"" STR_FMT
			       "\": is this a report of feed " STR_FMT ", type \"" STR_FMT "\"?",
			       STR_ARG(s->column), STR_ARG(x->feed->name), STR_ARG(x->type->name));
	x->use[x->uses].select = select;
	x->use[x->uses++].field = column; // a place in the row comes when all are known
	want(&x->csv, column);
	return true;
}

static void use_path(struct scan_shape *x, unsigned select)
{
	x->use[x->uses].select = select;
	x->use[x->uses++].field = x->paths;
	x->path[x->paths++] = json_path(x->type->selects.at[select].column);
}

static bool use_selects(struct scan_shape *x, struct err *e)
{
	for (unsigned i = 0; i < x->type->selects.count; i++) {
		const struct feed_select *s = &x->type->selects.at[i];

		x->weak[i] = s->by.n > 0 ? column_of(x, s->by) : SHAPE_NONE;
		if (x->feed->format == FORMAT_JSON_LINES)
			use_path(x, i);
		else if (!use_column(x, i, e))
			return false;
	}
	for (unsigned i = 0; i < x->uses && x->feed->format == FORMAT_DELIMITED; i++)
		x->use[i].field = want(&x->csv, x->use[i].field);
	return true;
}

bool scan_shape_init(struct scan_shape *x, const struct feed *feed, const struct feed_type *type,
		     struct str header, struct arena *a, struct err *e)
{
	*x = (struct scan_shape){ .feed = feed, .type = type, .cutter = lines_cut };
	x->csv.separator = feed->separator;
	x->csv.quote = feed->quote;
	x->csv.comment = feed->comment;
	x->field = arena_new(a, struct str, SHAPE_MAX_COLUMNS);
	if (feed->format == FORMAT_DELIMITED)
		x->cutter = cpu_has_avx2() ? csv_cut_avx2 : csv_cut;
	x->picker = cpu_has_avx2() ? json_pick_avx2 : json_pick;
	if (feed->format == FORMAT_DELIMITED && feed->header ? !name_header(x, header, a, e)
							     : false)
		return false;
	if (!feed->header)
		name_by_file(x, a);
	if (feed->format == FORMAT_DELIMITED)
		x->columns = (unsigned)x->names.count;
	if (!use_selects(x, e))
		return false;
	x->plan = event_plan(type, x->names.at, x->names.count, idn_to_ascii, a);
	return true;
}

static struct str plain(const struct scan_shape *x, struct str field, struct arena *a)
{
	char *text;

	if (!str_has(field, x->csv.quote))
		return field;
	text = arena_new(a, char, field.n);
	return (struct str){ text, csv_undouble(field, x->csv.quote, text) };
}

static void delimited_event(const struct scan_shape *x, struct str record, struct arena *a,
			    struct event *ev)
{
	struct str field[SHAPE_MAX_COLUMNS];
	size_t n = csv_fields(&x->csv, record, field, SHAPE_MAX_COLUMNS);

	for (size_t i = 0; i < n && i < x->names.count; i++)
		event_add(x->plan, i, plain(x, field[i], a), a, ev);
}

// The path to where a JSON reader stands: keys with dots between.
struct trail {
	char text[512];
	size_t n[JSON_MAX_DEPTH + 1]; // length of the path above each level
};

static void step_to(struct trail *t, unsigned depth, struct str key)
{
	size_t at = t->n[depth];

	if (at > 0 && at < sizeof t->text)
		t->text[at++] = '.';
	if (key.n > sizeof t->text - at)
		key.n = sizeof t->text - at;
	memcpy(t->text + at, key.p, key.n);
	t->n[depth + 1] = at + key.n;
}

static void json_event(const struct scan_shape *x, struct str record, struct arena *a,
		       struct event *ev)
{
	struct json j = json_of(record);
	struct trail t = { 0 };
	enum json_kind kind;

	while ((kind = json_next(&j)) != JSON_END && kind != JSON_BAD) {
		struct str text = j.token;
		char *undone;

		if (kind == JSON_KEY)
			step_to(&t, j.depth - 1, j.token);
		else if (kind == JSON_ARRAY) // what stands in it has the path of the array
			t.n[j.depth] = t.n[j.depth - 1];
		if (kind != JSON_STRING && kind != JSON_NUMBER && kind != JSON_WORD)
			continue;
		if (kind == JSON_WORD && str_eq(text, S("null")))
			continue;
		if (kind == JSON_STRING && str_has(text, '\\')) {
			undone = arena_new(a, char, text.n);
			text = (struct str){ undone, json_text(text, undone) };
		}
		event_add_named(x->plan, (struct str){ t.text, t.n[j.depth] }, text, a, ev);
	}
}

void scan_shape_event(const struct scan_shape *x, const struct csv_row *row, struct arena *a,
		      struct event *ev)
{
	struct str record = { row->start, row->length };

	switch (x->feed->format) {
	case FORMAT_DELIMITED:
		delimited_event(x, record, a, ev);
		break;
	case FORMAT_LINES:
		event_add(x->plan, 0, row->field[0], a, ev);
		break;
	case FORMAT_JSON_LINES:
		json_event(x, row->field[0], a, ev);
		break;
	}
	event_add_fixed(x->plan, a, ev);
}

// Where a name came from, in the words of the publishers, and what that is worth.
static const struct {
	struct str from;
	enum strength strength;
} origins[] = {
	{ { "ptr", 3 }, STRENGTH_WEAK },    { { "rdns", 4 }, STRENGTH_WEAK },
	{ { "sni", 3 }, STRENGTH_MEDIUM },  { { "certificate", 11 }, STRENGTH_MEDIUM },
	{ { "cert", 4 }, STRENGTH_MEDIUM }, { { "ssl", 3 }, STRENGTH_MEDIUM },
	{ { "tls", 3 }, STRENGTH_MEDIUM },  { { "http", 4 }, STRENGTH_MEDIUM },
};

enum strength scan_shape_strength(const struct scan_shape *x, unsigned select,
				  const struct csv_row *row)
{
	enum strength strength = x->type->selects.at[select].strength;
	size_t n;

	if (x->feed->format != FORMAT_DELIMITED || x->weak[select] == SHAPE_NONE)
		return strength;
	n = csv_fields(&x->csv, (struct str){ row->start, row->length }, x->field,
		       SHAPE_MAX_COLUMNS);
	for (size_t i = 0; i < COUNTOF(origins) && x->weak[select] < n; i++)
		if (str_eq_nocase(x->field[x->weak[select]], origins[i].from))
			return origins[i].strength < strength ? origins[i].strength : strength;
	return strength;
}
