#include "model/notice/again.h"

#include "base/time.h"
#include "base/zone.h"
#include "model/notice/flood.h"

#include <assert.h>

// How long after each telling, the next one; whether the second reminder also goes to the next
// contact, and whether an officer calls when it did not help.
static const struct {
	int64_t wait[AGAIN_ROUNDS + 1];
	bool at_once, next, officer;
} rows[SEVERITY_COUNT] = {
	[SEVERITY_CRITICAL] = { { TIME_DAY, TIME_DAY, TIME_DAY }, true, true, true },
	[SEVERITY_HIGH] = { { 7 * TIME_DAY, 7 * TIME_DAY, 7 * TIME_DAY }, false, true, true },
	[SEVERITY_MEDIUM] = { { 14 * TIME_DAY, 14 * TIME_DAY, 0 }, false, false, false },
	[SEVERITY_LOW] = { { 30 * TIME_DAY, 0, 0 }, false, false, false },
};

// With the digest of the day on which the wait is over, whatever the hour: what went with a digest
// went a moment after it, and is asked about with a digest again, not a day later.
static int64_t due(const struct again *x, int64_t wait)
{
	int64_t at = x->last + wait;
	bool promised = x->until != TIME_NEVER && x->until > at;

	if (promised)
		at = x->until;
	if (rows[x->severity].at_once)
		return at;
	return flood_digest((promised ? at : zone_moment(time_day(at + zone_ahead(at)))) - 1);
}

enum again_how again_decide(const struct again *x, int64_t now)
{
	assert(x->severity > 0 && x->severity < SEVERITY_COUNT && x->round >= 0);
	if (x->round > AGAIN_ROUNDS || rows[x->severity].wait[x->round] == 0)
		return AGAIN_OVER;
	if (due(x, rows[x->severity].wait[x->round]) > now)
		return AGAIN_WAITS;
	if (x->round == AGAIN_ROUNDS)
		return rows[x->severity].officer ? AGAIN_OFFICER : AGAIN_OVER;
	return x->round > 0 && rows[x->severity].next ? AGAIN_NEXT : AGAIN_REMINDER;
}
