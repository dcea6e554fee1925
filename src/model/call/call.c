#include "model/call/call.h"

#include "base/time.h"

#include <assert.h>

#define X(id, word, says, again) { word, says, again },
static const struct {
	const char *word, *says;
	bool again;
} outcomes[CALL_OUTCOME_COUNT] = { CALL_OUTCOMES(X) };
#undef X

struct str call_outcome_word(enum call_outcome outcome)
{
	assert(outcome < CALL_OUTCOME_COUNT);
	return str_of(outcomes[outcome].word);
}

struct str call_outcome_says(enum call_outcome outcome)
{
	assert(outcome < CALL_OUTCOME_COUNT);
	return str_of(outcomes[outcome].says);
}

bool call_outcome_read(struct str word, enum call_outcome *out)
{
	for (unsigned i = 0; i < CALL_OUTCOME_COUNT; i++)
		if (str_eq(word, str_of(outcomes[i].word))) {
			*out = (enum call_outcome)i;
			return true;
		}
	return false;
}

struct str call_why_says(const struct call_why *why)
{
	if (why->asked >= 0)
		return delivery_why_says((enum delivery_why)why->asked, false);
	return why->neutral ? S("no safe way to mail it: what they got says only that there is "
				"something")
			    : S("no mail of it arrived");
}

static bool may_call(const struct call_number *x, int64_t now)
{
	return x->tried == 0 ||
	       (outcomes[x->outcome].again && now >= x->tried + CALL_AGAIN_MINUTES * TIME_MINUTE);
}

size_t call_next(const struct call_number *all, size_t n, int64_t now)
{
	size_t best = n;

	for (size_t i = 0; i < n; i++)
		if (may_call(&all[i], now) && (best == n || all[i].tried < all[best].tried))
			best = i;
	return best;
}

int64_t call_again(const struct call_number *all, size_t n)
{
	int64_t first = TIME_NEVER;

	for (size_t i = 0; i < n; i++) {
		int64_t again = all[i].tried + CALL_AGAIN_MINUTES * TIME_MINUTE;

		if (outcomes[all[i].outcome].again && again < first)
			first = again;
	}
	return first;
}
