#include "task/watch/scan_child.h"

#include "codec/table/json.h"
#include "codec/table/lines.h"
#include "codec/wire/hit.h"
#include "os/cage.h"
#include "os/idn.h"
#include "os/unpack.h"
#include "task/watch/scan_shape.h"
#include "task/watch/scan_start.h"

#include <errno.h>
#include <unistd.h>

enum {
	BUFFER = 512 << 10, // of input, at first
	MEMORY = UNPACK_MEMORY + 3 * SCAN_MAX_RECORD + (96 << 20),
	BATCH = 32,    // records whose look-ups overlap
	OUT = 1 << 20, // of frames
	OUT_FLUSH = 48 << 10,
	EVENT_ROOM = WIRE_MAX_FRAME - (16 << 10), // of a frame, for an event
	HEAP = 4 << 20,                           // for libidn2
	JUNK_SHOWN = 64 << 10,
	PROGRESS_EACH = 8 << 20,
	MOST_TRIES = 4096, // lines, to find where a record begins
};

struct child {
	const struct scan_part *part;
	const struct scan *s;
	struct arena a;
	struct unpack in;
	struct scan_shape shape;
	char *buffer;
	size_t at, have, room; // the next record begins at buffer[at]
	uint64_t base;         // offset of buffer[0] in the input
	bool end;              // nothing follows what is in the buffer
	struct scan_tally tally;
	struct buf out;
	uint64_t told; // offset at the last word of progress
	struct select_scratch *scratch;
	struct csv_row row[BATCH];
	struct picks picks[BATCH];
	struct matched match[SELECT_MAX_MATCHES]; // here, so that no call need clear it
	char text[1024];                          // of a JSON value without its escapes
	struct err e;
};

static void flush(struct child *c)
{
	size_t at = 0;

	while (at < c->out.n) {
		ssize_t n = write(c->part->out, c->out.p + at, c->out.n - at);

		if (n < 0 && errno != EINTR)
			cage_leave(1); // the parent is gone
		at += n > 0 ? (size_t)n : 0;
	}
	c->out.n = 0;
}

static void end_frame(struct child *c, size_t frame)
{
	wire_end(&c->out, frame);
	if (c->out.n >= OUT_FLUSH)
		flush(c);
}

// The last word where the input is at fault.
static _Noreturn void fail(struct child *c)
{
	size_t frame = wire_begin(&c->out, WIRE_ERROR);

	wire_u8(&c->out, c->e.kind);
	wire_str(&c->out, str_of(c->e.text));
	wire_end(&c->out, frame);
	flush(c);
	cage_leave(0);
}

static void note_junk(struct child *c, enum junk junk, uint64_t number, struct str row)
{
	size_t frame;

	if (c->tally.junk[junk]++ == 0)
		c->tally.first[junk] = number;
	if (!c->s->keep_junk)
		return;
	frame = wire_begin(&c->out, WIRE_JUNK);
	wire_u8(&c->out, junk);
	wire_str(&c->out, str_first(row, JUNK_SHOWN));
	end_frame(c, frame);
}

// More input behind what is there, which moves to the front.
static void fill(struct child *c)
{
	struct buf to = { .p = c->buffer, .cap = c->room };

	memmove(c->buffer, c->buffer + c->at, c->have - c->at);
	c->base += c->at;
	c->have -= c->at;
	c->at = 0;
	to.n = c->have;
	if (!unpack_more(&c->in, &to, &c->end, &c->e))
		fail(c);
	c->have = to.n;
}

static struct str ahead(const struct child *c) // not yet cut
{
	return (struct str){ c->buffer + c->at, c->have - c->at };
}

// The event's fields, as far as a frame takes them.
static void put_event(struct child *c, const struct csv_row *row)
{
	char *mark = arena_mark(&c->a);
	struct event ev = { 0 };
	size_t start = c->out.n;
	struct buf head = { .p = c->out.p + start, .cap = 4 };
	uint32_t count = 0;

	wire_u32(&c->out, 0);
	scan_shape_event(&c->shape, row, &c->a, &ev);
	LIST_EACH (const struct event_field, f, &ev.fields) {
		if (c->out.n - start + f->key.n + f->value.n > EVENT_ROOM)
			continue;
		wire_u8(&c->out, (unsigned)f->kind | (unsigned)f->role << 4);
		wire_str(&c->out, f->key);
		wire_str(&c->out, f->value);
		count++;
	}
	wire_u32(&head, count);
	arena_back(&c->a, mark);
}

static void put_hit(struct child *c, const struct csv_row *row, uint64_t number,
		    const struct matched *match, unsigned count)
{
	size_t frame = wire_begin(&c->out, WIRE_HIT);

	wire_u64(&c->out, number);
	wire_u64(&c->out, c->base + (uint64_t)(row->start - c->buffer));
	wire_u32(&c->out, (uint32_t)row->length);
	wire_u8(&c->out, count);
	for (unsigned i = 0; i < count; i++) {
		wire_u8(&c->out, match[i].met.side);
		wire_u8(&c->out, match[i].met.strength);
		wire_u32(&c->out, (uint32_t)match[i].met.node);
		wire_u32(&c->out, (uint32_t)match[i].also);
	}
	if (c->s->events)
		put_event(c, row);
	else
		wire_u32(&c->out, 0);
	end_frame(c, frame);
}

static void tell_progress(struct child *c)
{
	size_t frame;

	if (c->s->progress == NULL || c->base + c->at < c->told + PROGRESS_EACH)
		return;
	c->told = c->base + c->at;
	frame = wire_begin(&c->out, WIRE_PROGRESS);
	wire_u64(&c->out, c->in.in);
	wire_end(&c->out, frame);
	flush(c);
}

// Of the record at row[i].
static uint64_t number_of(const struct child *c, unsigned i)
{
	return c->tally.records + i + 1;
}

// The selecting texts of a record; false where the whole record is refused.
static bool read_json(struct child *c, unsigned i)
{
	const struct scan_shape *x = &c->shape;
	struct json_value value[FEED_MAX_SELECTS];
	bool any = false;

	if (!x->picker(c->row[i].field[0], x->path, x->paths, value))
		return false;
	for (unsigned k = 0; k < x->uses; k++) {
		const struct json_value *v = &value[x->use[k].field];
		enum select_as as = x->type->selects.at[x->use[k].select].as;
		struct str raw = v->raw;
		enum junk junk;

		any |= v->kind != JSON_END;
		if (v->kind == JSON_END || v->kind == JSON_WORD || raw.n > sizeof c->text)
			continue;
		if (str_has(raw, '\\'))
			raw = (struct str){ c->text, json_text(raw, c->text) };
		junk = v->kind == JSON_NUMBER && as != SELECT_ASN
			       ? JUNK_ADDRESS
			       : select_read(c->scratch, as, x->use[k].select, raw, &c->picks[i]);
		if (junk != JUNK_NONE)
			note_junk(c, junk, number_of(c, i), c->row[i].field[0]);
	}
	if (!any)
		note_junk(c, JUNK_KEYS, number_of(c, i), c->row[i].field[0]);
	return true;
}

static void read_row(struct child *c, unsigned i)
{
	const struct scan_shape *x = &c->shape;
	const struct csv_row *row = &c->row[i];

	for (unsigned k = 0; k < x->uses; k++) {
		unsigned select = x->use[k].select;
		enum junk junk = select_read(c->scratch, x->type->selects.at[select].as, select,
					     row->field[x->use[k].field], &c->picks[i]);

		if (UNLIKELY(junk != JUNK_NONE))
			note_junk(c, junk, number_of(c, i),
				  (struct str){ row->start, row->length });
	}
}

static void read_record(struct child *c, unsigned i)
{
	const struct csv_row *row = &c->row[i];
	struct str text = { row->start, row->length };
	uint64_t number = number_of(c, i);

	c->picks[i].count = 0;
	if (row->state == CSV_BLANK || row->state == CSV_COMMENT)
		return;
	if (row->state == CSV_UNCLOSED)
		note_junk(c, JUNK_SYNTAX, number, text);
	else if (c->shape.columns != 0 && row->columns != c->shape.columns)
		note_junk(c, JUNK_COLUMNS, number, text);
	else if (c->shape.feed->format != FORMAT_JSON_LINES)
		read_row(c, i);
	else if (!read_json(c, i))
		note_junk(c, JUNK_SYNTAX, number, text);
}

static void weaken(struct met *m, enum strength most)
{
	if (m->strength > most)
		m->strength = most;
}

static void match_record(struct child *c, unsigned i, uint64_t number)
{
	struct matched *match = c->match;
	const struct csv_row *row = &c->row[i];
	unsigned count = select_match(c->s->index, c->s->roster, c->s->type, &c->picks[i],
				      idn_to_ascii, match);

	if (LIKELY(count == 0))
		return;
	for (unsigned k = 0; k < count; k++)
		weaken(&match[k].met, scan_shape_strength(&c->shape, match[k].select, row));
	c->tally.hits++;
	put_hit(c, row, number, match, count);
}

// Records that begin behind the part's end are the next one's.
static unsigned within_part(const struct child *c, unsigned n)
{
	uint64_t to = c->part->to;

	if (c->base + c->have <= to)
		return n;
	while (n > 0 && c->base + (uint64_t)(c->row[n - 1].start - c->buffer) >= to)
		n--;
	return n;
}

static void take_batch(struct child *c, unsigned n)
{
	c->scratch->pooled = 0;
	for (unsigned i = 0; i < n; i++) {
		read_record(c, i);
		select_prefetch(c->s->index, &c->picks[i]);
	}
	for (unsigned i = 0; i < n; i++)
		if (c->picks[i].count > 0)
			match_record(c, i, number_of(c, i));
	c->tally.records += n;
}

// A record that is longer than may be: what there is of it is dropped, up to its line end.
static void drop_long(struct child *c)
{
	c->tally.records++;
	note_junk(c, JUNK_LONG, c->tally.records, str_first(ahead(c), JUNK_SHOWN));
	for (;;) {
		struct str rest = ahead(c);
		const char *stop = rest.n > 0 ? memchr(rest.p, '\n', rest.n) : NULL;

		c->at = stop != NULL ? (size_t)(stop - c->buffer) + 1 : c->have;
		if (stop != NULL || c->end)
			return;
		fill(c);
	}
}

static void need_more(struct child *c)
{
	if (c->have - c->at < c->room) {
		fill(c);
		return;
	}
	if (c->room < SCAN_MAX_RECORD) {
		c->room = SCAN_MAX_RECORD; // reserved from the start
		fill(c);
	} else {
		drop_long(c);
	}
}

static void read_part(struct child *c)
{
	for (;;) {
		size_t used;
		unsigned n = (unsigned)c->shape.cutter(&c->shape.csv, ahead(c), c->end, c->row,
						       BATCH, &used);
		unsigned mine = within_part(c, n);

		take_batch(c, mine);
		if (mine < n) {
			c->at = (size_t)(c->row[mine].start - c->buffer);
			return;
		}
		c->at += used;
		tell_progress(c);
		if (c->end && c->at == c->have)
			return;
		if (n < BATCH)
			need_more(c);
	}
}

// The header is the first record that is neither blank nor comment.
static void read_header(struct child *c)
{
	struct csv_shape csv = { .separator = c->s->feed->separator,
				 .quote = c->s->feed->quote,
				 .comment = c->s->feed->comment };
	struct csv_row row;
	size_t used;

	for (;;) {
		while (csv_cut(&csv, ahead(c), c->end, &row, 1, &used) == 0) {
			if (c->end || c->have - c->at == c->room) {
				err_set(&c->e, ERR_INPUT,
					c->base + c->have == 0 ? "the input is empty: such a "
								 "report has a header line at least"
							       : "the input has no header line");
				fail(c);
			}
			fill(c);
		}
		c->at += used;
		c->tally.records++;
		if (row.state == CSV_ROW)
			break;
	}
	if (!scan_shape_init(&c->shape, c->s->feed, c->s->type,
			     (struct str){ row.start, row.length }, &c->a, &c->e)) {
		err_in(&c->e, "record %llu", (unsigned long long)c->tally.records);
		fail(c);
	}
}

static void begin(struct child *c)
{
	size_t skip;

	fill(c);
	if (!scan_start(ahead(c), &skip, &c->e))
		fail(c);
	c->at += skip;
	if (c->s->feed->format == FORMAT_DELIMITED && c->s->feed->header)
		read_header(c);
	else if (!scan_shape_init(&c->shape, c->s->feed, c->s->type, S(""), &c->a, &c->e))
		fail(c);
}

// A later part begins somewhere in a record: go to the first line behind which a
// whole record of the right width begins. A guess: the parent compares the place
// with where the part before ended.
static void find_start(struct child *c)
{
	for (unsigned tries = 0; tries < MOST_TRIES; tries++) {
		struct str rest = ahead(c);
		const char *stop = rest.n > 0 ? memchr(rest.p, '\n', rest.n) : NULL;
		struct csv_row row;
		size_t used;

		if (stop == NULL)
			return;
		c->at = (size_t)(stop - c->buffer) + 1;
		if (c->shape.csv.quote == '\0' || c->shape.columns == 0)
			return;
		if (csv_cut(&c->shape.csv, ahead(c), c->end, &row, 1, &used) == 1 &&
		    row.state == CSV_ROW && row.columns == c->shape.columns)
			return;
	}
}

// A part in the middle: the shape comes from the head of the file, the rest from its place.
static void begin_later(struct child *c)
{
	const struct scan_part *p = c->part;

	c->in = unpack_of(p->head, &c->a);
	begin(c);
	c->in = unpack_of(p->in, &c->a);
	c->tally = (struct scan_tally){ 0 };
	c->at = c->have = 0;
	c->end = false;
	c->base = p->exact ? p->from : p->from - 1; // one back: a line end just before it counts
	fill(c);
	if (!p->exact)
		find_start(c);
}

static void finish(struct child *c)
{
	size_t frame = wire_begin(&c->out, WIRE_DONE);

	wire_u64(&c->out, c->base + c->at);
	wire_u64(&c->out, c->tally.records);
	wire_u64(&c->out, c->tally.hits);
	for (unsigned i = 0; i < JUNK_KINDS; i++) {
		wire_u64(&c->out, c->tally.junk[i]);
		wire_u64(&c->out, c->tally.first[i]);
	}
	wire_end(&c->out, frame);
	flush(c);
}

// The first word: where the part's first record begins. The parent may know better.
static void say_hello(struct child *c, uint64_t start)
{
	size_t frame = wire_begin(&c->out, WIRE_HELLO);

	wire_u32(&c->out, WIRE_VERSION);
	wire_u64(&c->out, start);
	wire_end(&c->out, frame);
	flush(c);
}

int scan_child(void *part)
{
	struct arena a;
	struct child *c;
	uint64_t start;

	arena_init(&a, MEMORY);
	c = arena_new(&a, struct child, 1);
	c->part = part;
	c->s = c->part->scan;
	c->buffer = arena_new(&a, char, SCAN_MAX_RECORD);
	c->room = BUFFER;
	c->out = (struct buf){ .p = arena_new(&a, char, OUT), .cap = OUT };
	c->scratch = arena_new(&a, struct select_scratch, 1);
	c->scratch->idn = idn_to_ascii;
	c->a = a;
	c->in = unpack_of(c->part->in, &c->a);
	cage_warm(HEAP);
	cage_enter();
	if (c->part->from > 0)
		begin_later(c);
	else
		begin(c);
	start = c->part->from > 0 ? c->base + c->at : 0;
	say_hello(c, start);
	read_part(c);
	finish(c);
	return 0;
}
