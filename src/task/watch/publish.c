#include "task/watch/publish.h"

#include "store/life.h"
#include "task/life/exploit.h"
#include "task/life/settle.h"
#include "task/tell/plan.h"

static bool list_day(const struct publish *p)
{
	return p->what->feed->presence == PRESENCE_LIST;
}

// What was begun before and not ended, by a kill or because it was held, says what it said
// when it came: not a word more of later days. Only a name may tell the day better.
static void take_up(struct publish *p, const struct batch_known *known)
{
	struct batch *b = &p->batch;

	b->id = known->id;
	b->state = known->state;
	if (batch_over(known->state))
		return;
	b->arrived = known->arrived;
	if (!p->dated)
		b->day = known->day;
}

static bool may_be_issued_anew(const struct publish *p)
{
	return p->dated && p->what->feed->presence == PRESENCE_REPORT;
}

// The issue of this report that counts; 0: none.
static bool issue_that_counts(const struct publish *p, int64_t *id, struct err *e)
{
	const struct batch *b = &p->batch;
	struct report same = { b->feed, b->day, b->id, b->type, b->file, BATCH_DONE };

	if (may_be_issued_anew(p) && report_same(p->run->db, &same, id, e))
		return true;
	*id = 0;
	return e->kind == ERR_NONE;
}

// A later issue counts already: what an officer let go, or a kill left, comes too late.
static bool give_way(struct publish *p, struct err *e)
{
	struct batch *b = &p->batch;
	int64_t counts;

	if (batch_over(b->state))
		return true;
	if (!issue_that_counts(p, &counts, e))
		return false;
	if (counts < b->id)
		return true;
	b->state = BATCH_REPLACED;
	return batch_become(p->run->db, b->id, BATCH_REPLACED,
			    S("the publisher issued it anew before it was read"), e);
}

static bool find_row(struct publish *p, struct batch_known *out, struct err *e)
{
	struct batch *b = &p->batch;
	const struct batch_sought by = { list_day(p) ? b->day : TIME_EVER, !p->dated };

	return batch_find(p->run->db, b, &by, out, e);
}

bool publish_seek(struct publish *p, struct batch_known *out, struct err *e)
{
	return batch_feed_seek(p->run->db, p->what->feed->name, &p->batch.feed, e) &&
	       find_row(p, out, e);
}

bool publish_row(struct publish *p, struct err *e)
{
	struct batch *b = &p->batch;
	struct batch_known known;

	if (!batch_feed(p->run->db, p->what->feed->name, &b->feed, e))
		return false;
	if (find_row(p, &known, e)) {
		take_up(p, &known);
		p->report->day = batch_over(known.state) ? known.day : b->day;
		return give_way(p, e);
	}
	p->report->day = b->day;
	return e->kind == ERR_NONE && batch_add(p->run->db, b, e);
}

// The same report with other bytes: what the first issue saw counts no more, and this one's
// word takes its place (RULES 4).
static bool replace(struct publish *p, struct err *e)
{
	int64_t count;

	if (!issue_that_counts(p, &p->replaces, e))
		return false;
	return p->replaces == 0 || (void_choose_batch(p->run->db, p->replaces, e) &&
				    void_sightings(p->run->db, &count, e));
}

static bool replaced(struct publish *p, struct err *e)
{
	struct db *d = p->run->db;
	struct voiding v = { p->run->now, S("the report was issued anew") };
	struct voided voided;

	return p->replaces == 0 ||
	       (void_findings(d, &v, &voided, e) && void_clear(d, e) &&
		batch_become(d, p->replaces, BATCH_REPLACED, S("the publisher issued it anew"), e));
}

// The publisher has spoken of this day; one that is still to come is not over yet.
static bool note_heard(struct publish *p, struct err *e)
{
	const struct batch *b = &p->batch;
	struct heard h = { b->day, p->run->now, p->what->feed->presence != PRESENCE_STREAM };

	return b->day > p->run->now ||
	       heard_put(p->run->db, (struct heard_of){ b->feed, b->type }, &h, e);
}

// The transaction of the findings. A dry run makes its rows in it too, and a batch
// that another run did meanwhile is left alone.
static bool begin(void *context, struct err *e)
{
	struct publish *p = context;

	if (!db_begin(p->run->db, e))
		return false;
	if (!publish_row(p, e))
		return false;
	if (batch_over(p->batch.state))
		return err_set(e, ERR_CONFLICT, "another run has just done this batch");
	p->hits.keep.feed_id = p->batch.feed;
	p->hits.keep.batch = p->batch.id;
	return replace(p, e);
}

static void count_junk(const struct scan_tally *t, struct batch_count out[JUNK_KINDS])
{
	for (unsigned i = 0; i < JUNK_KINDS; i++)
		out[i] = (struct batch_count){ junk_word((enum junk)i), t->junk[i] };
}

bool publish_state(struct publish *p, enum batch_state state, struct str reason, struct err *e)
{
	const struct scan_tally *t = &p->report->tally;
	struct batch_count junk[JUNK_KINDS];
	struct batch_end end = { state, reason, t->records, t->hits, junk, JUNK_KINDS };

	count_junk(t, junk);
	return batch_finish(p->run->db, &p->batch, &end, e);
}

bool publish_begin(struct publish *p, struct err *e)
{
	bool good = hits_init(&p->hits, p->run, p->what, e);

	p->hits.came = p->batch.arrived;
	p->hits.begin = begin;
	p->hits.context = p;
	return good;
}

bool publish_hit(struct publish *p, const struct scan_hit *hit, struct err *e)
{
	return p->what->feed->marks == MARKS_NOTHING ? hits_add(&p->hits, hit, e)
						     : hits_mark(&p->hits, hit->event, e);
}

bool publish_all(struct publish *p, struct err *e)
{
	const struct planning plan = { p->run->now, p->batch.id, p->batch.feed };
	const struct exploiting exploiting = { p->batch.id, p->run->now, p->what->feed->name };
	struct settled settled;
	struct planned planned;
	int64_t told = 0;

	if (!hits_end(&p->hits, p->report, e) || !replaced(p, e) || !note_heard(p, e) ||
	    !publish_state(p, BATCH_DONE, S(""), e) ||
	    (p->what->feed->marks == MARKS_EXPLOITED &&
	     !life_exploited(p->run->db, &exploiting, &told, e)) ||
	    !life_settle(p->run->db, p->run->now, p->batch.id, &settled, e) ||
	    !notice_plan(p->run->db, &plan, &planned, e))
		return false;
	p->report->again += (uint64_t)told;
	p->report->ended = (uint64_t)settled.ended;
	p->report->breakers = (uint64_t)planned.breakers;
	return true;
}

void publish_done(struct publish *p)
{
	hits_done(&p->hits);
}
