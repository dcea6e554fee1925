#include "task/past/replay.h"

#include "task/past/walk.h"

enum { UNPROVEN_DAYS = 30 };

struct work {
	struct past *past;
	const struct ready *ready;
	struct past_again again;
	struct replayed *out;
	bool read;
};

static bool wants(void *context, struct past_reading *r, struct scan *s)
{
	const struct work *w = context;

	s->roster = w->ready->run.roster;
	s->index = w->ready->run.index;
	s->events = true;
	return r->pass == 0;
}

static bool begins(void *context, const struct past_reading *r, struct err *e)
{
	struct work *w = context;

	return past_again_begin(&w->again, r->feed, r->type, e);
}

static bool hit(void *context, const struct past_reading *r, const struct scan_hit *h,
		struct err *e)
{
	struct work *w = context;

	(void)r;
	return past_again_hit(&w->again, h, e);
}

static void count_junk(const struct scan_tally *t, struct batch_count out[JUNK_KINDS])
{
	for (unsigned i = 0; i < JUNK_KINDS; i++)
		out[i] = (struct batch_count){ junk_word((enum junk)i), t->junk[i] };
}

static bool note(struct work *w, const struct past_batch *b, const struct scan_tally *t,
		 struct err *e)
{
	struct batch_count junk[JUNK_KINDS];
	const struct batch_end end = { BATCH_DONE, S(""), t->records, t->hits, junk, JUNK_KINDS };

	count_junk(t, junk);
	return batch_finish(w->again.run->db, &(struct batch){ .id = b->id }, &end, e);
}

static bool ends(void *context, const struct past_reading *r, const struct scan_tally *tally,
		 const struct err *why, struct err *e)
{
	struct work *w = context;
	const struct run *run = w->again.run;

	if (tally == NULL) {
		*e = *why;
		return false;
	}
	w->out->report.tally = *tally;
	w->read = true;
	return past_again_end(&w->again, &w->out->report, e) && note(w, r->batch, tally, e) &&
	       past_settle(run->db, run->now, r->batch->id, r->batch->feed_id, &w->out->settled, e);
}

static bool may(struct past *p, const struct batch_row *b, struct err *e)
{
	const struct feed *f = past_feed(p, b->feed);
	long long id = b->batch.id;

	if (b->batch.state != BATCH_DONE)
		return err_set(e, ERR_CONFLICT, "batch %lld is " STR_FMT ": %s", id,
			       STR_ARG(batch_state_word(b->batch.state)),
			       b->batch.state == BATCH_HELD
				       ? "look at it, then release or discard it"
				       : "its word does not count, and is not said again");
	if (f != NULL && (f->marks != MARKS_NOTHING || f->role != ROLE_VICTIMS))
		return err_set(e, ERR_INPUT,
			       "feed " STR_FMT " tells of no victims: there is nothing to find",
			       STR_ARG(b->feed));
	return true;
}

static bool left_out(const struct past *p, struct err *e)
{
	static const enum err_kind kinds[PAST_LEFT_COUNT] = {
		[LEFT_SEALED] = ERR_DENIED, [LEFT_GONE] = ERR_ABSENT,      [LEFT_FEED] = ERR_ABSENT,
		[LEFT_UNREAD] = ERR_INPUT,  [LEFT_UNREADABLE] = ERR_INPUT,
	};

	for (unsigned i = 0; i < PAST_LEFT_COUNT; i++)
		if (p->lefts.count[i] > 0)
			return err_set(e, kinds[i], "it is %s: " STR_FMT,
				       past_left_says((enum past_left)i),
				       STR_ARG(p->lefts.first[i]));
	return err_set(e, ERR_ABSENT, "no feed file has it any more");
}

static struct past_batch batch_of(const struct batch_row *b)
{
	return (struct past_batch){ .id = b->batch.id,
				    .feed_id = b->batch.feed,
				    .day = b->batch.day,
				    .arrived = b->batch.arrived,
				    .feed = b->feed,
				    .type = b->batch.type,
				    .file = b->batch.file,
				    .kept = b->batch.kept };
}

bool past_replay(struct past *p, const struct ready *r, const struct batch_row *b,
		 struct replayed *out, struct err *e)
{
	const struct past_batch batch = batch_of(b);
	struct run_past past = { .came = batch.arrived,
				 .unproven = r->run.now - UNPROVEN_DAYS * TIME_DAY };
	struct work w = { .past = p,
			  .ready = r,
			  .again = { .run = &r->run, .batch = &batch, .past = &past },
			  .out = out };
	const struct past_walk walk = { .past = p,
					.jobs = 1,
					.at = &batch,
					.count = 1,
					.wants = wants,
					.begins = begins,
					.hit = hit,
					.ends = ends,
					.context = &w };
	bool good;

	*out = (struct replayed){ 0 };
	if (!may(p, b, e))
		return false;
	good = past_walk(&walk, e);
	past_again_done(&w.again);
	out->early = past.early;
	if (good && w.read)
		return true;
	db_abort(r->run.db);
	return good ? left_out(p, e) : false;
}
