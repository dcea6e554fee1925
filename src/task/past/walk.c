#include "task/past/walk.h"

#include "base/time.h"

enum { BATCHES_MOST = 4000000 };

bool past_load(struct past *p, struct str feed, int64_t since, struct past_batches *out,
	       struct err *e)
{
	const struct past_range range = { .feed = feed,
					  .since = since,
					  .before = { TIME_NEVER, INT64_MAX },
					  .most = BATCHES_MOST };
	autorows rows = NULL;
	struct past_batch b;

	*out = (struct past_batches){ 0 };
	if (!past_newest(p->home->db, &range, &rows, e))
		return false;
	while (past_next_batch(rows, &b, e)) {
		b.feed = arena_str(p->a, b.feed);
		b.type = arena_str(p->a, b.type);
		b.file = arena_str(p->a, b.file);
		*list_add(&out->at, p->a) = b;
	}
	return e->kind == ERR_NONE;
}

int64_t past_time(const struct scan_hit *hit, const struct past_batch *b)
{
	struct str text = event_get(hit->event, S("time.source"));
	int64_t at;

	return text.p != NULL && time_read(text, &at) ? at : b->arrived;
}

struct slot { // a reading under way
	const struct past_walk *w;
	struct past_reading r;
	struct past_bytes bytes;
	struct scanning *scanning; // NULL: it could not begin, `why`
	struct err why;
	bool refused; // who takes its hits wants no more, `why`
};

struct ring {
	const struct past_walk *w;
	struct slot slot[SCAN_MAX_JOBS];
	size_t begun, heard; // readings
	size_t next;         // batch
	unsigned pass;
};

static bool each(void *context, const struct scan_hit *hit, struct err *e)
{
	struct slot *s = context;

	s->refused = !s->w->hit(s->w->context, &s->r, hit, e);
	return !s->refused;
}

static struct slot *slot_of(struct ring *x, size_t reading)
{
	return &x->slot[reading % x->w->jobs];
}

static void next_batch(struct ring *x)
{
	x->next++;
	x->pass = 0;
}

static bool has_file(const struct past_walk *w, const struct slot *s)
{
	if (s->r.type == NULL)
		past_leave(w->past, s->r.batch, LEFT_FEED, "no feed file has it");
	return s->r.type != NULL;
}

// The next reading that is wanted, and can be, is begun. False: no batch is left.
static bool begin(struct ring *x)
{
	const struct past_walk *w = x->w;
	struct slot *s = slot_of(x, x->begun);

	while (x->next < w->count && (w->enough == NULL || !w->enough(w->context))) {
		const struct past_batch *b = &w->at[x->next];
		struct scan scan = { .fd = -1, .jobs = 1, .each = each, .context = s };

		*s = (struct slot){ .w = w, .bytes.copy = -1 };
		s->r = (struct past_reading){ .batch = b, .pass = x->pass++ };
		s->r.feed = past_feed(w->past, b->feed);
		s->r.type = past_type(s->r.feed, b->type);
		if (!w->wants(w->context, &s->r, &scan) || !has_file(w, s) ||
		    !past_open(w->past, b, &s->bytes)) {
			next_batch(x);
			continue;
		}
		scan.feed = s->r.feed;
		scan.type = s->r.type;
		scan.path = s->bytes.path;
		if (!scan_begin(&scan, &s->scanning, &s->why))
			s->scanning = NULL;
		x->begun++;
		return true;
	}
	return false;
}

static void let_go(struct slot *s)
{
	scan_drop(s->scanning);
	s->scanning = NULL;
	past_close(&s->bytes);
}

static bool hear(struct ring *x, struct err *e)
{
	const struct past_walk *w = x->w;
	struct slot *s = slot_of(x, x->heard++);
	struct scan_tally tally;
	bool good = false;

	if (w->begins != NULL && !w->begins(w->context, &s->r, e))
		return false;
	if (s->scanning != NULL)
		good = scan_end(TAKE(s->scanning, NULL), &tally, &s->why);
	past_close(&s->bytes);
	if (s->refused) {
		*e = s->why;
		return false;
	}
	return w->ends(w->context, &s->r, good ? &tally : NULL, &s->why, e);
}

static bool walk(struct ring *x, struct err *e)
{
	const struct past_walk *w = x->w;

	for (;;) {
		while (x->begun - x->heard < w->jobs && begin(x))
			;
		if (x->begun == x->heard)
			return true;
		if (w->progress != NULL)
			w->progress(w->progress_context,
				    (uint64_t)(slot_of(x, x->heard)->r.batch - w->at), w->count);
		if (!hear(x, e))
			return false;
	}
}

bool past_walk(const struct past_walk *w, struct err *e)
{
	struct ring *x = arena_new(w->past->a, struct ring, 1);
	bool ok;

	x->w = w;
	ok = walk(x, e);
	if (w->next != NULL)
		*w->next = x->next;
	for (; x->heard < x->begun; x->heard++)
		let_go(slot_of(x, x->heard));
	return ok;
}
