#include "model/web/toll.h"

#include "base/time.h"

static size_t set_of(const struct tolls *t, const struct toll_ask *ask)
{
	uint64_t h = t->salt;

	h = (h ^ ask->who.high) * UINT64_C(0x9e3779b97f4a7c15);
	h = (h ^ h >> 32 ^ ask->who.low) * UINT64_C(0x9e3779b97f4a7c15);
	h = (h ^ h >> 32 ^ ask->what) * UINT64_C(0x9e3779b97f4a7c15);
	return (size_t)(h >> 32) % TOLL_SETS;
}

static bool is_of(const struct toll *x, const struct toll_ask *ask)
{
	return x->due != 0 && x->what == ask->what && address_order(x->who, ask->who) == 0;
}

// One more fits when what was done before is worth less than a minute.
static unsigned wait_for(int64_t due, const struct toll_ask *ask)
{
	int64_t step = TIME_MINUTE / ask->a_minute, over = due - ask->now + step - TIME_MINUTE;

	return over <= 0 ? 0 : (unsigned)((over + TIME_SECOND - 1) / TIME_SECOND);
}

unsigned toll_look(const struct tolls *t, const struct toll_ask *ask)
{
	const struct toll *set = t->at[set_of(t, ask)];

	for (unsigned i = 0; i < TOLL_WAYS; i++)
		if (is_of(&set[i], ask))
			return wait_for(set[i].due, ask);
	return 0;
}

unsigned toll_take(struct tolls *t, const struct toll_ask *ask)
{
	struct toll *set = t->at[set_of(t, ask)], *x = &set[0];
	unsigned wait;

	for (unsigned i = 0; i < TOLL_WAYS; i++) {
		if (is_of(&set[i], ask)) {
			x = &set[i];
			break;
		}
		if (set[i].due < x->due)
			x = &set[i];
	}
	if (!is_of(x, ask))
		*x = (struct toll){ .who = ask->who, .what = ask->what, .due = ask->now };
	if (x->due < ask->now)
		x->due = ask->now;
	wait = wait_for(x->due, ask);
	if (wait == 0)
		x->due += TIME_MINUTE / ask->a_minute;
	return wait;
}
