#include "model/feed/schedule.h"

#include "base/hash.h"
#include "base/time.h"

uint64_t schedule_phase(int64_t made, struct str feed)
{
	return hash_str((uint64_t)made, feed) | 1;
}

// The share of a span that is this phase's, in whole seconds.
static int64_t share(uint64_t phase, int64_t span)
{
	return (int64_t)((phase >> 1) % (uint64_t)(span / TIME_SECOND)) * TIME_SECOND;
}

static int64_t modulo(int64_t a, int64_t n)
{
	return ((a % n) + n) % n;
}

int64_t schedule_after(uint64_t phase, int64_t t)
{
	return phase == 0 ? t : t + share(phase, SCHEDULE_SPREAD_SECONDS * TIME_SECOND);
}

static bool is_quiet(const struct feed_quiet *q, int64_t t)
{
	int64_t of_day = modulo(t, TIME_DAY);

	return q->from < q->until ? of_day >= q->from && of_day < q->until
				  : of_day >= q->from || of_day < q->until;
}

// Windows may touch: each ends one at most, so that as many turns as there are suffice.
int64_t schedule_free(const struct feed_fetch *f, uint64_t phase, int64_t t)
{
	int64_t at = t;

	for (unsigned turn = 0; turn <= f->quiets; turn++)
		for (unsigned i = 0; i < f->quiets; i++)
			if (is_quiet(&f->quiet[i], at))
				at += modulo(f->quiet[i].until - modulo(at, TIME_DAY), TIME_DAY);
	if (at == t)
		return t;
	t = schedule_after(phase, at);
	for (unsigned i = 0; i < f->quiets; i++)
		if (is_quiet(&f->quiet[i], t))
			return at; // a short pause between two quiet times
	return t;
}

int64_t schedule_next(const struct feed_fetch *f, uint64_t phase, int64_t asked)
{
	int64_t least = asked + f->every / 2;

	if (phase == 0)
		return schedule_free(f, 0, asked + f->every);
	return schedule_free(f, phase, least + modulo(share(phase, f->every) - least, f->every));
}

struct str schedule_host(const struct feed_fetch *f, char room[SCHEDULE_HOST])
{
	struct str rest = f->from, at;
	size_t n = 0;

	while (rest.n > 0 && !str_has_prefix(rest, S("://")))
		str_skip(&rest, 1);
	if (rest.n == 0)
		return rest;
	str_skip(&rest, 3);
	for (size_t i = 0; i < rest.n; i++)
		if (rest.p[i] == '/' || rest.p[i] == '?' || rest.p[i] == '#')
			rest.n = i;
	while (str_has(rest, '@'))
		str_cut(&rest, '@');
	at = str_starts(rest, '[') ? str_cut(&rest, ']') : str_cut(&rest, ':');
	if (at.n > SCHEDULE_HOST)
		return (struct str){ 0 };
	for (size_t i = 0; i < at.n; i++)
		if (at.p[i] != '[')
			room[n++] = ascii_lower(at.p[i]);
	return (struct str){ room, n };
}
