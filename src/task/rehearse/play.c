#include "task/rehearse/play.h"

#include "task/past/walk.h"
#include "task/rehearse/ahead.h"

enum { HEARD_BEFORE_DAYS = 14 }; // longer than any wait of life_end

struct batches {
	LIST(struct past_batch) at;
};

struct work {
	struct play *p;
	struct past past;
	struct scan_view would, gate;
	struct ahead ahead;
};

static bool load_batches(struct work *w, struct batches *out, struct err *e)
{
	struct arena *a = w->p->a;
	autorows r = NULL;
	struct past_batch b;

	if (!past_as_they_came(w->p->r->home->db, w->p->r->since, REHEARSE_BATCHES + 1, &r, e))
		return false;
	while (past_next_batch(r, &b, e)) {
		b.feed = arena_str(a, b.feed);
		b.type = arena_str(a, b.type);
		b.file = arena_str(a, b.file);
		*list_add(&out->at, a) = b;
	}
	if (e->kind == ERR_NONE && out->at.count > REHEARSE_BATCHES)
		return err_set(e, ERR_LIMIT, "more than %d batches: say fewer --days",
			       (int)REHEARSE_BATCHES);
	return e->kind == ERR_NONE;
}

static bool is_changed(const struct work *w, const struct past_reading *r)
{
	return w->p->feed != NULL && str_eq(w->p->feed->name, r->batch->feed);
}

// ---- how a batch is read: once for both sides, or, where its feed file is what changes, with
// the file as it is and then as it would be

static bool has_way(struct work *w, struct past_reading *r)
{
	const struct feed_type *would;

	if (!is_changed(w, r)) {
		if (r->pass == 0 && r->type == NULL)
			past_leave(&w->past, r->batch, LEFT_FEED, "no feed file has it");
		return r->pass == 0 && r->type != NULL;
	}
	would = past_type(w->p->feed, r->batch->type);
	if (would == NULL && r->pass == 0)
		past_leave(&w->past, r->batch, r->type != NULL ? LEFT_UNREADABLE : LEFT_FEED,
			   "its report type is not in the file");
	if (r->pass == 0 && r->type != NULL)
		return true;
	if (would == NULL || r->pass > (r->type != NULL ? 1u : 0u))
		return false;
	r->feed = w->p->feed;
	r->type = would;
	return true;
}

static bool wants(void *context, struct past_reading *r, struct scan *s)
{
	struct work *w = context;
	const struct side *side = w->p->side;

	if (!has_way(w, r))
		return false;
	s->roster = &side[0].roster;
	s->index = side[0].index;
	s->other = w->p->gate != NULL ? &w->would : NULL;
	s->gate = w->p->gate != NULL ? &w->gate : NULL;
	s->events = true;
	return true;
}

// ---- what is read

static bool begins(void *context, const struct past_reading *r, struct err *e)
{
	struct work *w = context;
	bool changed = is_changed(w, r), would = r->feed == w->p->feed;

	w->p->out->batches += r->pass == 0;
	if (ahead_full(&w->ahead) && !ahead_publish(&w->ahead, w->p->side, e))
		return false;
	ahead_add(&w->ahead, &(struct ahead_reading){
				     .batch = r->batch,
				     .feed = r->feed,
				     .type = r->type,
				     .to = { !changed || !would, !changed || would },
				     .split = w->p->gate != NULL,
			     });
	return true;
}

static bool hit(void *context, const struct past_reading *r, const struct scan_hit *h,
		struct err *e)
{
	struct work *w = context;

	(void)r;
	return ahead_hit(&w->ahead, w->p->side, h, e);
}

static bool ends(void *context, const struct past_reading *r, const struct scan_tally *tally,
		 const struct err *why, struct err *e)
{
	struct work *w = context;

	if (tally != NULL)
		w->p->out->records += tally->records;
	else
		past_leave(&w->past, r->batch,
			   is_changed(w, r) && r->feed == w->p->feed ? LEFT_UNREADABLE
								     : LEFT_UNREAD,
			   why->text);
	return ahead_end(&w->ahead, w->p->side, tally, e);
}

// ---- all of them

static bool play(struct work *w, const struct batches *all, struct err *e)
{
	const struct rehearsal *r = w->p->r;
	const struct past_walk walk = {
		.past = &w->past,
		.jobs = r->jobs,
		.at = all->at.at,
		.count = all->at.count,
		.wants = wants,
		.begins = begins,
		.hit = hit,
		.ends = ends,
		.progress = r->progress,
		.context = w,
		.progress_context = r->context,
	};

	return past_walk(&walk, e) && ahead_publish(&w->ahead, w->p->side, e);
}

static bool finish(struct work *w, struct side *s, struct err *e)
{
	return side_clock(s, w->p->r->home->now, e) && side_settle(s, e);
}

static void begin(struct work *w)
{
	struct play *p = w->p;

	w->past = past_of(p->r->home, p->r->key, p->a);
	w->would = (struct scan_view){ &p->side[1].roster, p->side[1].index };
	if (p->gate != NULL)
		w->gate = (struct scan_view){ &p->gate->roster, p->gate->index };
	for (unsigned k = 0; k < 2; k++) {
		struct side *s = &p->side[k];

		s->from = p->r->home->db;
		s->a = p->a;
		s->run.now = p->r->since;
		s->heard_to = p->r->since - HEARD_BEFORE_DAYS * TIME_DAY;
		s->pending = true;
	}
}

bool play_all(struct play *p, struct err *e)
{
	struct work w = { .p = p };
	struct batches all = { 0 };
	bool good;

	begin(&w);
	ahead_init(&w.ahead, p->a);
	good = load_batches(&w, &all, e) && play(&w, &all, e) && finish(&w, &p->side[0], e) &&
	       finish(&w, &p->side[1], e);
	ahead_done(&w.ahead);
	p->out->left = w.past.lefts;
	return good;
}
