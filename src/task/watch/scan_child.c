#include "task/watch/scan_child.h"

#include "os/cage.h"
#include "os/idn.h"
#include "os/unpack.h"
#include "task/watch/scan_seek.h"
#include "task/watch/scan_start.h"
#include "task/watch/scan_tell.h"

#include <unistd.h>

enum {
	BUFFER = 512 << 10, // of input, at first
	MEMORY = UNPACK_MEMORY + 3 * SCAN_MAX_RECORD + (96 << 20),
	BATCH = 32,     // records whose look-ups overlap
	HEAP = 4 << 20, // for libidn2
	JUNK_SHOWN = 64 << 10,
	MOST_TRIES = 4096, // lines, to find where a record begins
};

// What a child has from the first part to the last, so that its pages are made once.
struct room {
	struct arena a;
	char *buffer, *out; // SCAN_MAX_RECORD, TELL_OUT
	int to;
};

struct child { // reading one part
	const struct scan_part *part;
	const struct scan *s;
	struct arena a;
	struct unpack in;
	struct scan_shape shape;
	char *buffer;
	size_t at, have, room; // the next record begins at buffer[at]
	uint64_t base;         // offset of buffer[0] in the input
	bool end;              // nothing follows what is in the buffer
	struct scan_tell tell;
	struct select_scratch *scratch;
	struct scan_view view[2]; // by which it is asked whose a record is, the gate apart
	unsigned views;
	struct csv_row row[BATCH];
	struct picks picks[BATCH];
	bool refused[BATCH]; // no record: blank, comment, or junk
	struct tree_cut tree;
	struct matched match[SELECT_MAX_MATCHES]; // here, so that no call need clear it
	struct err e;
};

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
		tell_error(&c->tell, &c->e);
	c->have = to.n;
}

static struct str ahead(const struct child *c) // not yet cut
{
	return (struct str){ c->buffer + c->at, c->have - c->at };
}

// Of the record at row[i].
static uint64_t number_of(const struct child *c, unsigned i)
{
	return c->tell.tally.records + i + 1;
}

static uint64_t offset_of(const struct child *c, unsigned i)
{
	return c->base + (uint64_t)(c->row[i].start - c->buffer);
}

static struct scan_record record_at(const struct child *c, unsigned i)
{
	return (struct scan_record){ &c->row[i], c->tree.context };
}

// The rows of an HTML table before its first record; the last of them may name the columns.
static bool is_heading(struct child *c, unsigned i)
{
	const struct feed *f = c->s->feed;

	if (f->format != FORMAT_HTML || number_of(c, i) > f->skip + f->header)
		return false;
	if (f->header && number_of(c, i) == f->skip + 1)
		html_names(c->row[i].field[0], &c->a, c->shape.headings);
	return true;
}

// What nests may have what is sought in the context of the record.
static bool is_sought(const struct child *c, const struct csv_row *row)
{
	const struct needles *x = c->s->needles;

	return c->s->give != SCAN_FOUND || x->count == 0 || c->shape.tree_cutter != NULL ||
	       needles_in(x, (struct str){ row->start, row->length });
}

static void read_record(struct child *c, unsigned i)
{
	const struct csv_row *row = &c->row[i];
	struct scan_record r = record_at(c, i);
	uint32_t junk;

	c->picks[i].count = 0;
	c->refused[i] = row->state == CSV_BLANK || row->state == CSV_COMMENT ||
			scan_record_none(&c->shape, &r) || is_heading(c, i) || !is_sought(c, row);
	if (c->refused[i])
		return;
	junk = scan_record_read(&c->shape, &r, c->scratch, &c->a, &c->picks[i]);
	c->refused[i] = (junk & JUNK_REFUSES) != 0;
	for (unsigned k = JUNK_NONE + 1; UNLIKELY(junk != 0) && k < JUNK_KINDS; k++)
		if (junk & 1u << k)
			tell_junk(&c->tell, (enum junk)k, number_of(c, i),
				  (struct str){ row->start, row->length });
}

static bool is_left_out(struct child *c, const struct scan_record *r)
{
	bool is;

	scan_shape_plan(&c->shape, &c->a); // whatever is told of a record is asked this first
	is = scan_record_dropped(&c->shape, r, &c->a);
	c->tell.tally.left += is;
	return is;
}

static unsigned look_up(struct child *c, unsigned i, const struct scan_view *v)
{
	return select_match(v->index, v->roster, c->s->type, &c->picks[i], idn_to_ascii, c->match);
}

// The matches at c->match.
static void tell_matches(struct child *c, unsigned i, unsigned count, unsigned view)
{
	struct scan_record r = record_at(c, i);

	for (unsigned k = 0; k < count; k++)
		scan_record_weaken(&c->shape, &r, &c->a, &c->match[k]);
	c->tell.tally.hits++;
	tell_hit(&c->tell, &r,
		 &(struct told){ number_of(c, i), offset_of(c, i), c->match, count, view });
}

static void match_record(struct child *c, unsigned i)
{
	bool known = false; // that no rule leaves it out

	if (c->s->gate != NULL && look_up(c, i, c->s->gate) == 0)
		return;
	for (unsigned v = 0; v < c->views; v++) {
		unsigned count = look_up(c, i, &c->view[v]);
		struct scan_record r;

		if (LIKELY(count == 0))
			continue;
		r = record_at(c, i);
		if (!known && is_left_out(c, &r))
			return;
		known = true;
		tell_matches(c, i, count, v);
	}
}

static void give_record(struct child *c, unsigned i)
{
	struct scan_record r = record_at(c, i);

	switch (c->s->give) {
	case SCAN_HITS:
		if (c->picks[i].count > 0) {
			c->tell.tally.keyed++;
			for (unsigned k = 0; k < c->picks[i].count; k++)
				c->tell.tally.filled[c->picks[i].at[k].select]++;
			match_record(c, i);
		}
		break;
	case SCAN_FOUND:
		if (!c->refused[i] && !is_left_out(c, &r))
			tell_matches(c, i, look_up(c, i, &c->view[0]), 0);
		break;
	case SCAN_EVENTS:
		if (!c->refused[i] && !is_left_out(c, &r))
			tell_hit(&c->tell, &r,
				 &(struct told){ number_of(c, i), offset_of(c, i), NULL, 0, 0 });
		break;
	case SCAN_TEXT:
		if (!c->refused[i] && !is_left_out(c, &r))
			tell_text(&c->tell, &r, number_of(c, i));
		break;
	}
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
		if (c->s->give == SCAN_HITS)
			select_prefetch(c->s->gate != NULL ? c->s->gate->index : c->s->index,
					&c->picks[i]);
	}
	for (unsigned i = 0; i < n; i++)
		give_record(c, i);
	c->tell.tally.records += n;
}

// A record that is longer than may be: what there is of it is dropped, up to its line end.
static void drop_long(struct child *c)
{
	c->tell.tally.records++;
	tell_junk(&c->tell, JUNK_LONG, c->tell.tally.records, str_first(ahead(c), JUNK_SHOWN));
	if (c->shape.tree_cutter != NULL) { // which passes over it by itself
		c->tree.pass = true;
		return;
	}
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

static unsigned cut(struct child *c, size_t *used)
{
	if (c->shape.tree_cutter != NULL)
		return (unsigned)c->shape.tree_cutter(&c->tree, ahead(c), c->end, c->row, BATCH,
						      used);
	return (unsigned)c->shape.cutter(&c->shape.csv, ahead(c), c->end, c->row, BATCH, used);
}

// What nests must be whole: half a document says nothing of the other half.
static void check_document(struct child *c)
{
	if (c->shape.tree_cutter == NULL || (c->tree.over && !c->tree.bad))
		return;
	err_set(&c->e, ERR_INPUT, "behind record %llu the document is %s",
		(unsigned long long)c->tell.tally.records,
		c->tree.bad ? "not what it should be" : "cut off: fetch it again");
	tell_error(&c->tell, &c->e);
}

static void read_part(struct child *c)
{
	bool nests = c->shape.tree_cutter != NULL; // its cutter may give few rows of many bytes

	for (;;) {
		size_t used;
		unsigned n = cut(c, &used);
		unsigned mine = within_part(c, n);

		take_batch(c, mine);
		if (mine < n) {
			c->at = (size_t)(c->row[mine].start - c->buffer);
			return;
		}
		c->at += used;
		tell_progress(&c->tell, c->base + c->at, c->in.in);
		if (c->end && (nests ? n == 0 : c->at == c->have))
			break;
		if (nests ? n == 0 : n < BATCH)
			need_more(c);
	}
	check_document(c);
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
				tell_error(&c->tell, &c->e);
			}
			fill(c);
		}
		c->at += used;
		c->tell.tally.records++;
		if (row.state == CSV_ROW)
			break;
	}
	if (!scan_shape_init(&c->shape, c->s->feed, c->s->type,
			     (struct str){ row.start, row.length }, &c->a, &c->e)) {
		err_in(&c->e, "record %llu", (unsigned long long)c->tell.tally.records);
		tell_error(&c->tell, &c->e);
	}
}

// Lines before the first record are counted as records that are none.
static void skip_lines(struct child *c)
{
	for (unsigned i = 0; i < c->s->feed->skip; i++) {
		struct str rest = ahead(c);
		const char *stop = rest.n > 0 ? memchr(rest.p, '\n', rest.n) : NULL;

		if (stop == NULL) {
			c->at = c->have;
			return;
		}
		c->at = (size_t)(stop - c->buffer) + 1;
		c->tell.tally.records++;
	}
}

static void begin(struct child *c)
{
	struct str first;
	size_t skip;

	fill(c);
	if (!scan_start(ahead(c), c->s->feed->format == FORMAT_HTML, &skip, &c->e))
		tell_error(&c->tell, &c->e);
	c->at += skip;
	first = str_first(ahead(c), SHAPE_HEAD_BYTES);
	if (c->s->feed->heads.count > 0) // the buffer moves on
		first = arena_str(&c->a, first);
	if (c->s->feed->format != FORMAT_HTML)
		skip_lines(c);
	c->tree = (struct tree_cut){ .shape = &c->s->feed->tree };
	if (c->s->feed->format == FORMAT_DELIMITED && c->s->feed->header)
		read_header(c);
	else if (!scan_shape_init(&c->shape, c->s->feed, c->s->type, S(""), &c->a, &c->e))
		tell_error(&c->tell, &c->e);
	if (c->s->feed->heads.count > 0)
		scan_shape_head(&c->shape, first, &c->a);
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
	c->tell.tally = (struct scan_tally){ 0 };
	c->at = c->have = 0;
	c->end = false;
	c->base = p->exact ? p->from : p->from - 1; // one back: a line end just before it counts
	fill(c);
	if (!p->exact)
		find_start(c);
}

// A file in which nothing stands of what is sought is over: that is what it tells.
static bool is_worth_reading(struct child *c)
{
	struct scan_seek seek = { c->part->head, c->s->needles, c->buffer, BUFFER };
	uint64_t bytes;

	if (c->s->needles->count == 0)
		return true;
	if (!scan_seek(&seek, &c->a, &bytes, &c->e)) {
		if (c->e.kind != ERR_NONE)
			tell_error(&c->tell, &c->e);
		tell_hello(&c->tell, 0);
		tell_done(&c->tell, bytes);
		return false;
	}
	return true;
}

static struct child *child_new(const struct scan_part *part, struct room *r)
{
	struct child *c = arena_new(&r->a, struct child, 1);

	c->part = part;
	c->s = part->scan;
	c->buffer = r->buffer;
	c->room = BUFFER;
	c->tell = (struct scan_tell){
		.s = c->s,
		.shape = &c->shape,
		.a = &c->a,
		.to = r->to,
		.text_to = part->text,
		.out = { .p = r->out, .cap = TELL_OUT },
		.secrets = feed_has_secrets(c->s->type),
	};
	c->scratch = arena_new(&r->a, struct select_scratch, 1);
	c->scratch->idn = idn_to_ascii;
	c->view[c->views++] = (struct scan_view){ c->s->roster, c->s->index };
	if (c->s->other != NULL)
		c->view[c->views++] = *c->s->other;
	c->a = r->a;
	c->in = unpack_of(part->in, &c->a);
	return c;
}

static void tell_part(struct child *c)
{
	if (c->s->give == SCAN_FOUND && !is_worth_reading(c))
		return;
	if (c->part->from > 0)
		begin_later(c);
	else
		begin(c);
	tell_hello(&c->tell, c->part->from > 0 ? c->base + c->at : 0);
	read_part(c);
	tell_done(&c->tell, c->base + c->at);
}

int scan_child(void *parts)
{
	const struct scan_parts *p = parts;
	struct room r = { .to = p->out };
	char *mark;

	arena_init(&r.a, MEMORY);
	r.buffer = arena_new(&r.a, char, SCAN_MAX_RECORD);
	r.out = arena_new(&r.a, char, TELL_OUT);
	mark = arena_mark(&r.a);
	cage_warm(HEAP);
	cage_enter();
	for (unsigned i = 0; i < p->count; i++) {
		struct child *c = child_new(&p->at[i], &r);

		if (i > 0)
			tell_next(&c->tell);
		tell_part(c);
		r.a = c->a;
		if (i + 1 < p->count) // the last one's goes with the process
			arena_back(&r.a, mark);
	}
	return 0;
}
