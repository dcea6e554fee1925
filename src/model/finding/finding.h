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
	X(FINDING_CLOSED,       "closed",       "gesloten",  "it ended")                          \
	X(FINDING_VOID,         "void",         "ingetrokken", "all that was said of it was taken back")
// clang-format on
#define X(id, word, dutch, says) id,
enum finding_state { FINDING_STATES(X) FINDING_STATE_COUNT };
#undef X

struct str finding_state_word(enum finding_state state, bool dutch);
bool finding_state_read(struct str word, enum finding_state *out) MUST_USE; // the English word

struct str strength_word(enum strength strength, bool dutch);

enum finding_state finding_begin(enum strength strength);

// An event that happened more than `news` before it arrived is evidence on a finding
// that is there, and opens none (RULES 4).
static inline bool finding_is_news(int64_t happened, int64_t arrived, int64_t news)
{
	return happened >= arrived - news;
}

// Where a finding was seen: a sorted set of words "FEED/TYPE", a space between. A word
// without a stroke is a feed without types (of a store from before types were kept).
struct buf;
enum { SOURCES_TEXT = 4096 }; // of a set at the most
bool sources_have(struct str sources, struct str feed);
// The set with one more, which it may have already.
void sources_join(struct str sources, struct str feed, struct str type, struct buf *b);
// Takes the next feed off the front: each once, though it may stand there with many types.
struct str sources_next_feed(struct str *sources);
// Takes the next word apart. False: there is no more.
bool sources_next(struct str *sources, struct str *feed, struct str *type) MUST_USE;
