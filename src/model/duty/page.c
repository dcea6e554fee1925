#include "model/duty/page.h"

#include <assert.h>

#define X(id, word, ...) { word, sizeof(word) - 1 },
static const struct str ways[] = { PAGE_WAYS(X) };
static const struct str states[] = { PAGE_TRY_STATES(X) };
#undef X

struct str page_way_word(enum page_way way)
{
	assert(way < PAGE_WAY_COUNT);
	return ways[way];
}

struct str page_try_state_word(enum page_try_state state)
{
	assert(state < PAGE_TRY_STATE_COUNT);
	return states[state];
}

static bool is_number(struct str s)
{
	size_t digits = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] >= '0' && s.p[i] <= '9')
			digits++;
		else if (s.p[i] != ' ' && (s.p[i] != '+' || i > 0))
			return false;
	}
	return digits >= 4 && digits <= 15; // E.164
}

bool page_channel_read(struct str s, enum page_way *way, struct str *address)
{
	struct str rest = s, word = str_cut(&rest, ':');
	unsigned i = 0;

	while (i < PAGE_WAY_COUNT && !str_eq(word, ways[i]))
		i++;
	*way = (enum page_way)i;
	*address = str_trim(rest);
	if (i == PAGE_BY_SMS || i == PAGE_BY_VOICE)
		return is_number(*address);
	return i < PAGE_WAY_COUNT && address->n > 0;
}

static unsigned in_a_round(const struct page_plan *p)
{
	unsigned n = 0;

	for (unsigned i = 0; i < p->people; i++)
		n += p->channels[i];
	return n;
}

// An officer's channels share their turn.
static int64_t step(const struct page_plan *p, unsigned channels)
{
	int64_t even = p->turn / channels, most = PAGE_STEP_MINUTES * TIME_MINUTE;

	return even < most ? even : most;
}

bool page_turn(const struct page_plan *p, unsigned n, struct page_turn *out)
{
	const unsigned all = in_a_round(p);
	unsigned at, person = 0;

	if (all == 0 || n / all >= PAGE_ROUNDS)
		return false;
	at = n % all;
	while (at >= p->channels[person])
		at -= p->channels[person++];
	*out = (struct page_turn){ .person = person, .channel = at };
	out->wait = step(p, p->channels[person]);
	if (at + 1 == p->channels[person])
		out->wait = p->turn - at * out->wait;
	if (n % all + 1 == all)
		out->wait = PAGE_REST_MINUTES * TIME_MINUTE;
	return true;
}
