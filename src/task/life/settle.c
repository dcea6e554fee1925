#include "task/life/settle.h"

#include "base/buf.h"
#include "base/list.h"
#include "base/time.h"
#include "store/life.h"
#include "task/reach/reach.h"
#include "task/tell/again.h"
#include "task/tell/chase.h"
#include "task/tell/plan.h"
#include "task/tell/statement.h"

enum { HEARD_DAYS = 64, LIMIT = 64 << 20, REASON = 80 };

struct source { // of a feed and type, when it was heard
	struct str feed, type;
	struct heard *days; // newest first
	size_t count;
	int64_t last; // when any type of the feed was heard
};

struct work {
	struct db *d;
	struct arena *a;
	int64_t now, batch;
	LIST(struct source) sources;
	struct settled *out;
	bool uncovered; // there is an asset that a publisher stopped to look at
};

static struct source *source_of(struct work *w, struct str feed, struct str type, struct err *e)
{
	struct source *s;

	LIST_EACH (struct source, known, &w->sources)
		if (str_eq(known->feed, feed) && str_eq(known->type, type))
			return known;
	s = list_add(&w->sources, w->a);
	*s = (struct source){ .feed = feed, .type = type, .count = HEARD_DAYS };
	s->days = arena_new(w->a, struct heard, HEARD_DAYS);
	return heard_days(w->d, feed, type, s->days, &s->count, e) &&
			       heard_last(w->d, feed, &s->last, e)
		       ? s
		       : NULL;
}

static bool is_stream(const struct source *s)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->days[i].proves)
			return false;
	return s->count > 0;
}

// The moment before which a finding of this source was seen last if `need` clean reports
// came since, or a stream told nothing more; TIME_EVER: there are not so many. Words of after
// `until` do not count, for then the publisher no longer looked.
static int64_t clean_since(const struct work *w, const struct source *s, unsigned need,
			   int64_t until)
{
	int64_t quiet = w->now - STREAM_QUIET_DAYS * TIME_DAY;

	if (is_stream(s))
		return s->last > quiet ? quiet : TIME_EVER;
	for (size_t i = 0; i < s->count; i++) {
		if (!s->days[i].proves || s->days[i].came > until)
			continue;
		if (--need == 0)
			return s->days[i].day;
	}
	return TIME_EVER;
}

// *streams: all are.
static bool all_clean(struct work *w, struct str sources, unsigned need, int64_t *before,
		      bool *streams, struct err *e)
{
	struct str feed, type;

	*streams = true;
	while (sources_next(&sources, &feed, &type)) {
		const struct source *s = source_of(w, feed, type, e);
		int64_t since;

		if (s == NULL)
			return false;
		since = clean_since(w, s, need, TIME_NEVER);
		*streams = *streams && is_stream(s);
		if (since < *before)
			*before = since;
	}
	return true;
}

// Silence is a word only of who still speaks: each of the feeds must have been heard.
static bool all_speak(struct work *w, struct str sources, int64_t wait, bool *speak, struct err *e)
{
	struct str feed, type;

	*speak = true;
	while (sources_next(&sources, &feed, &type)) {
		const struct source *s = source_of(w, feed, type, e);

		if (s == NULL)
			return false;
		*speak = *speak && s->last > w->now - wait;
	}
	return true;
}

static bool make(struct work *w, const struct end_group *g, const struct end_rule *rule,
		 struct str reason, struct err *e)
{
	struct end_how how = { w->now, rule->as, reason, w->batch, rule->by == ENDS_QUIET };
	int64_t count;

	if (!ends_make(w->d, g, &how, &count, e))
		return false;
	w->out->ended += count;
	return true;
}

static bool end_absent(struct work *w, struct end_group *g, const struct end_rule *rule,
		       struct err *e)
{
	unsigned need = g->udp ? rule->clean_udp : rule->clean;
	struct end_rule how = *rule;
	int64_t before = TIME_NEVER;
	char text[REASON];
	struct buf b = BUF_ON(text);
	bool streams;

	if (!all_clean(w, g->sources, need, &before, &streams, e))
		return false;
	if (before != TIME_EVER && before - 1 < g->last)
		g->last = before - 1;
	if (streams) {
		how.as = END_QUIET;
		buf_fmt(&b, "no event for %d days, of feeds that prove no absence",
			(int)STREAM_QUIET_DAYS);
	} else {
		buf_fmt(&b, "%u clean report%s of later days", need, need == 1 ? "" : "s");
	}
	return before == TIME_EVER || make(w, g, &how, buf_view(&b), e);
}

static bool end_quiet(struct work *w, const struct end_group *g, const struct end_rule *rule,
		      struct err *e)
{
	char text[REASON];
	struct buf b = BUF_ON(text);
	bool speak;

	if (!all_speak(w, g->sources, rule->wait, &speak, e))
		return false;
	buf_fmt(&b, "no event for %lld %s", (long long)(rule->wait / TIME_DAY),
		rule->wait == TIME_DAY ? "day" : "days");
	return !speak || make(w, g, rule, buf_view(&b), e);
}

// Clean is what the publisher still looked at: one by one, for they are few.
static bool clean_while_covered(struct work *w, const struct living *f, const struct end_rule *rule,
				bool *clean, struct err *e)
{
	struct str sources = f->sources, feed, type;
	unsigned need = f->udp ? rule->clean_udp : rule->clean;

	*clean = true;
	while (*clean && sources_next(&sources, &feed, &type)) {
		const struct source *s = source_of(w, feed, type, e);
		int64_t until = TIME_NEVER;

		if (s == NULL || !coverage_until(w->d, feed, f->asset, &until, e))
			return false;
		*clean = f->last_seen < clean_since(w, s, need, until);
	}
	return true;
}

static bool end_one(struct work *w, const struct living *f, const struct end_rule *rule,
		    struct err *e)
{
	struct change_row c = {
		.finding = f->id,
		.at = w->now,
		.act = DO_END,
		.was = f->life,
		.is = f->life,
		.reason = S("clean reports of later days, while the publisher still looked"),
		.batch = w->batch,
	};

	life_do(&c.is, &(struct life_doing){ DO_END, rule->as, TIME_NEVER, w->now });
	w->out->ended++;
	return finding_life(w->d, f->id, &c.is, e) && change_add(w->d, &c, e);
}

struct uncovered {
	LIST(struct living) at;
};

static bool uncovered_of(struct work *w, enum issue_class class, int64_t last,
			 struct uncovered *out, struct err *e)
{
	autorows r = NULL;
	struct living f;

	if (!ends_uncovered(w->d, class, last, &r, e))
		return false;
	while (ends_next_uncovered(r, &f, e)) {
		f.sources = arena_str(w->a, f.sources);
		*list_add(&out->at, w->a) = f;
	}
	return e->kind == ERR_NONE;
}

static bool end_uncovered(struct work *w, enum issue_class class, const struct end_rule *rule,
			  struct err *e)
{
	struct uncovered some = { 0 };
	bool clean;

	if (!uncovered_of(w, class, w->now - rule->wait, &some, e))
		return false;
	LIST_EACH (const struct living, f, &some.at)
		if (!clean_while_covered(w, f, rule, &clean, e) ||
		    (clean && !end_one(w, f, rule, e)))
			return false;
	return true;
}

struct groups {
	LIST(struct str) sources;
};

static bool groups_of(struct work *w, enum issue_class class, int64_t last, struct groups *out,
		      struct err *e)
{
	autorows r = NULL;
	struct str sources;

	if (!ends_due(w->d, class, last, &r, e))
		return false;
	while (ends_next_sources(r, &sources, e))
		*list_add(&out->sources, w->a) = arena_str(w->a, sources);
	return e->kind == ERR_NONE;
}

static bool end_group(struct work *w, struct end_group *g, const struct end_rule *rule,
		      struct err *e)
{
	if (rule->by == ENDS_QUIET)
		return end_quiet(w, g, rule, e);
	if (!end_absent(w, g, rule, e))
		return false;
	g->udp = true; // needs more reports
	g->last = w->now - rule->wait;
	return end_absent(w, g, rule, e);
}

static bool settle_class(struct work *w, enum issue_class class, struct err *e)
{
	const struct end_rule *rule = life_end(class);
	struct groups groups = { 0 };

	if (rule->by == ENDS_OFFICER)
		return true;
	if (!groups_of(w, class, w->now - rule->wait, &groups, e))
		return false;
	if (groups.sources.count == 0)
		return true;
	if (class == CLASS_INFECTED && !vanished_find(w->d, class, w->now - rule->wait, e))
		return false;
	LIST_EACH (const struct str, sources, &groups.sources)
		if (!end_group(w,
			       &(struct end_group){ class, *sources, false, w->now - rule->wait },
			       rule, e))
			return false;
	return rule->by == ENDS_QUIET || !w->uncovered || end_uncovered(w, class, rule, e);
}

static bool settle(struct work *w, struct err *e)
{
	if (!accepted_open(w->d, w->now, &w->out->reopened, e) || !vanished_clear(w->d, e) ||
	    !coverage_ended(w->d, &w->uncovered, e))
		return false;
	for (unsigned i = 0; i < ISSUE_CLASS_COUNT; i++)
		if (!settle_class(w, (enum issue_class)i, e))
			return false;
	return true;
}

bool life_settle(struct db *d, int64_t now, int64_t batch, struct settled *out, struct err *e)
{
	autoarena a = { 0 };
	struct work w = { .d = d, .a = &a, .now = now, .batch = batch, .out = out };

	*out = (struct settled){ 0 };
	arena_init(&a, LIMIT);
	return settle(&w, e);
}

bool life_settle_clock(struct db *d, const struct settle_clock *by, struct settled *out,
		       struct err *e)
{
	const int64_t now = by->now;
	const struct planning p = { .now = now };
	struct composed composed;
	struct planned planned;

	if (!db_begin(d, e))
		return false;
	if (life_settle(d, now, 0, out, e) && notice_plan(d, &p, &planned, e) &&
	    again_due(d, now, &composed, e) && chase_due(d, now, &composed, e) &&
	    (!by->statements || statement_due(d, now, &composed, e)) &&
	    (!by->tests || reach_quarter(d, now, &composed, e)))
		return db_commit(d, e);
	db_abort(d);
	return false;
}
