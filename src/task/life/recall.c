#include "task/life/recall.h"

#include "store/life.h"

bool life_recall(struct db *d, const struct batch_row *b, struct str reason, int64_t now,
		 struct recalled *out, struct err *e)
{
	const struct batch *x = &b->batch;
	struct voiding v = { x->id, now, reason };

	if (x->state != BATCH_DONE)
		return err_set(e, ERR_CONFLICT,
			       "batch %lld is " STR_FMT ": there is nothing to recall",
			       (long long)x->id, STR_ARG(batch_state_word(x->state)));
	return void_sightings(d, x->id, &out->sightings, e) &&
	       void_findings(d, &v, &out->findings, e) &&
	       heard_forget(d, (struct heard_of){ x->feed, x->type }, x->day, e) &&
	       batch_become(d, x->id, BATCH_RECALLED, reason, e);
}
