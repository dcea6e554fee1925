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
