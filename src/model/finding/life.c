#include "model/finding/life.h"

#include "base/time.h"

#include <assert.h>

#define X(id, word, dutch, says) { word, dutch, says },
static const struct {
	const char *word, *dutch, *says;
} ends[FINDING_END_COUNT] = { FINDING_ENDS(X) };
#undef X

#define X(id, word, from, to) { word, from, to },
static const struct {
	const char *word;
	unsigned from;
	enum finding_state to;
} acts[LIFE_ACT_COUNT] = { LIFE_ACTS(X) };
#undef X

struct str finding_end_word(enum finding_end end, bool dutch)
{
	assert(end < FINDING_END_COUNT);
	return str_of(dutch ? ends[end].dutch : ends[end].word);
}

struct str finding_end_says(enum finding_end end)
{
	assert(end < FINDING_END_COUNT);
	return str_of(ends[end].says);
}

bool finding_end_read(struct str word, enum finding_end *out)
{
	for (unsigned i = END_NONE + 1; i < FINDING_END_COUNT; i++)
		if (str_eq(word, str_of(ends[i].word))) {
			*out = (enum finding_end)i;
			return true;
		}
	return false;
}

struct str life_act_word(enum life_act act)
{
	assert(act < LIFE_ACT_COUNT);
	return str_of(acts[act].word);
}

bool life_is_officers(enum life_act act)
{
	return (act >= DO_ACKNOWLEDGE && act <= DO_UNDO) || act == DO_PROMISE;
}

static void turn(struct life *l, enum finding_state state, enum finding_end ended, int64_t now)
{
	l->state = state;
	l->ended = ended;
	l->since = now;
	l->until = TIME_NEVER;
}

// What is over is news only by an event newer than all before; what was refused or voided
// goes ways of its own.
static enum life_turn see_again(struct life *l, const struct life_seen *seen, int64_t now)
{
	if (!seen->news || seen->time <= seen->last)
		return TURN_NONE;
	turn(l, finding_begin(seen->strength), END_NONE, now);
	l->reopened++;
	return TURN_REOPENED;
}

static enum life_turn see_claimed(struct life *l, const struct life_seen *seen, int64_t now)
{
	if (!seen->news || seen->time <= seen->last ||
	    seen->time <= l->since + CLAIM_GRACE_HOURS * TIME_HOUR)
		return TURN_NONE;
	turn(l, FINDING_OPEN, END_NONE, now);
	l->reopened++;
	return TURN_UNTRUE;
}

static enum life_turn see_candidate(struct life *l, const struct life_seen *seen, int64_t now)
{
	if (!seen->news || (seen->strength == STRENGTH_WEAK && !seen->feed_is_new))
		return TURN_NONE;
	turn(l, FINDING_OPEN, END_NONE, now);
	return TURN_PROMOTED;
}

enum life_turn life_see(struct life *l, const struct life_seen *seen, int64_t now)
{
	switch (l->state) {
	case FINDING_CANDIDATE:
		return see_candidate(l, seen, now);
	case FINDING_CLAIMED:
		return see_claimed(l, seen, now);
	case FINDING_CLOSED:
		return l->ended == END_REFUSED ? TURN_REFUSED : see_again(l, seen, now);
	case FINDING_VOID:
		if (!seen->news)
			return TURN_REFUSED; // what is old opens nothing, and was never one
		turn(l, finding_begin(seen->strength), END_NONE, now);
		l->reopened = 0;
		return TURN_ANEW;
	case FINDING_OPEN:
	case FINDING_TOLD:
	case FINDING_ACKNOWLEDGED:
	case FINDING_ACCEPTED:
		if (!seen->more)
			return TURN_NONE;
		turn(l, FINDING_OPEN, END_NONE, now);
		return TURN_MORE;
	case FINDING_DISPUTED:
	case FINDING_STATE_COUNT:
		break;
	}
	return TURN_NONE;
}

bool life_may(enum finding_state state, enum life_act act)
{
	assert(act < LIFE_ACT_COUNT);
	return (acts[act].from & AT(state)) != 0;
}

bool life_may_be_false(enum issue_class class)
{
	return class != CLASS_INFECTED;
}

void life_do(struct life *l, const struct life_doing *d)
{
	enum finding_end ended = d->ended;

	assert(life_may(l->state, d->act));
	if (acts[d->act].to == FINDING_STATE_COUNT)
		return;
	if (d->act == DO_CONFIRM)
		ended = l->ended;
	else if (d->act == DO_REFUSE)
		ended = END_REFUSED;
	l->reopened += d->act == DO_REOPEN && l->state == FINDING_CLOSED;
	turn(l, acts[d->act].to, ended, d->act == DO_TELL ? l->since : d->now);
	if (d->act == DO_ACCEPT || d->act == DO_PROMISE)
		l->until = d->until;
}

const struct end_rule *life_end(enum issue_class class)
{
	static const struct end_rule rules[ISSUE_CLASS_COUNT] = {
		[CLASS_EXPOSED] = { ENDS_ABSENT, 2, 4, 48 * TIME_HOUR, END_FIXED },
		[CLASS_VULNERABLE] = { ENDS_ABSENT, 2, 4, 48 * TIME_HOUR, END_FIXED },
		[CLASS_INFECTED] = { ENDS_QUIET, 0, 0, 14 * TIME_DAY, END_QUIET },
		[CLASS_ATTACKING] = { ENDS_QUIET, 0, 0, 7 * TIME_DAY, END_QUIET },
		[CLASS_COMPROMISED] = { ENDS_QUIET, 0, 0, 14 * TIME_DAY, END_UNLISTED },
		[CLASS_ABUSED] = { ENDS_QUIET, 0, 0, 14 * TIME_DAY, END_UNLISTED },
		[CLASS_LEAKED] = { ENDS_QUIET, 0, 0, 90 * TIME_DAY, END_EXPIRED },
		[CLASS_LEAK_SITE] = { ENDS_OFFICER, 0, 0, 0, END_NONE },
		[CLASS_ATTACKED] = { ENDS_QUIET, 0, 0, 24 * TIME_HOUR, END_QUIET },
		[CLASS_LISTED] = { ENDS_ABSENT, 1, 1, 0, END_UNLISTED },
	};

	assert(class < ISSUE_CLASS_COUNT);
	return &rules[class];
}
