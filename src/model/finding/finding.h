// What a finding is and how it lives (RULES 3): a member, what was seen, and an issue.
// Asset, feed, report and rule are evidence on it, never part of what it is.
#pragma once

#include "base/str.h"
#include "model/feed/feed.h"

// The numbers stand in the store: new ones go at the end.
// clang-format off
#define FINDING_STATES(X)                                                                     \
	X(FINDING_CANDIDATE,    "candidate",    "kandidaat", "weakly matched: an officer or a second feed makes it a finding") \
	X(FINDING_OPEN,         "open",         "open",      "the member is to be told")              \
	X(FINDING_TOLD,         "told",         "gemeld",    "the member was told")                   \
	X(FINDING_ACKNOWLEDGED, "acknowledged", "bevestigd", "the member has seen it")                \
	X(FINDING_CLAIMED,      "claimed",      "verholpen volgens deelnemer", "the member says that it is fixed") \
	X(FINDING_DISPUTED,     "disputed",     "betwist",   "the member says that it is wrong")      \
	X(FINDING_ACCEPTED,     "accepted",     "aanvaard",  "the member lives with it for a time")   \
	X(FINDING_CLOSED,       "closed",       "gesloten",  "it ended")
// clang-format on
#define X(id, word, dutch, says) id,
enum finding_state { FINDING_STATES(X) FINDING_STATE_COUNT };
#undef X

struct str finding_state_word(enum finding_state state, bool dutch);
bool finding_state_read(struct str word, enum finding_state *out) MUST_USE; // the English word

struct str strength_word(enum strength strength, bool dutch);

// What happens to a finding; what answers, officers and time do joins these rows.
enum finding_act {
	ACT_SEEN,             // a strong or medium match
	ACT_SEEN_WEAKLY,      // a weak one, of a feed that had seen it already
	ACT_SEEN_WEAKLY_ANEW, // a weak one, of another feed than before
	FINDING_ACT_COUNT,
};

enum finding_state finding_begin(enum strength strength);
enum finding_state finding_next(enum finding_state state, enum finding_act act);
enum finding_act finding_act_seen(enum strength strength, bool feed_is_new);

// An event that happened more than `news` before it arrived is evidence on a finding
// that is there, and opens none (RULES 4).
static inline bool finding_is_news(int64_t happened, int64_t arrived, int64_t news)
{
	return happened >= arrived - news;
}

// Is word one of the words of this sorted, space-separated set?
bool finding_feeds_have(struct str feeds, struct str word);
