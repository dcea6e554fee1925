#include "task/watch/guard.h"

static bool held(const struct batch *b, uint64_t records, const char *than, uint64_t count,
		 struct err *e)
{
	return err_set(e, ERR_LIMIT,
		       "%llu records, %s %llu: held, nothing of it was published. Look at it, then "
		       "'waker batch release %lld' or 'waker batch discard %lld'",
		       (unsigned long long)records, than, (unsigned long long)count,
		       (long long)b->id, (long long)b->id);
}

bool guard_batch(struct db *d, const struct feed *f, const struct batch *b, uint64_t records,
		 struct err *e)
{
	struct batch_usual usual;

	if (b->state == BATCH_RELEASED)
		return true;
	if (records < f->least)
		return held(b, records, "where the feed file expects at least", f->least, e);
	if (f->most > 0 && records > f->most)
		return held(b, records, "where the feed file expects at most", f->most, e);
	if (!batch_usual(d, b, GUARD_BATCHES, &usual, e))
		return false;
	if (usual.count >= GUARD_LEAST && records > GUARD_TIMES * usual.records &&
	    records >= usual.records + GUARD_MORE)
		return held(b, records, "where the most of its last batches had", usual.records, e);
	return true;
}
