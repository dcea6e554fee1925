#include "task/watch/scan_tell.h"

#include "codec/text/base64.h"
#include "codec/wire/hit.h"
#include "model/feed/event_json.h"
#include "os/cage.h"

#include <errno.h>
#include <unistd.h>

enum {
	OUT_FLUSH = 48 << 10,
	TEXTS = 128 << 10,                        // of one frame of them, unless one is longer
	EVENT_ROOM = WIRE_MAX_FRAME - (16 << 10), // of a frame, for an event
	MOST_TEXT = WIRE_MAX_FRAME - TEXTS - WIRE_HEAD, // of one line
	JUNK_SHOWN = 64 << 10,
	NAME_SHOWN = 200, // of a column
	PROGRESS_EACH = 8 << 20,
};

// Leaves in *s what the descriptor did not take.
static bool write_out(int to, struct str *s)
{
	while (s->n > 0) {
		ssize_t n = write(to, s->p, s->n);

		if (n < 0 && errno != EINTR)
			return false;
		str_skip(s, n > 0 ? (size_t)n : 0);
	}
	return true;
}

static void flush(struct scan_tell *t)
{
	struct str all = buf_view(&t->out);

	if (!write_out(t->to, &all))
		cage_leave(1); // the parent is gone
	t->out.n = 0;
}

static void end_frame(struct scan_tell *t, size_t frame)
{
	wire_end(&t->out, frame);
	if (t->out.n >= OUT_FLUSH)
		flush(t);
}

// Lines of JSON stand many to a frame, for the parent passes them on as they are; or they
// go out from here, which spares copying all of them twice.
static void open_texts(struct scan_tell *t)
{
	if (!t->texts)
		t->text = t->text_to < 0 ? wire_begin(&t->out, WIRE_TEXT) : t->out.n;
	t->texts = true;
}

// What the output no longer takes is the parent's to write: it then fails as it should.
static void write_texts(struct scan_tell *t)
{
	struct str lines = str_from(buf_view(&t->out), t->text);
	size_t frame;

	t->out.n = t->text;
	if (write_out(t->text_to, &lines))
		return;
	t->text_to = -1;
	memmove(t->out.p + t->text + WIRE_HEAD, lines.p, lines.n);
	frame = wire_begin(&t->out, WIRE_TEXT);
	t->out.n += lines.n;
	end_frame(t, frame);
}

static void close_texts(struct scan_tell *t)
{
	if (t->texts && t->text_to < 0)
		end_frame(t, t->text);
	else if (t->texts)
		write_texts(t);
	t->texts = false;
}

// The last word where the input is at fault.
void tell_error(struct scan_tell *t, const struct err *e)
{
	size_t frame;

	close_texts(t);
	frame = wire_begin(&t->out, WIRE_ERROR);
	wire_u8(&t->out, e->kind);
	wire_str(&t->out, str_of(e->text));
	wire_end(&t->out, frame);
	flush(t);
	cage_leave(0);
}

void tell_junk(struct scan_tell *t, enum junk junk, uint64_t number, struct str row)
{
	size_t frame;

	if (t->tally.junk[junk]++ == 0)
		t->tally.first[junk] = number;
	if (!t->s->keep_junk)
		return;
	if (t->secrets)
		row = S("(a row of a feed with secrets is not shown)");
	close_texts(t);
	frame = wire_begin(&t->out, WIRE_JUNK);
	wire_u8(&t->out, junk);
	wire_str(&t->out, str_first(row, JUNK_SHOWN));
	end_frame(t, frame);
}

// The event's fields, as far as a frame takes them.
static void put_event(struct scan_tell *t, const struct scan_record *r)
{
	char *mark = arena_mark(t->a);
	struct event ev = { 0 };
	size_t start = t->out.n;
	struct buf head = { .p = t->out.p + start, .cap = 4 };
	uint32_t count = 0;

	wire_u32(&t->out, 0);
	scan_record_event(t->shape, r, t->a, &ev);
	LIST_EACH (const struct event_field, f, &ev.fields) {
		if (t->out.n - start + f->key.n + f->value.n > EVENT_ROOM)
			continue;
		wire_u8(&t->out, (unsigned)f->kind | (unsigned)f->role << 3 |
					 (unsigned)f->unmapped << 6 | (unsigned)f->misfit << 7);
		wire_str(&t->out, f->key);
		wire_str(&t->out, f->value);
		count++;
	}
	wire_u32(&head, count);
	arena_back(t->a, mark);
}

void tell_hit(struct scan_tell *t, const struct scan_record *r, const struct told *what)
{
	size_t frame = wire_begin(&t->out, WIRE_HIT);

	wire_u64(&t->out, what->number);
	wire_u64(&t->out, what->offset);
	wire_u32(&t->out, (uint32_t)r->row->length);
	wire_u8(&t->out, what->view);
	wire_u8(&t->out, what->count);
	for (unsigned i = 0; i < what->count; i++) {
		wire_u8(&t->out, what->match[i].met.side);
		wire_u8(&t->out, what->match[i].met.strength);
		wire_u32(&t->out, (uint32_t)what->match[i].met.node);
		wire_u32(&t->out, (uint32_t)what->match[i].also);
	}
	if (t->s->events)
		put_event(t, r);
	else
		wire_u32(&t->out, 0);
	end_frame(t, frame);
}

void tell_progress(struct scan_tell *t, uint64_t at, uint64_t in)
{
	size_t frame;

	if (t->s->progress == NULL || at < t->told + PROGRESS_EACH)
		return;
	t->told = at;
	close_texts(t);
	frame = wire_begin(&t->out, WIRE_PROGRESS);
	wire_u64(&t->out, in);
	wire_end(&t->out, frame);
	flush(t);
}

static void put_raw(struct scan_tell *t, const struct scan_record *r)
{
	if (!t->s->raw || t->secrets)
		return;
	buf_str(&t->out, S(",\"raw\":\""));
	base64_write(&t->out, (struct str){ r->row->start, r->row->length });
	buf_char(&t->out, '"');
}

// The record as a line of JSON.
void tell_text(struct scan_tell *t, const struct scan_record *r, uint64_t number)
{
	char *mark = arena_mark(t->a);
	struct event ev = { 0 };
	size_t start;

	open_texts(t);
	start = t->out.n;
	scan_record_event(t->shape, r, t->a, &ev);
	buf_str(&t->out, t->s->text);
	event_json(&t->out, &ev, t->s->text.n > 1);
	put_raw(t, r);
	buf_str(&t->out, S("}\n"));
	if (t->out.over || t->out.n - start > MOST_TEXT) { // too long for any frame
		t->out.over = false;
		t->out.n = start;
		tell_junk(t, JUNK_LONG, number, (struct str){ r->row->start, r->row->length });
	} else if (t->out.n - t->text >= TEXTS) {
		close_texts(t);
	}
	arena_back(t->a, mark);
}

void tell_done(struct scan_tell *t, uint64_t end)
{
	size_t frame;

	close_texts(t);
	frame = wire_begin(&t->out, WIRE_DONE);
	wire_u64(&t->out, end);
	wire_u64(&t->out, t->tally.records);
	wire_u64(&t->out, t->tally.hits);
	wire_u64(&t->out, t->tally.keyed);
	wire_u64(&t->out, t->tally.left);
	for (unsigned i = 0; i < FEED_MAX_SELECTS; i++)
		wire_u64(&t->out, t->tally.filled[i]);
	for (unsigned i = 0; i < JUNK_KINDS; i++) {
		wire_u64(&t->out, t->tally.junk[i]);
		wire_u64(&t->out, t->tally.first[i]);
	}
	wire_end(&t->out, frame);
	flush(t);
}

// Of the header, where there is one.
static void put_names(struct scan_tell *t)
{
	bool header = t->s->feed->format == FORMAT_DELIMITED && t->s->feed->header;
	size_t n = header && t->s->names != NULL ? t->shape->names.count : 0;

	wire_u32(&t->out, (uint32_t)n);
	for (size_t i = 0; i < n; i++)
		wire_str(&t->out, str_first(t->shape->names.at[i], NAME_SHOWN));
}

void tell_next(struct scan_tell *t)
{
	wire_end(&t->out, wire_begin(&t->out, WIRE_NEXT));
	flush(t);
}

void tell_hello(struct scan_tell *t, uint64_t start)
{
	size_t frame = wire_begin(&t->out, WIRE_HELLO);

	wire_u32(&t->out, WIRE_VERSION);
	wire_u64(&t->out, start);
	put_names(t);
	wire_end(&t->out, frame);
	flush(t);
}
