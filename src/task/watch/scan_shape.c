#include "task/watch/scan_shape.h"

#include "codec/table/json_tree.h"
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
		*list_add(&x->names, a) = arena_str(a, str_trim(field[i])); // the header moves on
	return true;
}

static bool is_named(const struct scan_shape *x, struct str name)
{
	for (size_t i = 0; i < x->names.count; i++)
		if (str_eq(x->names.at[i], name))
			return true;
	return false;
}

static bool is_of_head(const struct scan_shape *x, struct str name)
{
	LIST_EACH (const struct feed_head, h, &x->feed->heads)
		if (str_eq(h->name, name))
			return true;
	return false;
}

// Each new name is the next column, and each "_" one that nobody wants; what all types
// share comes first.
static void name_by_file(struct scan_shape *x, const struct feed_type *t, struct arena *a)
{
	if (t->base != NULL)
		name_by_file(x, t->base, a);
	LIST_EACH (const struct feed_column, c, &t->columns)
		if (!str_eq(c->name, S("*")) && !is_of_head(x, c->name) &&
		    (str_eq(c->name, S("_")) || !is_named(x, c->name)))
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

	if (column == SHAPE_NONE && select > 0) // older reports lack some
		return true;
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

static bool by_columns(const struct scan_shape *x)
{
	return !x->type->by_fields &&
	       (x->feed->format == FORMAT_DELIMITED || x->feed->format == FORMAT_LINES);
}

static bool is_json(const struct scan_shape *x)
{
	return !x->type->by_fields &&
	       (x->feed->format == FORMAT_JSON_LINES || x->feed->format == FORMAT_JSON);
}

static bool use_selects(struct scan_shape *x, struct err *e)
{
	for (unsigned i = 0; i < x->type->selects.count; i++) {
		const struct feed_select *s = &x->type->selects.at[i];

		x->weak[i] = s->by.n > 0 ? column_of(x, s->by) : SHAPE_NONE;
		if (by_columns(x) ? !use_column(x, i, e) : false)
			return false;
		if (is_json(x))
			use_path(x, i);
	}
	for (unsigned i = 0; i < x->uses && x->feed->format == FORMAT_DELIMITED; i++)
		x->use[i].field = want(&x->csv, x->use[i].field);
	return true;
}

// The columns of an HTML table that has no heading, by the order of [columns].
static void name_table(struct scan_shape *x, struct arena *a)
{
	x->headings = arena_new(a, struct html_names, 1);
	if (x->feed->header)
		return;
	name_by_file(x, x->type, a);
	for (size_t i = 0; i < x->names.count && i < HTML_MAX_COLUMNS; i++)
		x->headings->name[x->headings->count++] = x->names.at[i];
	x->names.count = 0; // its cells bring their names along
}

// How records are cut: rows of lines and columns by the csv cutters, what nests by its own.
static void choose_cutter(struct scan_shape *x)
{
	x->cutter = lines_cut;
	x->picker = cpu_has_avx2() ? json_pick_avx2 : json_pick;
	x->csv.separator = x->feed->separator;
	x->csv.quote = x->feed->quote;
	x->csv.comment = x->feed->comment;
	if (x->feed->format == FORMAT_JSON || x->feed->format == FORMAT_STIX)
		x->tree_cutter = json_tree_cut;
	if (x->feed->format == FORMAT_XML)
		x->tree_cutter = xml_tree_cut;
	if (x->feed->format == FORMAT_HTML)
		x->tree_cutter = html_rows_cut;
	if (x->feed->format == FORMAT_DELIMITED)
		x->cutter = cpu_has_avx2() ? csv_cut_avx2 : csv_cut;
}

bool scan_shape_init(struct scan_shape *x, const struct feed *feed, const struct feed_type *type,
		     struct str header, struct arena *a, struct err *e)
{
	*x = (struct scan_shape){ .feed = feed, .type = type };
	choose_cutter(x);
	x->field = arena_new(a, struct str, SHAPE_MAX_COLUMNS);
	if (feed->format == FORMAT_DELIMITED && feed->header && !name_header(x, header, a, e))
		return false;
	if (!feed->header && (feed->format == FORMAT_DELIMITED || feed->format == FORMAT_LINES))
		name_by_file(x, type, a);
	if (feed->format == FORMAT_HTML)
		name_table(x, a);
	if (feed->format == FORMAT_DELIMITED && !feed->ragged)
		x->columns = (unsigned)x->names.count;
	if (!use_selects(x, e))
		return false;
	if (type->by_fields)
		scan_shape_plan(x, a);
	return true;
}

void scan_shape_plan(struct scan_shape *x, struct arena *a)
{
	if (x->plan == NULL)
		x->plan = event_plan(x->type, x->names.at, x->names.count, idn_to_ascii, a);
}

void scan_shape_head(struct scan_shape *x, struct str bytes, struct arena *a)
{
	bool found[FEED_MAX_HEADS] = { false };

	bytes = str_first(bytes, SHAPE_HEAD_BYTES);
	while (bytes.n > 0) {
		struct str line = str_cut(&bytes, '\n');

		for (unsigned i = 0; i < x->feed->heads.count; i++) {
			const struct feed_head *h = &x->feed->heads.at[i];
			const char *at = memmem(line.p, line.n, h->behind.p, h->behind.n);
			struct str value;

			if (at == NULL || found[i])
				continue;
			found[i] = true;
			value = str_trim(str_from(line, (size_t)(at - line.p) + h->behind.n));
			cells_add(&x->head, a,
				  (struct cell){ h->name, arena_str(a, value), CELL_TEXT });
		}
	}
}
