#include "task/rehearse/side.h"

#include "os/idn.h"
#include "store/roster.h"
#include "store/store.h"
#include "task/life/settle.h"
#include "task/tell/plan.h"

// What the change took away was never theirs, not even for an event of just before.
static void forget_over(struct roster *r, int64_t since)
{
	size_t n = 0;

	for (size_t i = 0; i < r->assets.count; i++)
		if (r->assets.at[i].until > since)
			r->assets.at[n++] = r->assets.at[i];
	r->assets.count = n;
}

bool side_ready(struct side *s, int64_t since, struct arena *a, struct err *e)
{
	s->run.db = s->db;
	s->run.roster = &s->roster;
	if (!roster_load(s->db, a, &s->roster, e))
		return false;
	forget_over(&s->roster, since);
	if (!index_build(&s->roster, idn_to_ascii, a, &s->index, e))
		return false;
	s->run.index = s->index;
	return true;
}

void side_done(struct side *s)
{
	if (s->begun)
		publish_done(&s->publish);
	db_close(s->db);
	s->db = NULL;
}

static bool hear(struct side *s, struct err *e)
{
	LIST_EACH (const struct side_heard, x, &s->heard) {
		struct heard_of of = { .type = x->type };

		if (!batch_feed(s->db, x->feed, &of.feed, e) || !heard_put(s->db, of, &x->heard, e))
			return false;
	}
	s->heard.count = 0;
	if (!scratch_hear(s->db, s->from, s->heard_to, s->run.now - 1, e))
		return false;
	s->heard_to = s->run.now - 1;
	return true;
}

bool side_settle(struct side *s, struct err *e)
{
	const struct planning p = { .now = s->run.now };
	struct settled settled;
	struct planned planned;

	s->pending = false;
	if (!db_begin(s->db, e))
		return false;
	if (hear(s, e) && life_settle(s->db, s->run.now, 0, &settled, e) &&
	    notice_plan(s->db, &p, &planned, e))
		return db_commit(s->db, e);
	db_abort(s->db);
	return false;
}

bool side_clock(struct side *s, int64_t until, struct err *e)
{
	bool other_day = time_day(until) != time_day(s->run.now);

	if (until <= s->run.now)
		return true;
	s->pending = true;
	s->run.now = until;
	return !other_day || side_settle(s, e);
}

void side_begin(struct side *s, const struct past_batch *b, const struct feed *f,
		const struct feed_type *type)
{
	struct str told;
	int64_t day = TIME_EVER;

	s->what = (struct run_batch){ .feed = f, .type = type, .day = b->day, .name = b->file };
	s->report = (struct run_report){ 0 };
	s->begun = false;
	s->publish = (struct publish){
		.run = &s->run,
		.what = &s->what,
		.report = &s->report,
		.dated = f->file.n > 0 && feed_file_name(f, b->file, &told, &day) &&
			 day != TIME_EVER,
		.batch = { .type = type->name,
			   .day = b->day,
			   .arrived = b->arrived,
			   .file = b->file,
			   .kept = b->kept },
	};
}

// What is over by what was heard before must be over before it is seen again.
static bool begin(struct side *s, struct err *e)
{
	if (s->pending && !side_settle(s, e))
		return false;
	s->begun = true;
	return publish_begin(&s->publish, e);
}

bool side_hit(struct side *s, const struct scan_hit *hit, struct err *e)
{
	return (s->begun || begin(s, e)) && publish_hit(&s->publish, hit, e);
}

// A batch without a hit changes nothing but what was heard, unless it is an earlier one's
// new issue.
static bool matters(struct side *s, bool *out, struct err *e)
{
	struct batch *b = &s->publish.batch;
	struct report same = { 0, b->day, 0, b->type, b->file, BATCH_DONE };
	int64_t id;

	*out = false;
	if (!s->publish.dated || s->what.feed->presence != PRESENCE_REPORT)
		return true;
	if (!batch_feed(s->db, s->what.feed->name, &same.feed, e))
		return false;
	*out = report_same(s->db, &same, &id, e);
	return *out || e->kind == ERR_NONE;
}

static void only_hear(struct side *s)
{
	const struct batch *b = &s->publish.batch;

	s->pending = true;
	if (b->day <= s->run.now)
		*list_add(&s->heard, s->a) = (struct side_heard){
			s->what.feed->name,
			b->type,
			{ b->day, s->run.now, s->what.feed->presence != PRESENCE_STREAM },
		};
}

bool side_end(struct side *s, const struct scan_tally *t, struct err *e)
{
	bool good, more = s->begun;

	s->report.tally = *t;
	if (!s->begun && !matters(s, &more, e))
		return false;
	if (!more) {
		only_hear(s);
		return true;
	}
	good = (s->begun || begin(s, e)) && publish_all(&s->publish, e) && db_commit(s->db, e);
	if (s->begun)
		publish_done(&s->publish);
	s->begun = false;
	return good;
}

void side_drop(struct side *s)
{
	if (!s->begun)
		return;
	publish_done(&s->publish);
	db_abort(s->db);
	s->begun = false;
}
