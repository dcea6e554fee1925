#include "model/mail/rate.h"

#include "base/time.h"

// The generic cell rate algorithm: one number instead of a bucket that is filled.
int64_t rate_next(struct rate *r, unsigned a_minute, int64_t now)
{
	int64_t step = 60 * TIME_SECOND / (a_minute > 0 ? a_minute : 1);
	int64_t burst = RATE_BURST * TIME_SECOND - step, due = r->due > now ? r->due : now;
	int64_t from = due - (burst > 0 ? burst : 0);

	if (from > now)
		return from;
	r->due = due + step;
	return now;
}
