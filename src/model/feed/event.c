#include "model/feed/event.h"

#include "base/hash.h"
#include "model/feed/feed.h"
#include "model/feed/vocabulary.h"

enum { SLOTS = 8192, MOST_COLUMNS = SLOTS / 2, FIXED_ROOM = 8 };

struct line { // what one line of [columns] makes of a column
	const struct feed_column *says;
	const struct vocabulary *key; // NULL: under extra., or dropped
	struct str field;             // "source.ip", "extra.banner"; empty: dropped
};

struct planned {
	struct str column;          // as the header has it
	const struct feed_type *of; // the nearest that names it; NULL: nobody does
	unsigned count, put;        // lines; 0: likewise
	struct line *line;
	bool secret; // one of the lines is: then no value is kept as the column had it
};

struct event_plan {
	const struct feed_type *type;
	name_idn idn;
	size_t header; // planned that stand by their places; the others are found by name
	bool drop;     // "* = none"
	size_t count;
	struct planned *at;
	uint16_t slot[SLOTS];  // by column: place + 1
	struct values *values; // of one cell: on the stack they would be cleared for each
};

struct str event_get(const struct event *ev, struct str key)
{
	LIST_EACH (const struct event_field, f, &ev->fields)
		if (str_eq(f->key, key))
			return f->value;
	return (struct str){ 0 };
}

// A column's name as a key may be written: [a-z0-9_.], everything else an underscore.
enum { EXTRA_NAME = 200, EXTRA = 6 };

static struct str extra_name(struct str column)
{
	if (str_has_prefix(column, S("extra."))) // it was one of ours
		str_skip(&column, EXTRA);
	return str_first(column, EXTRA_NAME);
}

static char extra_letter(char letter)
{
	char c = ascii_lower(letter);

	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ? c : '_';
}

static struct str extra_key(struct str column, struct arena *a)
{
	struct str name = extra_name(column);
	char *p = arena_new(a, char, name.n + EXTRA);

	memcpy(p, "extra.", EXTRA);
	for (size_t i = 0; i < name.n; i++)
		p[EXTRA + i] = extra_letter(name.p[i]);
	return (struct str){ p, name.n + EXTRA };
}

static bool is_extra_of(struct str key, struct str column)
{
	struct str name = extra_name(column);

	if (!str_has_prefix(key, S("extra.")) || key.n != name.n + EXTRA)
		return false;
	for (size_t i = 0; i < name.n; i++)
		if (key.p[EXTRA + i] != extra_letter(name.p[i]))
			return false;
	return true;
}

// What did not fit its field of the other side stands under the name of its column: an address in a
// column of names is still the other's. The nearest type that has the column says what it is.
static bool is_misfit_of_other(const struct feed_type *type, struct str key)
{
	for (const struct feed_type *t = type; t != NULL; t = t->base) {
		bool named = false, other = false;

		LIST_EACH (const struct feed_column, c, &t->columns)
			if (is_extra_of(key, c->name)) {
				named = true;
				other = other || str_has_prefix(c->field, S("destination."));
			}
		if (named)
			return other;
	}
	return false;
}

bool event_third_party(const struct feed_type *type, struct str key)
{
	bool source = type == NULL || feed_victim(type) == SIDE_SOURCE;

	if (source && (str_has_prefix(key, S("destination.")) || is_misfit_of_other(type, key)))
		return true;
	for (const struct feed_type *t = type; t != NULL; t = t->base)
		LIST_EACH (const struct feed_column, c, &t->columns)
			if (c->role == COLUMN_THIRD_PARTY &&
			    (str_eq(c->field, key) || is_extra_of(key, c->name)))
				return true;
	return false;
}

static struct line line_of(const struct feed_column *c, struct arena *a)
{
	struct line line = { .says = c };

	if (str_eq(c->field, S("none")))
		return line;
	line.field = str_eq(c->field, S("-")) ? extra_key(c->name, a) : c->field;
	line.key = vocabulary_find(line.field);
	return line;
}

static uint32_t slot_of(const struct event_plan *p, struct str column)
{
	uint32_t at = (uint32_t)hash_str(0, column) % SLOTS;

	while (p->slot[at] != 0 && !str_eq(p->at[p->slot[at] - 1].column, column))
		at = (at + 1) % SLOTS;
	return at;
}

static struct planned *planned_of(const struct event_plan *p, struct str column)
{
	uint16_t place = p->slot[slot_of(p, column)];

	return place != 0 ? &p->at[place - 1] : NULL;
}

static void plan_column(struct event_plan *p, struct str name, bool by_place)
{
	uint32_t slot = slot_of(p, name);

	if (p->count == MOST_COLUMNS || (!by_place && p->slot[slot] != 0))
		return;
	p->at[p->count].column = name;
	if (p->slot[slot] == 0)
		p->slot[slot] = (uint16_t)(p->count + 1);
	p->count++;
}

// The lines of the type go before those that all types share.
static void count_lines(struct event_plan *p, const struct feed_type *t)
{
	LIST_EACH (const struct feed_column, c, &t->columns) {
		struct planned *x = planned_of(p, c->name);

		if (x == NULL || (x->of != NULL && x->of != t))
			continue;
		x->of = t;
		x->count++;
	}
}

static void put_lines(struct event_plan *p, const struct feed_type *t, struct arena *a)
{
	LIST_EACH (const struct feed_column, c, &t->columns) {
		struct planned *x = planned_of(p, c->name);

		if (x == NULL || x->of != t)
			continue;
		if (x->line == NULL)
			x->line = arena_new(a, struct line, x->count);
		x->line[x->put++] = line_of(c, a);
		x->secret |= c->role == COLUMN_SECRET;
	}
}

// Nobody names it: kept at hand, so that its name is made once. Or a header has it twice.
static void plan_others(struct event_plan *p, struct arena *a)
{
	for (size_t i = 0; i < p->count; i++) {
		struct planned *x = &p->at[i];
		const struct planned *first = planned_of(p, x->column);

		if (first != NULL && first != x)
			*x = *first;
		if (x->line != NULL)
			continue;
		x->line = arena_new(a, struct line, 1);
		x->line->field = extra_key(x->column, a);
	}
}

struct event_plan *event_plan(const struct feed_type *type, const struct str *column, size_t n,
			      name_idn idn, struct arena *a)
{
	struct event_plan *p = arena_new(a, struct event_plan, 1);
	size_t most = n;

	for (const struct feed_type *t = type; t != NULL; t = t->base)
		most += t->columns.count;
	p->type = type;
	p->idn = idn;
	p->at = arena_new(a, struct planned, most);
	p->values = arena_new(a, struct values, 1);
	for (size_t i = 0; i < n; i++)
		plan_column(p, column[i], true);
	p->header = p->count;
	for (const struct feed_type *t = type; t != NULL; t = t->base) {
		LIST_EACH (const struct feed_column, c, &t->columns) {
			p->drop |= str_eq(c->name, S("*")) && str_eq(c->field, S("none"));
			plan_column(p, c->name, false);
		}
		count_lines(p, t);
	}
	for (const struct feed_type *t = type; t != NULL; t = t->base)
		put_lines(p, t, a);
	plan_others(p, a);
	return p;
}

static struct str cut_at_character(struct str s)
{
	if (s.n <= EVENT_MAX_VALUE)
		return s;
	s.n = EVENT_MAX_VALUE;
	while (s.n > 0 && ((unsigned char)s.p[s.n] & 0xc0) == 0x80)
		s.n--;
	return s;
}

// One record on its way.
struct making {
	const struct event_plan *plan;
	const struct event_row *row;
	struct arena *a;
	struct event *ev;
	bool fitting; // of the line at hand: what does not fit is nothing
};

static struct str by_place(const struct making *m, struct str name, unsigned nth)
{
	uint16_t place = m->plan->slot[slot_of(m->plan, name)];

	return nth == 0 && place != 0 && place <= m->row->n ? m->row->text[place - 1]
							    : (struct str){ 0 };
}

static struct str among(const struct cells *cells, struct str name, unsigned nth)
{
	for (size_t i = 0; cells != NULL && i < cells->list.count; i++)
		if (str_eq(cells->list.at[i].name, name) && nth-- == 0)
			return cells->list.at[i].text;
	return (struct str){ 0 };
}

static struct str column_value(const void *of, struct str name, unsigned nth)
{
	const struct making *m = of;
	struct str value =
		m->row->cells != NULL ? among(m->row->cells, name, nth) : by_place(m, name, nth);

	return value.p != NULL ? value : among(m->row->head, name, nth);
}

// Of [set]: a field of the event, else a column.
static struct str any_value(const void *of, struct str name, unsigned nth)
{
	const struct making *m = of;
	unsigned before = nth;

	LIST_EACH (const struct event_field, f, &m->ev->fields)
		if (str_eq(f->key, name) && before-- == 0)
			return f->value;
	return before < nth ? (struct str){ 0 } : column_value(of, name, nth);
}

// Of extra. fields the feed file says what they are; of others the vocabulary does.
static bool read_value(struct making *m, const struct line *line, struct str text,
		       enum event_kind kind, struct event_field *f)
{
	static const struct vocabulary number = { .type = TYPE_FLOAT },
				       boolean = { .type = TYPE_BOOLEAN };
	const struct vocabulary *as = line->key;

	if (as == NULL && kind == EVENT_TEXT) {
		f->value = text;
		return true;
	}
	if (as == NULL)
		as = kind == EVENT_BOOLEAN ? &boolean : &number;
	return vocabulary_read(as, text, m->plan->idn, m->a, f);
}

// The room of a field is added empty.
static void take_back(struct event *ev, struct event_field *last)
{
	ev->fields.count--;
	*last = (struct event_field){ 0 };
}

// Does another field say the same as the last one?
static bool kept_already(const struct event *ev, const struct event_field *last)
{
	LIST_EACH (const struct event_field, f, &ev->fields)
		if (f != last && f->misfit && str_eq(f->key, last->key) &&
		    str_eq(f->value, last->value))
			return true;
	return false;
}

static void add_value(struct making *m, const struct planned *p, const struct line *line,
		      struct str text, enum event_kind kind)
{
	struct event_field *f; // written where it stays: a copy would wait for each of its parts

	text = str_trim(text);
	if (text.n == 0)
		return;
	text = cut_at_character(text);
	f = list_add(&m->ev->fields, m->a);
	f->key = line->field;
	f->role = line->says != NULL ? line->says->role : COLUMN_PLAIN;
	f->unmapped = line->says == NULL;
	if (f->role == COLUMN_SECRET || (p->secret && line->says->converters == NULL)) {
		f->value = S("present");
		f->role = COLUMN_SECRET;
		return;
	}
	if (read_value(m, line, text, kind, f))
		return;
	if (m->fitting) {
		take_back(m->ev, f);
		return;
	}
	m->ev->misfits++;
	f->misfit = true;
	if (line->key != NULL)
		f->key = extra_key(p->column, m->a);
	f->value = p->secret ? S("present") : text;
	f->role = p->secret ? COLUMN_SECRET : f->role;
	if (kept_already(m->ev, f)) // several lines of one column keep it once
		take_back(m->ev, f);
}

static void add_values(struct making *m, const struct planned *p, const struct line *line,
		       struct str text, enum event_kind kind)
{
	struct values *v = m->plan->values;

	v->at[0] = text;
	v->count = text.n > 0;
	v->kind = kind;
	v->typed = v->fitting = v->mapped = v->over = false;
	convert_apply(line->says->converters, (struct condition_of){ column_value, m }, m->a, v);
	m->fitting = v->fitting;
	for (unsigned i = 0; i < v->count; i++)
		add_value(m, p, line, v->at[i], v->kind);
	m->fitting = false;
}

static void add_converted(struct making *m, const struct planned *p, const struct line *line,
			  struct str text, enum event_kind kind)
{
	text = str_trim(text);
	if (!line->says->converters->filter)
		add_values(m, p, line, text, kind);
	else if (convert_filter(line->says->converters, text, &kind))
		add_value(m, p, line, text, kind);
}

static void add_column(struct making *m, const struct planned *p, struct str text,
		       enum event_kind kind)
{
	if (p->count == 0 && !m->plan->drop)
		add_value(m, p, p->line, text, kind);
	for (unsigned i = 0; i < p->count; i++) {
		const struct line *line = &p->line[i];
		const struct feed_column *c = line->says;

		if (line->field.n == 0 ||
		    (c->when != NULL &&
		     !condition_fits(c->when, (struct condition_of){ column_value, m })))
			continue;
		if (c->converters == NULL)
			add_value(m, p, line, text, kind);
		else
			add_converted(m, p, line, text, kind);
	}
}

static const enum event_kind kinds[] = {
	[CELL_TEXT] = EVENT_TEXT,
	[CELL_NUMBER] = EVENT_NUMBER,
	[CELL_BOOLEAN] = EVENT_BOOLEAN,
};

static void add_cell(struct making *m, const struct cell *c)
{
	uint16_t place = m->plan->slot[slot_of(m->plan, c->name)];
	struct planned once;

	if (place != 0) {
		add_column(m, &m->plan->at[place - 1], c->text, kinds[c->kind]);
	} else if (!m->plan->drop) {
		struct line line = { .field = extra_key(c->name, m->a) };

		once = (struct planned){ .column = c->name, .line = &line };
		add_column(m, &once, c->text, kinds[c->kind]);
	}
}

static void add_fixed(struct making *m)
{
	for (const struct feed_type *t = m->plan->type; t != NULL; t = t->base)
		LIST_EACH (const struct feed_fixed, f, &t->fixed)
			if (event_get(m->ev, f->field).p == NULL &&
			    (f->when == NULL ||
			     condition_fits(f->when, (struct condition_of){ any_value, m })))
				*list_add(&m->ev->fields, m->a) = (struct event_field){
					.key = f->field, .value = f->value, .kind = f->kind
				};
}

static bool is_dropped(const struct making *m)
{
	for (const struct feed_type *t = m->plan->type; t != NULL; t = t->base)
		LIST_EACH (const struct feed_drop, d, &t->drops)
			if (condition_fits(&d->when, (struct condition_of){ any_value, m }))
				return true;
	return false;
}

void event_make(const struct event_plan *p, const struct event_row *row, struct arena *a,
		struct event *ev)
{
	struct making m = { .plan = p, .row = row, .a = a, .ev = ev };

	if (row->n > 0 && ev->fields.at == NULL) // mostly one of each, so that it grows no more
		list_reserve(&ev->fields, a, p->header + FIXED_ROOM);
	if (row->cells != NULL)
		for (size_t i = 0; i < row->cells->list.count; i++)
			add_cell(&m, &row->cells->list.at[i]);
	for (size_t i = 0; i < row->n && i < p->header; i++)
		add_column(&m, &p->at[i], row->text[i], EVENT_TEXT);
	for (size_t i = 0; row->head != NULL && i < row->head->list.count; i++)
		add_cell(&m, &row->head->list.at[i]);
	add_fixed(&m);
	ev->dropped = is_dropped(&m);
}

bool event_key_known(struct str key)
{
	return (str_has_prefix(key, S("extra.")) && key.n > 6) || vocabulary_find(key) != NULL;
}
