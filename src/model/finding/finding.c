#include "model/finding/finding.h"

#include <assert.h>

#define X(id, word, dutch, says) { word, dutch },
static const struct {
	const char *word, *dutch;
} states[FINDING_STATE_COUNT] = { FINDING_STATES(X) };
#undef X

struct str finding_state_word(enum finding_state state, bool dutch)
{
	assert(state < FINDING_STATE_COUNT);
	return str_of(dutch ? states[state].dutch : states[state].word);
}

bool finding_state_read(struct str word, enum finding_state *out)
{
	for (unsigned i = 0; i < FINDING_STATE_COUNT; i++)
		if (str_eq(word, str_of(states[i].word))) {
			*out = (enum finding_state)i;
			return true;
		}
	return false;
}

struct str strength_word(enum strength strength, bool dutch)
{
	static const char *const words[][2] = {
		[STRENGTH_WEAK] = { "weak", "zwak" },
		[STRENGTH_MEDIUM] = { "medium", "middel" },
		[STRENGTH_STRONG] = { "strong", "sterk" },
	};

	assert(strength < COUNTOF(words));
	return str_of(words[strength][dutch]);
}

// The life of a finding: state × act. Seeing alone moves only a candidate; what is
// told, answered or closed waits for the acts of its own kind.
// clang-format off
static const enum finding_state life[FINDING_STATE_COUNT][FINDING_ACT_COUNT] = {
	//                         seen                  seen weakly           by another feed
	[FINDING_CANDIDATE]    = { FINDING_OPEN,         FINDING_CANDIDATE,    FINDING_OPEN         },
	[FINDING_OPEN]         = { FINDING_OPEN,         FINDING_OPEN,         FINDING_OPEN         },
	[FINDING_TOLD]         = { FINDING_TOLD,         FINDING_TOLD,         FINDING_TOLD         },
	[FINDING_ACKNOWLEDGED] = { FINDING_ACKNOWLEDGED, FINDING_ACKNOWLEDGED, FINDING_ACKNOWLEDGED },
	[FINDING_CLAIMED]      = { FINDING_CLAIMED,      FINDING_CLAIMED,      FINDING_CLAIMED      },
	[FINDING_DISPUTED]     = { FINDING_DISPUTED,     FINDING_DISPUTED,     FINDING_DISPUTED     },
	[FINDING_ACCEPTED]     = { FINDING_ACCEPTED,     FINDING_ACCEPTED,     FINDING_ACCEPTED     },
	[FINDING_CLOSED]       = { FINDING_CLOSED,       FINDING_CLOSED,       FINDING_CLOSED       },
};
// clang-format on

enum finding_state finding_begin(enum strength strength)
{
	return strength == STRENGTH_WEAK ? FINDING_CANDIDATE : FINDING_OPEN;
}

enum finding_state finding_next(enum finding_state state, enum finding_act act)
{
	assert(state < FINDING_STATE_COUNT && act < FINDING_ACT_COUNT);
	return life[state][act];
}

enum finding_act finding_act_seen(enum strength strength, bool feed_is_new)
{
	if (strength != STRENGTH_WEAK)
		return ACT_SEEN;
	return feed_is_new ? ACT_SEEN_WEAKLY_ANEW : ACT_SEEN_WEAKLY;
}

bool finding_feeds_have(struct str feeds, struct str word)
{
	while (feeds.n > 0)
		if (str_eq(str_cut(&feeds, ' '), word))
			return true;
	return false;
}
