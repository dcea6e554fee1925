#include "task/life/recall.h"

#include "base/list.h"
#include "model/finding/seen.h"

enum { LIMIT = 1 << 30 };

static bool choose_whole(struct db *d, const struct recalling *r, struct err *e)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct batch *b = &r->whole[i].batch;

		if (b->state != BATCH_DONE)
			return err_set(e, ERR_CONFLICT,
				       "batch %lld is " STR_FMT ": there is nothing to recall",
				       (long long)b->id, STR_ARG(batch_state_word(b->state)));
		if (!void_choose_batch(d, b->id, e))
			return false;
	}
	return true;
}

struct ids {
	LIST(int64_t) at;
};

static bool others(struct db *d, struct str what, struct arena *a, struct ids *out, struct err *e)
{
	autorows rows = NULL;
	struct str seen;
	int64_t id;

	if (!void_chosen(d, &rows, e))
		return false;
	while (void_next_chosen(rows, &id, &seen, e))
		if (!seen_within(seen, what))
			*list_add(&out->at, a) = id;
	return e->kind == ERR_NONE;
}

static bool choose_some(struct db *d, const struct recalling *r, struct err *e)
{
	autoarena a = { 0 };
	struct ids spared = { 0 };

	arena_init(&a, LIMIT);
	for (size_t i = 0; i < r->filters; i++)
		if (!void_choose(d, &r->some[i], e))
			return false;
	if (r->seen.n > 0 && !others(d, r->seen, &a, &spared, e))
		return false;
	LIST_EACH (const int64_t, id, &spared.at)
		if (!void_spare(d, *id, e))
			return false;
	return true;
}

static bool forget_whole(struct db *d, const struct recalling *r, struct err *e)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct batch *b = &r->whole[i].batch;

		if (!heard_forget(d, (struct heard_of){ b->feed, b->type }, b->day, e) ||
		    !batch_become(d, b->id, BATCH_RECALLED, r->reason, e))
			return false;
	}
	return true;
}

bool life_recall(struct db *d, const struct recalling *r, struct recalled *out, struct err *e)
{
	struct voiding v = { r->now, r->reason };
	struct recall_end end = { .now = r->now };
	struct voided voided;

	*out = (struct recalled){ 0 };
	if (!choose_whole(d, r, e) || !choose_some(d, r, e) ||
	    !void_reach(d, &out->findings, &out->members, e) ||
	    !void_sightings(d, &out->sightings, e))
		return false;
	if (out->sightings == 0 && r->count == 0)
		return err_set(e, ERR_ABSENT, "nothing that counts was seen so");
	if (!recall_add(d, r->now, out->sightings, &out->id, e) ||
	    !void_findings(d, &v, &voided, e))
		return false;
	out->gone = voided.gone;
	end.id = out->id;
	end.stopped = voided.stopped;
	end.findings = out->gone;
	return recall_done(d, &end, &out->told, e) && void_clear(d, e) && forget_whole(d, r, e);
}
