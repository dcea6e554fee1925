#include "task/past/again.h"

#include "task/life/settle.h"
#include "task/tell/plan.h"

static bool begin(void *context, struct err *e)
{
	struct past_again *x = context;

	x->hits.keep.feed_id = x->batch->feed_id;
	x->hits.keep.batch = x->batch->id;
	return db_begin(x->run->db, e);
}

bool past_again_begin(struct past_again *x, const struct feed *f, const struct feed_type *type,
		      struct err *e)
{
	x->what = (struct run_batch){ .past = x->past,
				      .feed = f,
				      .type = type,
				      .day = x->batch->day,
				      .name = x->batch->file };
	x->open = true;
	if (!hits_init(&x->hits, x->run, &x->what, e))
		return false;
	x->hits.begin = begin;
	x->hits.context = x;
	return true;
}

bool past_again_hit(struct past_again *x, const struct scan_hit *hit, struct err *e)
{
	return hits_add(&x->hits, hit, e);
}

bool past_again_end(struct past_again *x, struct run_report *out, struct err *e)
{
	return hits_end(&x->hits, out, e);
}

void past_again_done(struct past_again *x)
{
	if (x->open)
		hits_done(&x->hits);
	x->open = false;
}

bool past_settle(struct db *d, int64_t now, int64_t batch, int64_t feed, struct past_settled *out,
		 struct err *e)
{
	const struct planning plan = { now, batch, feed };
	struct settled settled;
	struct planned planned;

	if (!life_settle(d, now, batch, &settled, e) || !notice_plan(d, &plan, &planned, e))
		return false;
	*out = (struct past_settled){ settled.ended, planned.at_once, planned.digest };
	return true;
}
