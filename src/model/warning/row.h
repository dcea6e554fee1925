// What an operator says of a warninglist: a section of a policy.conf beside the lists.
//
//     [public-resolvers]
//     hold = usual                # all | usual | weak | none
//     classes = listed attacked   # only findings of these classes; else all
//     side = source               # source | destination | both; else as the list says
//     example = no                # not in a home made with --example
//
// A section [*] is the row of every list that has none of its own. Pure.
#pragma once

#include "base/err.h"
#include "base/list.h"

// How far a list goes. The rule itself is hold.h's.
// clang-format off
#define WARNING_HOLDS(X)                                                                     \
	X(HOLD_USUAL, "usual", "all but what harms the member, on a strong match")           \
	X(HOLD_ALL,   "all",   "everything, also on a strong match")                         \
	X(HOLD_WEAK,  "weak",  "what is not strongly matched")                               \
	X(HOLD_NONE,  "none",  "nothing: it is only shown")
// clang-format on
#define X(id, word, says) id,
enum warning_hold { WARNING_HOLDS(X) WARNING_HOLD_COUNT };
#undef X

struct str warning_hold_word(enum warning_hold hold);
struct str warning_hold_says(enum warning_hold hold);

enum warning_sides { SIDES_AS_LISTED, SIDES_SOURCE, SIDES_DESTINATION, SIDES_BOTH };

struct warning_row { // zeroed: a list of which nothing is said
	enum warning_hold hold;
	unsigned classes; // a bit a class of issue; 0: all
	enum warning_sides sides;
	bool not_in_example;
};

struct warning_named_row {
	struct str name; // of the list, or "*"
	unsigned line;
	struct warning_row row;
};

struct warning_policy { // one policy.conf
	LIST(struct warning_named_row) rows;
};

// ERR_CONFIG says line and column.
bool warning_policy_read(struct str bytes, struct arena *a, struct warning_policy *out,
			 struct err *e) MUST_USE;

// The list's own row, else that of "*"; NULL where there is neither.
const struct warning_row *warning_policy_row(const struct warning_policy *p, struct str list);
