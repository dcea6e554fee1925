// Never a flood (RULES 6): when a notice goes, what waits for which, and how many at once are
// too many. Pure; what there is by now is counted by task/tell.
#pragma once

#include "base/str.h"
#include "base/time.h"

// What becomes of a planned notice. The numbers of all four stand in the store.
// clang-format off
#define NOTICE_STATES(X)               \
	X(NOTICE_PLANNED,   "planned") \
	X(NOTICE_HELD,      "held")    \
	X(NOTICE_RELEASED,  "released") \
	X(NOTICE_DISCARDED, "discarded") \
	X(NOTICE_VOID,      "void")

// Why it goes when it goes.
#define NOTICE_TIMINGS(X)                                                                       \
	X(TIMING_NOW, "now", "at once", "meteen")                                               \
	X(TIMING_DIGEST, "digest", "with the next digest", "met de volgende verzamelmail")      \
	X(TIMING_FEED, "baseline-feed",                                                         \
	  "the feed is new: its first 7 days are one digest",                                   \
	  "de bron is nieuw: de eerste 7 dagen zijn één verzamelmail")                          \
	X(TIMING_MEMBER, "baseline-member",                                                     \
	  "the member is new: the first 7 days are one digest",                                 \
	  "de deelnemer is nieuw: de eerste 7 dagen zijn één verzamelmail")                     \
	X(TIMING_ASSET, "baseline-asset",                                                       \
	  "the asset is new: its first 7 days are one digest",                                  \
	  "het object is nieuw: de eerste 7 dagen zijn één verzamelmail")                       \
	X(TIMING_FOLDED, "folded",                                                              \
	  "another message at once went within the hour: this goes with the next",              \
	  "binnen het uur ging al een bericht: dit gaat met het volgende")                      \
	X(TIMING_HELD, "held",                                                                  \
	  "so many would be told at once that an officer decides",                              \
	  "er zouden er zoveel tegelijk gewaarschuwd worden dat een medewerker beslist")        \
	X(TIMING_WISH, "wish", "the member asked for its digest then",                          \
	  "de deelnemer vroeg om de verzamelmail dan")

#define BREAKER_WHYS(X)                                                              \
	X(BREAKER_NONE, "", "not too many")                                          \
	X(BREAKER_SHARE, "share", "more than a tenth of all members")                \
	X(BREAKER_USUAL, "usual", "more than three times the most on one day before")
// clang-format on
#define X(id, word) id,
enum notice_state { NOTICE_STATES(X) NOTICE_STATE_COUNT };
#undef X
#define X(id, word, says, dutch) id,
enum notice_timing { NOTICE_TIMINGS(X) NOTICE_TIMING_COUNT };
#undef X
#define X(id, word, says) id,
enum breaker_why { BREAKER_WHYS(X) BREAKER_WHY_COUNT };
#undef X
enum breaker_state { BREAKER_HELD, BREAKER_RELEASED, BREAKER_DISCARDED };

struct str notice_state_word(enum notice_state state);
struct str notice_timing_word(enum notice_timing timing);
struct str notice_timing_says(enum notice_timing timing, bool dutch);
struct str breaker_why_word(enum breaker_why why);
struct str breaker_why_says(enum breaker_why why);

// ---- when

enum { DIGEST_HOUR = 9, BASELINE_DAYS = 7, FOLD_MINUTES = 60 };

// The first 09:00 of a working day (Monday to Friday) after this moment, by the clock of
// Central Europe with its summer time.
int64_t flood_digest(int64_t after);
bool flood_works(int64_t day); // is this day on the wall (base/zone.h) a working day?

struct flood_when {
	int64_t due;
	enum notice_timing timing;
};

struct flood_since { // since when each is watched; TIME_EVER: not asked
	int64_t feed, member, asset;
};
// Of what goes in a digest: with the next, or with the one that ends a baseline, of which
// the last to end counts.
struct flood_when flood_plan(const struct flood_since *s, int64_t now);

// Of a member's message at once. `last`: when its last one went or will go; TIME_EVER: none.
// What comes before the last has gone goes with it.
struct flood_when flood_fold(int64_t last, int64_t now);

// ---- how many

enum {
	BREAKER_LEAST = 5,     // fewer members are never too many
	BREAKER_SHARE_OF = 10, // more than one in so many is too many …
	BREAKER_TIMES = 3,     // … or than so many times the usual number
	BREAKER_HOURS = 24,    // what is counted together; and how long a release holds
	BREAKER_DAYS = 28,     // before, of which the fullest is the usual number
};

struct flood_count {       // members
	int64_t told;      // at once, of this issue, in BREAKER_HOURS
	int64_t everybody; // there is
	int64_t usual;     // 0: it told nobody in BREAKER_DAYS
};
enum breaker_why flood_breaks(const struct flood_count *c);
