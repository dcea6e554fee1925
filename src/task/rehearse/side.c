#include "task/rehearse/side.h"

#include "os/idn.h"
#include "store/life.h"
#include "store/roster.h"
#include "store/store.h"
#include "task/life/settle.h"

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

bool side_settle(struct side *s, struct err *e)
{
	struct settled settled;

	s->pending = false;
	return life_settle_clock(s->db, s->run.now, &settled, e);
}

bool side_clock(struct side *s, struct db *from, int64_t until, struct err *e)
{
	if (until <= s->run.now)
		return true;
	if (!db_begin(s->db, e))
		return false;
	if (!scratch_hear(s->db, from, s->run.now - 1, until - 1, e)) {
		db_abort(s->db);
		return false;
	}
	if (!db_commit(s->db, e))
		return false;
	s->pending = true;
	s->run.now = until;
	if (time_day(until) == s->day)
		return true;
	s->day = time_day(until);
	return side_settle(s, e);
}

void side_begin(struct side *s, const struct scratch_batch *b, const struct feed *f,
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
	struct report same = { b->feed, b->day, 0, b->type, b->file, BATCH_DONE };
	int64_t id;

	*out = false;
	if (!s->publish.dated || s->what.feed->presence != PRESENCE_REPORT)
		return true;
	*out = report_same(s->db, &same, &id, e);
	return *out || e->kind == ERR_NONE;
}

static bool only_hear(struct side *s, struct err *e)
{
	const struct batch *b = &s->publish.batch;
	struct heard h = { b->day, s->run.now, s->what.feed->presence != PRESENCE_STREAM };

	s->pending = true;
	return b->day > s->run.now ||
	       heard_put(s->db, (struct heard_of){ b->feed, b->type }, &h, e);
}

bool side_end(struct side *s, const struct scan_tally *t, struct err *e)
{
	bool good, more = s->begun;

	s->report.tally = *t;
	if (!s->begun && (!batch_feed(s->db, s->what.feed->name, &s->publish.batch.feed, e) ||
			  !matters(s, &more, e)))
		return false;
	if (!more)
		return only_hear(s, e);
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
