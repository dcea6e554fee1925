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

// Neighbouring batches are read by one child, since its fork and its memory cost as much as two
// thousand records. They are of one feed (scan.h says why), and so few that others have work, too.
enum {
	GROUP_MOST = 32,
	GROUP_BYTES = 16 << 20, // as they came, all together; what is more is read alone
	UNDER_WAY = 256, // readings: each may hold a copy of what is sealed, and its descriptor
};

struct slot { // a reading under way
	const struct past_walk *w;
	struct past_reading r;
	struct past_bytes bytes;
	struct scanning *scanning; // of all of its group
	bool last;                 // of it
	bool refused;              // who takes its hits wants no more
};

struct ring {
	const struct past_walk *w;
	struct slot *slot;
	size_t slots;        // of those at slot
	size_t most;         // readings of a group
	size_t begun, heard; // readings
	unsigned groups;     // under way
	size_t next;         // batch
	unsigned pass;
};

struct group {
	struct scan scan[GROUP_MOST];
	unsigned count;
	uint64_t bytes;
	struct str feed;
};

static bool each(void *context, const struct scan_hit *hit, struct err *e)
{
	struct slot *s = context;

	s->refused = !s->w->hit(s->w->context, &s->r, hit, e);
	return !s->refused;
}

static struct slot *slot_of(struct ring *x, size_t reading)
{
	return &x->slot[reading % x->slots];
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

static bool is_more(const struct ring *x)
{
	const struct past_walk *w = x->w;

	return x->next < w->count && (w->enough == NULL || !w->enough(w->context));
}

static bool has_room(const struct ring *x, const struct group *g)
{
	const struct past_batch *b = &x->w->at[x->next];

	return g->count == 0 || (g->count < x->most && str_eq(b->feed, g->feed) &&
				 g->bytes + b->kept.bytes <= GROUP_BYTES);
}

// The next reading joins the group, if it is wanted and can be; if not, its batch is over.
static void join(struct ring *x, struct group *g)
{
	const struct past_walk *w = x->w;
	const struct past_batch *b = &w->at[x->next];
	struct slot *s = slot_of(x, x->begun);
	struct scan *scan = &g->scan[g->count];

	*scan = (struct scan){ .fd = -1, .jobs = 1, .each = each, .context = s };
	*s = (struct slot){ .w = w, .bytes.copy = -1 };
	s->r = (struct past_reading){ .batch = b, .pass = x->pass++ };
	s->r.feed = past_feed(w->past, b->feed);
	s->r.type = past_type(s->r.feed, b->type);
	if (!w->wants(w->context, &s->r, scan) || !has_file(w, s) ||
	    !past_open(w->past, b, &s->bytes)) {
		next_batch(x);
		return;
	}
	scan->feed = s->r.feed;
	scan->type = s->r.type;
	scan->path = s->bytes.path;
	g->count++;
	g->bytes += b->kept.bytes;
	g->feed = b->feed;
	x->begun++;
}

// The next readings that are wanted, as many as make a group. False: no batch is left.
static bool begin(struct ring *x)
{
	struct group g = { .count = 0 };
	struct scanning *scanning;

	while (is_more(x) && has_room(x, &g))
		join(x, &g);
	if (g.count == 0)
		return false;
	scanning = scan_begin(g.scan, g.count);
	for (unsigned i = 0; i < g.count; i++)
		slot_of(x, x->begun - 1 - i)->scanning = scanning;
	slot_of(x, x->begun - 1)->last = true;
	x->groups++;
	return true;
}

static void let_go(struct ring *x, struct slot *s)
{
	past_close(&s->bytes);
	if (!s->last)
		return;
	scan_drop(s->scanning);
	x->groups--;
}

static bool hear(struct ring *x, struct err *e)
{
	const struct past_walk *w = x->w;
	struct slot *s = slot_of(x, x->heard);
	struct scan_tally tally;
	struct err why = { 0 };
	bool good;

	if (w->begins != NULL && !w->begins(w->context, &s->r, e))
		return false;
	good = scan_end(s->scanning, &tally, &why);
	let_go(x, s);
	x->heard++;
	if (s->refused) {
		*e = why;
		return false;
	}
	return w->ends(w->context, &s->r, good ? &tally : NULL, &why, e);
}

static bool walk(struct ring *x, struct err *e)
{
	const struct past_walk *w = x->w;

	for (;;) {
		while (x->groups < w->jobs && begin(x))
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

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

bool past_walk(const struct past_walk *w, struct err *e)
{
	struct ring x = { .w = w };
	bool ok;

	x.most = least(least(GROUP_MOST, UNDER_WAY / w->jobs), (w->count + w->jobs - 1) / w->jobs);
	x.slots = x.most * w->jobs + 1;
	x.slot = arena_new(w->past->a, struct slot, x.slots);
	ok = walk(&x, e);
	if (w->next != NULL)
		*w->next = x.next;
	for (; x.heard < x.begun; x.heard++)
		let_go(&x, slot_of(&x, x.heard));
	return ok;
}
