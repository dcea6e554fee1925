#include "task/past/retro.h"

#include "os/clock.h"
#include "os/idn.h"
#include "store/job.h"
#include "task/past/again.h"
#include "task/past/walk.h"

#include <stdio.h>

struct asked { // the assets that the past is asked for, as the roster has them now
	bool *places;
	struct roster roster; // of one nameless member: no holes in it
	struct index *index;
	int64_t from; // the earliest that is any one's to be told
	size_t count;
};

struct batches {
	LIST(struct past_batch) at;
};

struct work {
	const struct retro_run *r;
	struct arena *a;
	struct retro_row *row;
	struct asked asked;
	struct past past;
	struct batches all;
	struct scan_view gate;
	struct past_again again; // of the batch at hand
	struct run_past of;
	size_t written; // batches that the row has counted
	int64_t stop;   // clock_since
	bool found;     // something, since it was last settled
};

// ---- who is asked for

int64_t retro_proof(const struct asset *x, int64_t made)
{
	int64_t unproven = made - RETRO_UNPROVEN_DAYS * TIME_DAY;

	return x->proven || x->since > unproven ? x->since : unproven;
}

static void put_asked(struct work *w, size_t place)
{
	const struct asset *x = &w->r->ready->roster.assets.at[place];
	struct asset *mine = list_add(&w->asked.roster.assets, w->a);
	int64_t from = retro_proof(x, w->row->made);

	*mine = *x;
	mine->member = 0;
	w->asked.places[place] = true;
	w->asked.count++;
	if (from < w->asked.from)
		w->asked.from = from;
}

// What is over, or has become a hole, is asked for no more.
static bool load_asked(struct work *w, struct err *e)
{
	const struct roster *r = &w->r->ready->roster;
	int64_t now = w->r->home->now, id;
	struct {
		LIST(int64_t) at;
	} ids = { 0 };
	autorows rows = NULL;

	if (!retro_assets(w->r->home->db, w->row->id, &rows, e))
		return false;
	while (retro_next_asset(rows, &id, e))
		*list_add(&ids.at, w->a) = id;
	if (e->kind != ERR_NONE)
		return false;
	w->asked.places = arena_new(w->a, bool, r->assets.count + 1);
	w->asked.from = TIME_NEVER;
	*list_add(&w->asked.roster.members, w->a) = (struct member){ .slug = S("x") };
	for (size_t i = 0; i < r->assets.count; i++) {
		const struct asset *x = &r->assets.at[i];
		size_t low = 0, high = ids.at.count;

		if (x->member == ROSTER_NOBODY || x->until <= now)
			continue;
		while (low < high) {
			size_t middle = low + (high - low) / 2;

			if (ids.at.at[middle] < x->id)
				low = middle + 1;
			else
				high = middle;
		}
		if (low < ids.at.count && ids.at.at[low] == x->id)
			put_asked(w, i);
	}
	return index_build(&w->asked.roster, idn_to_ascii, w->a, &w->asked.index, e);
}

// ---- one batch

static bool wants(void *context, struct past_reading *r, struct scan *s)
{
	const struct work *w = context;

	s->roster = w->r->ready->run.roster;
	s->index = w->r->ready->run.index;
	s->gate = &w->gate;
	s->events = true;
	return r->pass == 0 && (r->feed == NULL ||
				(r->feed->marks == MARKS_NOTHING && r->feed->role == ROLE_VICTIMS));
}

static bool hit(void *context, const struct past_reading *r, const struct scan_hit *h,
		struct err *e)
{
	struct work *w = context;

	if (!w->again.open) {
		w->of = (struct run_past){ .came = r->batch->arrived,
					   .unproven =
						   w->row->made - RETRO_UNPROVEN_DAYS * TIME_DAY,
					   .asked = w->asked.places,
					   .retro = w->row->id };
		w->again = (struct past_again){ .run = &w->r->ready->run,
						.batch = r->batch,
						.past = &w->of };
		if (!past_again_begin(&w->again, r->feed, r->type, e))
			return false;
	}
	return past_again_hit(&w->again, h, e);
}

// The batches before this one are done too: they were read, or passed over.
static void move_on(struct work *w, size_t next)
{
	w->row->done += (int64_t)(next - w->written);
	w->written = next;
	if (next > 0)
		w->row->place = (struct past_place){ w->all.at.at[next - 1].day,
						     w->all.at.at[next - 1].id };
}

static bool publish(struct work *w, struct err *e)
{
	struct db *d = w->r->home->db;
	struct run_report report = { 0 };

	if (!past_again_end(&w->again, &report, e))
		return false;
	w->row->found += (int64_t)(report.fresh + report.candidates + report.held);
	w->row->again += (int64_t)report.refreshed;
	w->row->early += (int64_t)w->of.early;
	w->found = true;
	return retro_put(d, w->row, e) && db_commit(d, e);
}

static bool ends(void *context, const struct past_reading *r, const struct scan_tally *tally,
		 const struct err *why, struct err *e)
{
	struct work *w = context;
	bool good = true;

	move_on(w, (size_t)(r->batch - w->all.at.at) + 1);
	if (tally == NULL)
		past_leave(&w->past, r->batch, LEFT_UNREAD, why->text);
	else
		w->row->records += (int64_t)tally->records;
	if (w->again.open && tally != NULL)
		good = publish(w, e);
	else if (w->again.open)
		db_abort(w->r->home->db); // what it had said counts for nothing
	past_again_done(&w->again);
	return good;
}

static bool enough(void *context)
{
	const struct work *w = context;

	return w->r->most > 0 && clock_since() >= w->stop;
}

// ---- as many as there is time for

static bool load_batches(struct work *w, struct err *e)
{
	const struct past_range range = { .since = w->asked.from,
					  .before = w->row->place,
					  .most = RETRO_CHUNK_BATCHES };
	autorows rows = NULL;
	struct past_batch b;

	w->all.at.count = 0;
	w->written = 0;
	if (!past_newest(w->r->home->db, &range, &rows, e))
		return false;
	while (past_next_batch(rows, &b, e)) {
		b.feed = arena_str(w->a, b.feed);
		b.type = arena_str(w->a, b.type);
		b.file = arena_str(w->a, b.file);
		*list_add(&w->all.at, w->a) = b;
	}
	return e->kind == ERR_NONE;
}

static uint64_t lost(const struct past *p)
{
	uint64_t n = 0;

	for (unsigned i = 0; i < PAST_LEFT_COUNT; i++)
		n += p->lefts.count[i];
	return n;
}

static void progress(void *context, uint64_t done, uint64_t all)
{
	const struct work *w = context;

	(void)done;
	(void)all;
	w->r->progress(w->r->context, (uint64_t)w->row->done, (uint64_t)w->row->batches);
}

static bool walk(struct work *w, struct err *e)
{
	uint64_t before = lost(&w->past);
	size_t next = 0;
	const struct past_walk walk = {
		.past = &w->past,
		.jobs = w->r->jobs,
		.at = w->all.at.at,
		.count = w->all.at.count,
		.wants = wants,
		.hit = hit,
		.ends = ends,
		.enough = enough,
		.next = &next,
		.progress = w->r->progress != NULL ? progress : NULL,
		.context = w,
		.progress_context = w,
	};
	bool good = past_walk(&walk, e);

	if (!good) {
		past_again_done(&w->again);
		db_abort(w->r->home->db);
		return false;
	}
	move_on(w, next);
	w->row->lost += (int64_t)(lost(&w->past) - before);
	return true;
}

// What was found is told, or over, as of now; how far it is is noted.
static bool settle(struct work *w, struct err *e)
{
	struct db *d = w->r->home->db;
	struct past_settled settled;

	if (!db_begin(d, e))
		return false;
	if ((!w->found || past_settle(d, w->r->home->now, 0, 0, &settled, e)) &&
	    retro_put(d, w->row, e))
		return db_commit(d, e);
	db_abort(d);
	return false;
}

static bool go_on(struct work *w, struct err *e)
{
	const struct past_range all = { .since = w->asked.from, .before = w->row->place };
	bool over = w->asked.count == 0;

	if (w->row->done == 0 && !past_count(w->r->home->db, &all, &w->row->batches, e))
		return false;
	while (!over) {
		if (!load_batches(w, e) || !walk(w, e))
			return false;
		over = w->all.at.count == 0;
		if (!over && enough(w))
			break;
	}
	if (over)
		w->row->ended = w->r->home->now;
	return settle(w, e);
}

bool retro_go_on(const struct retro_run *r, int64_t id, struct arena *a, struct retro_row *out,
		 struct err *e)
{
	struct work w = { .r = r, .a = a, .row = out };

	if (!retro_by_id(r->home->db, id, a, out, e))
		return e->kind != ERR_NONE ||
		       err_set(e, ERR_ABSENT, "there is no question %lld to the past",
			       (long long)id);
	if (out->ended > 0)
		return true;
	w.past = past_of(r->home, r->key, a);
	w.stop = clock_since() + r->most;
	if (!load_asked(&w, e))
		return false;
	w.gate = (struct scan_view){ &w.asked.roster, w.asked.index };
	if (!go_on(&w, e))
		return false;
	if (r->lefts != NULL)
		*r->lefts = w.past.lefts;
	return true;
}

// ---- asking

bool retro_ask(struct db *d, const struct retro_wish *w, int64_t *id, struct err *e)
{
	const struct past_range all = { .since = TIME_EVER, .before = { TIME_NEVER, INT64_MAX } };
	struct retro_row row = { .made = w->now, .who = w->who, .why = w->why };
	char key[24];
	struct job_row job = { .kind = JOB_RETRO, .due = w->now, .made = w->now };
	int64_t batches;
	bool added;

	*id = 0;
	if (w->count == 0)
		return true;
	if (!past_count(d, &all, &batches, e))
		return false;
	if (batches == 0)
		return true;
	if (!retro_add(d, &row, e))
		return false;
	for (size_t i = 0; i < w->count; i++)
		if (!retro_add_asset(d, row.id, w->assets[i], e))
			return false;
	snprintf(key, sizeof key, "%lld", (long long)row.id);
	job.key = str_of(key);
	*id = row.id;
	return job_add(d, &job, &added, e);
}

// Can more of the past be its member's than was so before?
static bool reaches_back(const struct asset *was, const struct asset *is)
{
	return (is->proven && !was->proven) || is->since < was->since ||
	       !str_eq(was->value, is->value);
}

bool retro_ask_changed(struct db *d, const struct retro_change *c, struct arena *a, int64_t *id,
		       struct err *e)
{
	struct {
		LIST(int64_t) at;
	} ids = { 0 };
	struct retro_wish wish = { .who = c->who, .why = c->why, .now = c->at };

	LIST_EACH (const struct change, x, &c->difference->list) {
		const struct asset *is;

		if (x->record != RECORD_ASSET || x->kind == CHANGE_GONE)
			continue;
		is = &c->now->assets.at[x->place];
		if (is->member == ROSTER_NOBODY || is->until <= c->at ||
		    (x->kind == CHANGE_CHANGED && !reaches_back(&c->old->assets.at[x->was], is)))
			continue;
		*list_add(&ids.at, a) = is->id;
	}
	wish.assets = ids.at.at;
	wish.count = ids.at.count;
	return retro_ask(d, &wish, id, e);
}
