#include "task/past/match.h"

#include "task/past/retro.h"
#include "task/past/walk.h"

struct work {
	struct past *past;
	const struct past_roster *r;
	struct past_matched *out;
};

static bool wants(void *context, struct past_reading *r, struct scan *s)
{
	const struct work *w = context;

	s->roster = w->r->roster;
	s->index = w->r->index;
	s->events = true;
	return r->pass == 0 && (r->feed == NULL || r->feed->role == ROLE_VICTIMS);
}

static bool hit(void *context, const struct past_reading *r, const struct scan_hit *h,
		struct err *e)
{
	struct work *w = context;
	struct past_match m = { .batch = r->batch, .hit = h, .time = past_time(h, r->batch) };
	struct met met[SELECT_MAX_MATCHES];
	struct claim claims[CLAIM_MAX];
	unsigned n;

	if (m.time < w->r->since)
		return true;
	for (unsigned i = 0; i < h->count; i++)
		met[i] = h->match[i].met;
	n = claim_make(w->r->roster, w->r->index, met, h->count, m.time, claims);
	for (unsigned i = 0; i < n; i++) {
		const struct asset *x = &w->r->roster->assets.at[claims[i].asset];

		m.claim = &claims[i];
		m.proven = m.time >= retro_proof(x, w->past->home->now);
		w->out->hits++;
		if (!w->r->match(w->r->context, &m, e))
			return false;
	}
	return true;
}

static bool ends(void *context, const struct past_reading *r, const struct scan_tally *tally,
		 const struct err *why, struct err *e)
{
	struct work *w = context;

	(void)e;
	if (tally == NULL) {
		past_leave(w->past, r->batch, LEFT_UNREAD, why->text);
		return true;
	}
	w->out->batches++;
	w->out->records += tally->records;
	return true;
}

bool past_match(struct past *p, const struct past_roster *r, struct past_matched *out,
		struct err *e)
{
	struct work w = { .past = p, .r = r, .out = out };
	struct past_batches all;
	struct past_walk walk = { .past = p,
				  .jobs = r->jobs,
				  .wants = wants,
				  .hit = hit,
				  .ends = ends,
				  .progress = r->progress,
				  .context = &w,
				  .progress_context = r->progress_context };

	*out = (struct past_matched){ 0 };
	if (!past_load(p, r->feed, r->since, &all, e))
		return false;
	walk.at = all.at.at;
	walk.count = all.at.count;
	return past_walk(&walk, e);
}
