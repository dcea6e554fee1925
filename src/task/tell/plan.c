#include "task/tell/plan.h"

#include "base/list.h"
#include "task/tell/compose.h"
#include "task/tell/wishes.h"

#define LIMIT ((size_t)2 << 30) // address space; a million changes take some 0.2 GiB

struct watched_things {
	LIST(struct watched) at; // by their last number
};

struct work {
	struct db *d;
	struct arena *a;
	const struct planning *p;
	struct planned *out;
	struct notice_marks marks;
	int64_t feed; // since when it is watched; TIME_EVER: none was the occasion
	struct watched_things members, assets;
	struct member_wishes wishes;
};

// ---- since when things are watched

static bool watch(struct work *w, struct err *e)
{
	const struct notice_marks *m = &w->marks;
	int64_t now = w->p->now;

	w->feed = TIME_EVER;
	return watched_put(w->d, WATCHED_FEED, m->feed, now, e) &&
	       watched_put(w->d, WATCHED_MEMBER, m->member, now, e) &&
	       watched_put(w->d, WATCHED_ASSET, m->asset, now, e) &&
	       (w->p->feed == 0 || watched_since(w->d, WATCHED_FEED, w->p->feed, &w->feed, e));
}

static bool load_watched(struct work *w, enum watched_kind kind, struct watched_things *out,
			 struct err *e)
{
	autorows r = NULL;
	struct watched x;

	if (!watched_all(w->d, kind, &r, e))
		return false;
	while (watched_next(r, &x, e))
		*list_add(&out->at, w->a) = x;
	return e->kind == ERR_NONE;
}

// Of the first whose last number is not below the thing's; TIME_EVER: it is not known.
static int64_t since_of(const struct watched_things *x, int64_t thing)
{
	size_t low = 0, high = x->at.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (x->at.at[middle].last < thing)
			low = middle + 1;
		else
			high = middle;
	}
	return low < x->at.count ? x->at.at[low].since : TIME_EVER;
}

// ---- each finding

static struct flood_when when_of(const struct work *w, const struct occasion *o)
{
	struct flood_since since = {
		w->feed,
		since_of(&w->members, o->member),
		since_of(&w->assets, o->asset),
	};
	struct flood_when when = flood_plan(&since, w->p->now);
	const struct wish *wish = wishes_of(&w->wishes, o->member);
	int64_t wished;

	if (wish == NULL || o->severity == SEVERITY_CRITICAL)
		return when;
	wished = wish_digest(wish, when.due);
	return wished == when.due ? when : (struct flood_when){ wished, TIMING_WISH };
}

// What was said of it already is said again only where it is urgent now.
static bool plan_one(struct work *w, const struct occasion *o, struct err *e)
{
	struct urgency_case c = { o->class,
				  o->severity,
				  o->strength,
				  o->state,
				  o->held,
				  o->care,
				  w->p->now - o->last_seen,
				  o->news };
	struct notice_row n = {
		.finding = o->finding,
		.member = o->member,
		.issue = o->issue,
		.rule = urgency_decide(&c),
		.batch = w->p->batch,
		.made = w->p->now,
	};
	struct flood_when when = { TIME_NEVER, TIMING_NOW }; // at once: dated when all are known

	n.urgency = urgency_of(n.rule);
	if (n.urgency == URGENCY_NONE || o->said <= n.urgency)
		return true;
	if (o->said != URGENCY_NONE && !notice_drop(w->d, o->finding, w->p->now, e))
		return false;
	if (n.urgency == URGENCY_DIGEST)
		when = when_of(w, o);
	n.due = when.due;
	n.timing = when.timing;
	w->out->at_once += n.urgency == URGENCY_AT_ONCE;
	w->out->digest += n.urgency == URGENCY_DIGEST;
	return notice_add(w->d, &n, e);
}

static bool plan_new(struct work *w, struct err *e)
{
	autorows r = NULL;
	struct occasion o;

	if (!notice_new(w->d, &w->marks, &r, e))
		return false;
	while (notice_next_occasion(r, false, &o, e))
		if (!plan_one(w, &o, e))
			return false;
	return e->kind == ERR_NONE;
}

struct occasions {
	LIST(struct occasion) at;
};

// Whole, for the question reads the rows that planning writes.
static bool changed(struct work *w, struct occasions *out, struct err *e)
{
	autorows r = NULL;
	struct occasion o;

	if (!notice_changed(w->d, &w->marks, &r, e))
		return false;
	while (notice_next_occasion(r, true, &o, e)) {
		o.issue = arena_str(w->a, o.issue);
		*list_add(&out->at, w->a) = o;
	}
	return e->kind == ERR_NONE;
}

static bool plan_changed(struct work *w, struct err *e)
{
	struct occasions all = { 0 };

	if (!notice_void(w->d, &w->marks, w->p->now, e) || !changed(w, &all, e))
		return false;
	LIST_EACH (const struct occasion, o, &all.at)
		if (!plan_one(w, o, e))
			return false;
	return true;
}

// ---- all at once

struct issues {
	LIST(struct str) at;
};

static bool rising(struct work *w, struct issues *out, struct err *e)
{
	autorows r = NULL;
	struct str issue;

	if (!notice_rising(w->d, &r, e))
		return false;
	while (notice_next_rising(r, &issue, e))
		*list_add(&out->at, w->a) = arena_str(w->a, issue);
	return e->kind == ERR_NONE;
}

// Held already: this joins. Let go within the day: an officer has looked. Else it is counted.
static bool guard_issue(struct work *w, struct str issue, struct err *e)
{
	struct breaker_row last = { 0 }, b = { .issue = issue, .at = w->p->now };
	bool was = breaker_last(w->d, issue, w->a, &last, e);
	int64_t held;

	if (!was && e->kind != ERR_NONE)
		return false;
	if (was && last.state == BREAKER_RELEASED &&
	    last.decided > w->p->now - BREAKER_HOURS * TIME_HOUR)
		return true;
	if (!notice_count(w->d, issue, w->p->now, &b.count, e))
		return false;
	b.why = flood_breaks(&b.count);
	if (was && last.state == BREAKER_HELD) {
		b.id = last.id;
		if (b.count.told > last.count.told && !breaker_reach(w->d, b.id, b.count.told, e))
			return false;
	} else if (b.why == BREAKER_NONE) {
		return true;
	} else if (!breaker_add(w->d, &b, e)) {
		return false;
	} else {
		w->out->breakers++;
	}
	if (!notice_hold(w->d, &b, w->p->now, &held, e))
		return false;
	w->out->held += held;
	return true;
}

static bool guard(struct work *w, struct err *e)
{
	struct issues all = { 0 };

	if (!rising(w, &all, e))
		return false;
	LIST_EACH (const struct str, issue, &all.at)
		if (!guard_issue(w, *issue, e))
			return false;
	return true;
}

struct undated_all {
	LIST(struct undated) at;
};

static bool undated(struct db *d, struct arena *a, struct undated_all *out, struct err *e)
{
	autorows r = NULL;
	struct undated u;

	if (!notice_undated(d, &r, e))
		return false;
	while (notice_next_undated(r, &u, e))
		*list_add(&out->at, a) = u;
	return e->kind == ERR_NONE;
}

static bool fold(struct db *d, struct arena *a, int64_t now, struct err *e)
{
	struct undated_all all = { 0 };

	if (!undated(d, a, &all, e))
		return false;
	LIST_EACH (const struct undated, u, &all.at) {
		struct flood_when when = flood_fold(u->last, now);

		if (!notice_date(d, u->member, &when, e))
			return false;
	}
	return true;
}

bool notice_plan(struct db *d, const struct planning *p, struct planned *out, struct err *e)
{
	autoarena a = { 0 };
	struct work w = { .d = d, .a = &a, .p = p, .out = out };
	struct composed composed;

	*out = (struct planned){ 0 };
	arena_init(&a, LIMIT);
	if (!notice_marks(d, &w.marks, e))
		return false;
	return watch(&w, e) && load_watched(&w, WATCHED_MEMBER, &w.members, e) &&
	       load_watched(&w, WATCHED_ASSET, &w.assets, e) && wishes_load(d, &a, &w.wishes, e) &&
	       plan_changed(&w, e) && plan_new(&w, e) && guard(&w, e) && fold(d, &a, p->now, e) &&
	       notice_marked(d, &w.marks, e) && compose_due(d, p->now, &composed, e);
}

bool notice_decide(struct db *d, const struct breaker_row *b, int64_t *count, struct err *e)
{
	autoarena a = { 0 };
	enum notice_state state = b->state == BREAKER_RELEASED ? NOTICE_RELEASED : NOTICE_DISCARDED;
	struct composed composed;

	arena_init(&a, LIMIT);
	return breaker_decide(d, b, e) && notice_let(d, b->id, state, count, e) &&
	       fold(d, &a, b->decided, e) && compose_due(d, b->decided, &composed, e);
}
