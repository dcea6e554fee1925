#include "task/watch/guard.h"

#include "base/time.h"
#include "task/watch/coverage.h"

enum {
	SENTENCE = 600,
	SELECTS_LEAST = 20,  // of fewer records it is chance which selectors gave something
	COMMON = 10,         // a tenth of the records
	ARRIVALS = 16 << 10, // the newest are looked at: eleven days of one a minute
	LEARN_HOURS = 1,     // how long a pace is taken for known
};

static struct str add_name(struct str all, struct str name, struct arena *a)
{
	return arena_fmt(a, STR_FMT STR_FMT "\n", STR_ARG(all), STR_ARG(name));
}

struct columns_had guard_columns(const struct run_batch *what, const struct scan_tally *t,
				 struct str header, struct arena *a)
{
	struct columns_had had = { S(""), S(""), header.n > 0 };

	if (had.header && header.n < COLUMNS_TEXT)
		had.names = had.common = header;
	if (had.header || t->records < SELECTS_LEAST)
		return had;
	for (unsigned i = 0; i < what->type->selects.count; i++) {
		struct str name = what->type->selects.at[i].column;

		if (t->filled[i] > 0)
			had.names = add_name(had.names, name, a);
		if (t->filled[i] >= t->records / COMMON)
			had.common = add_name(had.common, name, a);
	}
	return had;
}

static struct guarded guarded(const struct guard *g)
{
	return (struct guarded){ g->batch->feed, g->what->type->name };
}

static bool judge_columns(struct guard *g, struct arena *a, struct err *e)
{
	struct guarded of = guarded(g);
	struct column_runs now;

	if (!guarded_columns(g->run->db, &of, a, &g->runs, e))
		return false;
	columns_judge(g->what->type, &g->runs, &g->had, a, &g->found);
	columns_learn(&g->runs, &g->had, a, &now);
	g->columns = columns_write(&now, a);
	return true;
}

static bool judge_count(struct guard *g, const struct scan_tally *t, struct arena *a, struct err *e)
{
	struct guardian_batch last[GUARDIAN_BATCHES],
		is = { .records = t->records, .hits = t->hits };
	struct guarded of = guarded(g);
	size_t count = COUNTOF(last);
	struct guardian_usual usual;

	for (unsigned i = JUNK_NONE + 1; i < JUNK_KINDS; i++)
		is.junk += t->junk[i];
	if (!guarded_batches(g->run->db, &of, last, &count, e))
		return false;
	usual = guardian_usual(last, count);
	guardian_judge(g->what->feed, &usual, &is, a, &g->found);
	return true;
}

static bool held(const struct guard *g, struct err *e)
{
	char text[SENTENCE];
	struct buf b = BUF_ON(text);
	bool holds = false;

	for (unsigned i = 0; i < g->found.count; i++) {
		const struct fault *f = &g->found.at[i];

		if (!f->holds)
			continue;
		buf_fmt(&b, "%s" STR_FMT, holds ? "; " : "", STR_ARG(f->says));
		holds = true;
	}
	return !holds ||
	       err_set(e, ERR_LIMIT,
		       STR_FMT ": held, nothing of it was published. Look at it, then "
			       "'waker batch release %lld' or 'waker batch discard %lld'",
		       STR_ARG(buf_view(&b)), (long long)g->batch->id, (long long)g->batch->id);
}

bool guard_look(struct guard *g, const struct scan_tally *t, struct arena *a, struct err *e)
{
	if (!judge_columns(g, a, e) || !judge_count(g, t, a, e))
		return false;
	if (g->batch->state == BATCH_RELEASED) // an officer looked
		g->found.count = 0;
	return held(g, e);
}

static bool learn_pace(const struct guard *g, struct pulse *p, struct arena *a, struct err *e)
{
	int64_t now = g->run->now, *arrived = arena_new(a, int64_t, ARRIVALS);
	size_t count = ARRIVALS;

	if (!guarded_arrivals(g->run->db, g->batch->feed, now - GUARDIAN_DAYS * TIME_DAY, arrived,
			      &count, e))
		return false;
	p->patience = guardian_patience(g->what->feed, arrived, count);
	p->learnt = now;
	return true;
}

static bool note_pulse(const struct guard *g, struct arena *a, struct err *e)
{
	int64_t now = g->run->now;
	struct pulse p;

	if (!pulse_of(g->run->db, g->what->feed->name, &p, e))
		return false;
	p.last = now;
	if ((p.learnt + LEARN_HOURS * TIME_HOUR <= now || p.learnt > now) &&
	    !learn_pace(g, &p, a, e))
		return false;
	return pulse_put(g->run->db, g->batch->feed, &p, e);
}

bool guard_note(const struct guard *g, bool published, struct arena *a, struct err *e)
{
	struct guarded of = guarded(g);
	struct db *d = g->run->db;

	// One that an officer released came before.
	if (!fault_note(d, &of, g->batch->id, g->run->now, &g->found, e) ||
	    (g->batch->state != BATCH_RELEASED && !note_pulse(g, a, e)) ||
	    !coverage_note(d, g->what->feed, g->run->roster, g->run->now, a, e))
		return false;
	return !published || g->columns.n == 0 || guarded_columns_put(d, &of, g->columns, e);
}
