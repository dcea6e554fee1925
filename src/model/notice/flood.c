#include "model/notice/flood.h"

#include "base/zone.h"

#include <assert.h>

#define X(id, word) word,
static const char *const states[NOTICE_STATE_COUNT] = { NOTICE_STATES(X) };
#undef X

#define X(id, word, says, dutch) { word, says, dutch },
static const struct {
	const char *word, *says, *dutch;
} timings[NOTICE_TIMING_COUNT] = { NOTICE_TIMINGS(X) };
#undef X

#define X(id, word, says) { word, says },
static const struct {
	const char *word, *says;
} whys[BREAKER_WHY_COUNT] = { BREAKER_WHYS(X) };
#undef X

struct str notice_state_word(enum notice_state state)
{
	assert(state < NOTICE_STATE_COUNT);
	return str_of(states[state]);
}

struct str notice_timing_word(enum notice_timing timing)
{
	assert(timing < NOTICE_TIMING_COUNT);
	return str_of(timings[timing].word);
}

struct str notice_timing_says(enum notice_timing timing, bool dutch)
{
	assert(timing < NOTICE_TIMING_COUNT);
	return str_of(dutch ? timings[timing].dutch : timings[timing].says);
}

struct str breaker_why_word(enum breaker_why why)
{
	assert(why < BREAKER_WHY_COUNT);
	return str_of(whys[why].word);
}

struct str breaker_why_says(enum breaker_why why)
{
	assert(why < BREAKER_WHY_COUNT);
	return str_of(whys[why].says);
}

int64_t flood_digest(int64_t after)
{
	int64_t day = time_day(after + zone_ahead(after));

	for (;; day += TIME_DAY) {
		int64_t due = zone_moment(day + DIGEST_HOUR * TIME_HOUR);

		if (flood_works(day) && due > after)
			return due;
	}
}

bool flood_works(int64_t day)
{
	unsigned of_week = zone_weekday(day);

	return of_week >= 1 && of_week <= 5;
}

struct flood_when flood_plan(const struct flood_since *s, int64_t now)
{
	const struct {
		int64_t since;
		enum notice_timing timing;
	} starts[] = {
		{ s->feed, TIMING_FEED },
		{ s->member, TIMING_MEMBER },
		{ s->asset, TIMING_ASSET },
	};
	struct flood_when w = { now, TIMING_DIGEST };

	for (size_t i = 0; i < COUNTOF(starts); i++) {
		int64_t end;

		if (starts[i].since <= now - BASELINE_DAYS * TIME_DAY)
			continue;
		end = starts[i].since + BASELINE_DAYS * TIME_DAY;
		if (end > w.due)
			w = (struct flood_when){ end, starts[i].timing };
	}
	w.due = flood_digest(w.due);
	return w;
}

struct flood_when flood_fold(int64_t last, int64_t now)
{
	if (last > now)
		return (struct flood_when){ last, TIMING_FOLDED };
	if (last > now - FOLD_MINUTES * TIME_MINUTE)
		return (struct flood_when){ last + FOLD_MINUTES * TIME_MINUTE, TIMING_FOLDED };
	return (struct flood_when){ now, TIMING_NOW };
}

enum breaker_why flood_breaks(const struct flood_count *c)
{
	if (c->told < BREAKER_LEAST)
		return BREAKER_NONE;
	if (c->told * BREAKER_SHARE_OF > c->everybody)
		return BREAKER_SHARE;
	return c->usual > 0 && c->told > BREAKER_TIMES * c->usual ? BREAKER_USUAL : BREAKER_NONE;
}
