#include "task/rehearse/compare.h"

#include "base/sort.h"
#include "model/finding/finding.h"
#include "store/scratch.h"

#define X(id, word) word,
static const char *const standings[STANDING_COUNT] = { STANDINGS(X) };
#undef X
#define X(id, word, says) word,
static const char *const compared[COMPARED_COUNT] = { COMPARED(X) };
#undef X
#define X(id, word, says) says,
static const char *const sentences[COMPARED_COUNT] = { COMPARED(X) };
#undef X

struct str standing_word(enum standing s)
{
	return str_of(standings[s]);
}

struct str compared_word(enum compared c)
{
	return str_of(compared[c]);
}

const char *compared_says(enum compared c)
{
	return sentences[c];
}

struct reader { // of one store: the finding at hand
	struct db_rows *rows;
	struct scratch_finding f;
	bool any;
};

struct work {
	struct arena *a;
	struct reader side[2];
	struct rehearse_changes *out;
	LIST(struct rehearse_change) all;
};

static void reader_done(struct work *w)
{
	db_end(w->side[0].rows);
	db_end(w->side[1].rows);
}

static bool next(struct work *w, unsigned k, struct err *e)
{
	struct reader *r = &w->side[k];

	r->any = scratch_next_finding(r->rows, &r->f, e);
	if (!r->any)
		return e->kind == ERR_NONE;
	w->out->at_once[k] += r->f.at_once;
	w->out->digest[k] += r->f.digest;
	return true;
}

static enum standing standing_of(const struct scratch_finding *f)
{
	if (f->state == FINDING_VOID)
		return STAND_NONE;
	if (f->state == FINDING_CLOSED)
		return STAND_OVER;
	if (f->held.n > 0)
		return STAND_HELD;
	return f->state == FINDING_CANDIDATE ? STAND_CANDIDATE : STAND_OPEN;
}

static struct rehearse_side side_of(struct work *w, const struct reader *r)
{
	const struct scratch_finding *f = &r->f;
	struct rehearse_side s = { .standing = standing_of(f) };

	if (s.standing == STAND_NONE)
		return s;
	s.member = arena_str(w->a, f->slug);
	s.severity = f->severity;
	s.first_seen = f->first_seen;
	s.last_seen = f->last_seen;
	s.at_once = f->at_once;
	s.digest = f->digest;
	return s;
}

// What the change makes of it; COMPARED_COUNT: nothing.
static enum compared judge(const struct rehearse_side *was, const struct rehearse_side *would)
{
	static const enum compared becomes[STANDING_COUNT] = {
		[STAND_NONE] = COMPARED_ENDED, [STAND_CANDIDATE] = COMPARED_CANDIDATE,
		[STAND_HELD] = COMPARED_HELD,  [STAND_OPEN] = COMPARED_OPENED,
		[STAND_OVER] = COMPARED_ENDED,
	};
	bool told = was->at_once != would->at_once || was->digest != would->digest;

	// Found and over by now: it is the finding that is new, not its end.
	if (would->standing == STAND_OVER && was->standing != STAND_OPEN &&
	    was->standing != STAND_OVER)
		return COMPARED_OPENED;
	if (was->standing != would->standing)
		return becomes[would->standing];
	if (was->severity != would->severity)
		return COMPARED_SEVERITY;
	return told ? COMPARED_TOLD : COMPARED_COUNT;
}

static bool add(struct work *w, const struct scratch_finding *f, const struct rehearse_side *was,
		const struct rehearse_side *would, struct err *e)
{
	struct rehearse_change c = { judge(was, would), { 0 }, { 0 }, *was, *would };

	if (c.what == COMPARED_COUNT) {
		w->out->same += was->standing != STAND_NONE;
		return true;
	}
	if (w->all.count >= COMPARE_MOST)
		return err_set(e, ERR_LIMIT,
			       "more than %d findings would be different: say fewer --days",
			       (int)COMPARE_MOST);
	c.issue = arena_str(w->a, f->issue);
	c.seen = arena_str(w->a, f->seen);
	*list_add(&w->all, w->a) = c;
	return true;
}

static int order_keys(const struct scratch_finding *x, const struct scratch_finding *y)
{
	int order = str_order(x->slug, y->slug);

	if (order == 0)
		order = str_order(x->issue, y->issue);
	return order != 0 ? order : str_order(x->seen, y->seen);
}

// The finding that comes first of both sides, on each side that has it.
static bool step(struct work *w, struct err *e)
{
	const struct reader *was = &w->side[0], *would = &w->side[1];
	int order = !was->any ? 1 : !would->any ? -1 : order_keys(&was->f, &would->f);
	struct rehearse_side x = { 0 }, y = { 0 };

	if (order <= 0)
		x = side_of(w, was);
	if (order >= 0)
		y = side_of(w, would);
	return add(w, order <= 0 ? &was->f : &would->f, &x, &y, e) &&
	       (order > 0 || next(w, 0, e)) && (order < 0 || next(w, 1, e));
}

static const struct rehearse_side *of(const struct rehearse_change *c)
{
	return c->would.standing != STAND_NONE ? &c->would : &c->was;
}

// The same thing under two members, gone before come.
static int by_thing(const void *x, const void *y)
{
	const struct rehearse_change *a = x, *b = y;
	int order = str_order(a->issue, b->issue);

	if (order == 0)
		order = str_order(a->seen, b->seen);
	return order != 0 ? order
			  : (a->would.standing != STAND_NONE) - (b->would.standing != STAND_NONE);
}

static int by_what(const void *x, const void *y)
{
	const struct rehearse_change *a = x, *b = y;
	int order = (a->what > b->what) - (a->what < b->what);

	if (order == 0)
		order = str_order(of(a)->member, of(b)->member);
	return order != 0 ? order : by_thing(x, y);
}

static bool goes(const struct rehearse_change *c)
{
	return c->what == COMPARED_ENDED && c->would.standing == STAND_NONE;
}

static bool comes(const struct rehearse_change *c)
{
	return c->was.standing == STAND_NONE;
}

// What one member loses and another gets is one change; of joint owners each has their own.
static void pair(struct work *w)
{
	size_t n = 0;

	for (size_t i = 0; i < w->all.count; i++) {
		const struct rehearse_change *c = &w->all.at[i];
		struct rehearse_change *last = n > 0 ? &w->all.at[n - 1] : NULL;

		if (last != NULL && goes(last) && comes(c) && str_eq(last->issue, c->issue) &&
		    str_eq(last->seen, c->seen)) {
			last->what = COMPARED_MOVED;
			last->would = c->would;
		} else {
			w->all.at[n++] = *c;
		}
	}
	w->all.count = n;
}

static void order(struct work *w, int (*by)(const void *, const void *))
{
	sort_merge(w->all.at, arena_new(w->a, struct rehearse_change, w->all.count + 1),
		   w->all.count, sizeof *w->all.at, by);
}

static bool compare(struct work *w, struct err *e)
{
	if (!next(w, 0, e) || !next(w, 1, e))
		return false;
	while (w->side[0].any || w->side[1].any)
		if (!step(w, e))
			return false;
	order(w, by_thing);
	pair(w);
	order(w, by_what);
	LIST_EACH (const struct rehearse_change, c, &w->all)
		w->out->count[c->what]++;
	w->out->at.at = w->all.at;
	w->out->at.count = w->all.count;
	return true;
}

bool compare_stores(struct db *was, struct db *would, struct arena *a, struct rehearse_changes *out,
		    struct err *e)
{
	struct work w = { .a = a, .out = out };
	bool good;

	*out = (struct rehearse_changes){ 0 };
	good = scratch_findings(was, &w.side[0].rows, e) &&
	       scratch_findings(would, &w.side[1].rows, e) && compare(&w, e);
	reader_done(&w);
	return good;
}
