#include "task/watch/scan_record.h"

#include "task/watch/scan_cells.h"

enum { TEXT_BYTES = 1024 };

static struct str plain(const struct scan_shape *x, struct str field, struct arena *a)
{
	char *text;

	if (x->csv.quote == '\0' || !str_has(field, x->csv.quote))
		return field;
	text = arena_new(a, char, field.n);
	return (struct str){ text, csv_undouble(field, x->csv.quote, text) };
}

static void delimited_event(const struct scan_shape *x, const struct scan_record *r,
			    struct arena *a, struct event *ev)
{
	struct str *field = x->field; // not on the stack, where it would be cleared each time
	size_t n = csv_fields(&x->csv, (struct str){ r->row->start, r->row->length }, field,
			      SHAPE_MAX_COLUMNS);
	struct event_row row = { .text = field,
				 .n = n < x->names.count ? n : x->names.count,
				 .head = &x->head };

	for (size_t i = 0; i < row.n; i++)
		field[i] = plain(x, field[i], a);
	event_make(x->plan, &row, a, ev);
}

static void cells_event(const struct scan_shape *x, const struct scan_record *r, struct arena *a,
			struct event *ev)
{
	struct cells cells = { 0 };
	struct event_row row = { .cells = &cells, .head = &x->head };

	scan_cells(x, r, a, &cells); // what is damaged was refused before
	event_make(x->plan, &row, a, ev);
}

void scan_record_event(const struct scan_shape *x, const struct scan_record *r, struct arena *a,
		       struct event *ev)
{
	struct event_row line = { .text = r->row->field, .n = 1, .head = &x->head };

	switch (x->feed->format) {
	case FORMAT_DELIMITED:
		delimited_event(x, r, a, ev);
		return;
	case FORMAT_LINES:
		event_make(x->plan, &line, a, ev);
		return;
	case FORMAT_JSON_LINES:
	case FORMAT_JSON:
	case FORMAT_PAIRS:
	case FORMAT_XML:
	case FORMAT_HTML:
	case FORMAT_STIX:
	case FORMAT_TEXT:
	case FEED_FORMAT_COUNT:
		cells_event(x, r, a, ev);
	}
}

static uint32_t bit(enum junk junk)
{
	return 1u << junk & ~1u;
}

static uint32_t read_columns(const struct scan_shape *x, const struct scan_record *r,
			     struct select_scratch *s, struct picks *out)
{
	uint32_t junk = 0;

	for (unsigned k = 0; k < x->uses; k++) {
		unsigned select = x->use[k].select;

		junk |= bit(select_read(s, x->type->selects.at[select].as, select,
					r->row->field[x->use[k].field], out));
	}
	return junk;
}

// A number where a text belongs is no address.
static uint32_t read_json_value(const struct scan_shape *x, unsigned k, const struct json_value *v,
				struct select_scratch *s, struct picks *out)
{
	unsigned select = x->use[k].select;
	enum select_as as = x->type->selects.at[select].as;
	struct str raw = v->raw;
	char text[TEXT_BYTES];

	if (v->kind == JSON_END || v->kind == JSON_WORD || raw.n > sizeof text)
		return 0;
	if (v->kind == JSON_NUMBER && as != SELECT_ASN)
		return bit(JUNK_ADDRESS);
	if (str_has(raw, '\\'))
		raw = (struct str){ text, json_text(raw, text) };
	return bit(select_read(s, as, select, raw, out));
}

static uint32_t read_json(const struct scan_shape *x, const struct scan_record *r,
			  struct select_scratch *s, struct picks *out)
{
	struct json_value value[FEED_MAX_SELECTS];
	uint32_t junk = 0;
	bool any = false;

	if (!x->picker(r->row->field[0], x->path, x->paths, value))
		return bit(JUNK_SYNTAX);
	for (unsigned k = 0; k < x->uses; k++) {
		any |= value[x->use[k].field].kind != JSON_END;
		junk |= read_json_value(x, k, &value[x->use[k].field], s, out);
	}
	return any || x->type->selects.count == 0 ? junk : junk | bit(JUNK_KEYS);
}

// By the names of cells, whatever the format.
static uint32_t read_cells(const struct scan_shape *x, const struct scan_record *r,
			   struct select_scratch *s, struct arena *a, struct picks *out)
{
	struct cells cells = { 0 };
	uint32_t junk = 0;
	bool any = false;

	junk = scan_cells(x, r, a, &cells);
	if (junk & JUNK_REFUSES)
		return junk;
	LIST_EACH (const struct cell, c, &cells.list)
		for (unsigned i = 0; i < x->type->selects.count; i++) {
			const struct feed_select *sel = &x->type->selects.at[i];

			if (!str_eq(c->name, sel->column))
				continue;
			any = true;
			junk |= bit(select_read(s, sel->as, i, str_trim(c->text), out));
		}
	return any || x->type->selects.count == 0 ? junk : junk | bit(JUNK_KEYS);
}

// By the finished fields of the event.
static uint32_t read_fields(const struct scan_shape *x, const struct scan_record *r,
			    struct select_scratch *s, struct arena *a, struct picks *out)
{
	struct event ev = { 0 };
	struct cells cells = { 0 };
	uint32_t junk = 0;

	if (x->feed->format == FORMAT_DELIMITED || x->feed->format == FORMAT_LINES) {
		scan_record_event(x, r, a, &ev);
	} else {
		junk = scan_cells(x, r, a, &cells);
		if (junk & JUNK_REFUSES)
			return junk;
		event_make(x->plan, &(struct event_row){ .cells = &cells, .head = &x->head }, a,
			   &ev);
	}
	LIST_EACH (const struct event_field, f, &ev.fields)
		for (unsigned i = 0; i < x->type->selects.count; i++)
			if (str_eq(f->key, x->type->selects.at[i].column))
				junk |= bit(select_read(s, x->type->selects.at[i].as, i, f->value,
							out));
	return junk;
}

uint32_t scan_record_read(const struct scan_shape *x, const struct scan_record *r,
			  struct select_scratch *s, struct arena *a, struct picks *out)
{
	char *mark = arena_mark(a);
	uint32_t junk;

	if (r->row->state == CSV_UNCLOSED)
		return bit(JUNK_SYNTAX);
	if (x->columns != 0 && r->row->columns != x->columns)
		return bit(JUNK_COLUMNS);
	if (x->type->by_fields)
		junk = read_fields(x, r, s, a, out);
	else if (x->feed->format == FORMAT_DELIMITED || x->feed->format == FORMAT_LINES)
		return read_columns(x, r, s, out);
	else if (x->feed->format == FORMAT_JSON_LINES ||
		 (x->feed->format == FORMAT_JSON && r->context.n == 0))
		return read_json(x, r, s, out);
	else
		junk = read_cells(x, r, s, a, out);
	arena_back(a, mark);
	if (junk & JUNK_REFUSES)
		out->count = 0;
	return junk;
}

bool scan_record_none(const struct scan_shape *x, const struct scan_record *r)
{
	struct str text = { r->row->start, r->row->length };

	if (x->feed->format != FORMAT_DELIMITED || text.n == 0 ||
	    (text.p[0] != ' ' && text.p[0] != '\t'))
		return false;
	text = str_trim(text);
	return text.n == 0 || (x->csv.comment != '\0' && text.p[0] == x->csv.comment);
}

bool scan_record_dropped(const struct scan_shape *x, const struct scan_record *r, struct arena *a)
{
	const struct feed_type *t = x->type;
	char *mark = arena_mark(a);
	struct event ev = { 0 };

	if (t->drops.count == 0 && (t->base == NULL || t->base->drops.count == 0))
		return false;
	scan_record_event(x, r, a, &ev);
	arena_back(a, mark);
	return ev.dropped;
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

static struct str origin_of(const struct scan_shape *x, unsigned select,
			    const struct scan_record *r, struct arena *a)
{
	const struct feed_select *s = &x->type->selects.at[select];
	struct event ev = { 0 };
	struct cells cells = { 0 };
	size_t n;

	if (x->type->by_fields) {
		scan_record_event(x, r, a, &ev);
		return event_get(&ev, s->by);
	}
	if (x->feed->format != FORMAT_DELIMITED)
		return scan_cells(x, r, a, &cells) ? cells_get(&cells, s->by) : (struct str){ 0 };
	n = csv_fields(&x->csv, (struct str){ r->row->start, r->row->length }, x->field,
		       SHAPE_MAX_COLUMNS);
	return x->weak[select] < n ? x->field[x->weak[select]] : (struct str){ 0 };
}

static enum strength strength_of(const struct scan_shape *x, unsigned select,
				 const struct scan_record *r, struct arena *a)
{
	const struct feed_select *s = &x->type->selects.at[select];
	enum strength strength = s->strength;
	char *mark = arena_mark(a);
	struct str from;

	if (s->by.n == 0 || (x->feed->format == FORMAT_DELIMITED && !x->type->by_fields &&
			     x->weak[select] == SHAPE_NONE))
		return strength;
	from = str_trim(origin_of(x, select, r, a));
	for (size_t i = 0; i < COUNTOF(origins); i++)
		if (str_eq_nocase(from, origins[i].from) && origins[i].strength < strength)
			strength = origins[i].strength;
	arena_back(a, mark);
	return strength;
}

void scan_record_weaken(const struct scan_shape *x, const struct scan_record *r, struct arena *a,
			struct matched *m)
{
	enum strength most = strength_of(x, m->select, r, a);

	if (m->met.strength > most)
		m->met.strength = most;
}
