// Does our mail reach a contact? Each is asked once a quarter, by a mail that asks nothing else (RULES 8).
// Pure: when, what is known of one by what came of it, and whether a reply says more than "yes".
#pragma once

#include "base/arena.h"
#include "model/notice/message.h"

enum { REACH_DAYS = 14 }; // who has not confirmed so long after it arrived does not answer

// Of the wall in Central Europe; its number is 20264.
struct quarter {
	int64_t number;
	int64_t from; // moment
};
struct quarter quarter_of(int64_t t);

// clang-format off
#define REACHES(X) /* id, word */                                                           \
	X(REACH_NEVER,     "")          /* nobody asked */                                      \
	X(REACH_WAITS,     "waiting")   /* the question has not left */                         \
	X(REACH_ASKED,     "asked")                                                             \
	X(REACH_CONFIRMED, "confirmed")                                                         \
	X(REACH_BOUNCED,   "bounced")   /* its server does not take it, or gave it back */      \
	X(REACH_SILENT,    "silent")    /* asked, REACH_DAYS ago or more */
// clang-format on
#define X(id, word) id,
enum reach { REACHES(X) REACH_COUNT };
#undef X

// A question that left, or is to.
struct reach_asked {
	enum delivery_state state;
	int64_t changed;   // when it came into that state
	int64_t confirmed; // 0: not
};
enum reach reach_state(const struct reach_asked *x, int64_t now);
struct str reach_word(enum reach reach);
// "no answer for 20 days": how it stands, in a few words.
struct str reach_says(const struct reach_asked *x, int64_t now, struct arena *a);

// A reply that says no more than that it came: of a greeting, "yes" and its like alone, whatever stands
// behind the words that end a letter. Else somebody should read it.
bool reach_is_plain(struct str reply);
