#include "task/past/ask.h"

#include "task/past/walk.h"

struct work {
	struct past *past;
	const struct past_question *q;
	struct past_answered *out;
};

static bool wants(void *context, struct past_reading *r, struct scan *s)
{
	const struct work *w = context;

	s->roster = w->q->ready->run.roster;
	s->index = w->q->ready->run.index;
	s->give = SCAN_FOUND;
	s->needles = &w->q->what.needles;
	s->events = true;
	return r->pass == 0;
}

static bool tell(const struct work *w, struct past_answer *x, struct err *e)
{
	struct met met[SELECT_MAX_MATCHES];
	struct claim claims[CLAIM_MAX];
	unsigned n;

	for (unsigned i = 0; i < x->hit->count; i++)
		met[i] = x->hit->match[i].met;
	n = claim_make(w->q->ready->run.roster, w->q->ready->run.index, met, x->hit->count, x->time,
		       claims);
	x->member = x->asset = ROSTER_NOBODY;
	if (n == 0)
		return w->q->answer(w->q->context, x, e);
	for (unsigned i = 0; i < n; i++) {
		x->member = claims[i].member;
		x->asset = claims[i].asset;
		if (!w->q->answer(w->q->context, x, e))
			return false;
	}
	return true;
}

static bool hit(void *context, const struct past_reading *r, const struct scan_hit *h,
		struct err *e)
{
	struct work *w = context;
	struct past_answer x = { .batch = r->batch,
				 .hit = h,
				 .field = holds_in(&w->q->what, h->event),
				 .time = past_time(h, r->batch) };

	if (x.field == NULL || x.time < w->q->since || x.time >= w->q->until)
		return true;
	w->out->records++;
	lives_hit(&w->out->lives, x.time);
	return tell(w, &x, e);
}

static bool begins(void *context, const struct past_reading *r, struct err *e)
{
	struct work *w = context;

	(void)e;
	lives_begin(&w->out->lives, r->batch->feed, r->batch->type, w->past->a);
	return true;
}

static bool ends(void *context, const struct past_reading *r, const struct scan_tally *tally,
		 const struct err *why, struct err *e)
{
	struct work *w = context;
	const struct lives_batch life = {
		.day = r->batch->day,
		.presence = r->feed != NULL ? r->feed->presence : PRESENCE_STREAM,
		.whole = tally != NULL && w->q->since == TIME_EVER && w->q->until == TIME_NEVER,
	};

	(void)e;
	lives_end(&w->out->lives, &life);
	if (tally == NULL) {
		past_leave(w->past, r->batch, LEFT_UNREAD, why->text);
		return true;
	}
	w->out->batches++;
	w->out->bytes += tally->bytes;
	return true;
}

// By whom it is held now, for what publishers know of it.
static void find_asset(struct work *w)
{
	const struct ready *r = w->q->ready;
	const struct holds *h = &w->q->what;
	int32_t node = INDEX_NONE;

	if (h->kind == HOLDS_ADDRESS || h->kind == HOLDS_PREFIX)
		node = index_prefix(r->index, h->prefix);
	else if (h->kind == HOLDS_NAME)
		node = index_name(r->index, h->text);
	else if (h->kind == HOLDS_ASN)
		node = index_asn(r->index, h->asn);
	if (node != INDEX_NONE)
		w->out->asset =
			r->roster.assets
				.at[index_owner(r->index, index_node(r->index, node)->first)]
				.id;
}

bool past_ask(struct past *p, const struct past_question *q, struct past_answered *out,
	      struct err *e)
{
	struct work w = { .past = p, .q = q, .out = out };
	struct past_batches all;
	struct past_walk walk = { .past = p,
				  .jobs = q->jobs,
				  .wants = wants,
				  .begins = begins,
				  .hit = hit,
				  .ends = ends,
				  .progress = q->progress,
				  .context = &w,
				  .progress_context = q->progress_context };

	*out = (struct past_answered){ 0 };
	if (!past_load(p, q->feed, q->since, &all,
		       e)) // an event is in no batch that came before it
		return false;
	find_asset(&w);
	walk.at = all.at.at;
	walk.count = all.at.count;
	return past_walk(&walk, e);
}
