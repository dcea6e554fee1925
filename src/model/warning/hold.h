// Does a warninglist hold a finding back (RULES 11)? What of a record is looked at, which
// lists have it, and the rule: a list tells that a value is known and mostly harmless as
// an indicator, never that a member's own thing is well. Pure.
#pragma once

#include "model/finding/issue.h"
#include "model/warning/set.h"

enum { HOLD_MAX_MET = 32, HOLD_TEXT = 320 };

struct hold_met { // a value of the record that stands on a list
	struct warning_hit hit;
	enum warning_kind kind;
	enum warning_side side;
};

struct hold_looked {
	struct hold_met met[HOLD_MAX_MET];
	unsigned count;
};

// The values of an event on the lists that look at them. Texts live in a.
void hold_look(const struct warnings *x, const struct event *event, name_idn idn, struct arena *a,
	       struct hold_looked *out);

// What the rule said. The numbers stand in the store: add at the end.
// clang-format off
#define HOLD_WHYS(X)                                                                              \
	X(WHY_CLEAR,     "clear",     "no list has what was seen",                                \
	                              "wat gezien is staat op geen lijst")                        \
	X(WHY_HELD,      "held",      "the list holds such findings back",                        \
	                              "de lijst houdt zulke bevindingen tegen")                   \
	X(WHY_OWN,       "own",       "not held: it harms the member, on a strong match",         \
	                              "niet tegengehouden: het schaadt de deelnemer, en de koppeling is sterk") \
	X(WHY_ROW_NONE,  "none",      "not held: the list's row in policy.conf says hold = none", \
	                              "niet tegengehouden: de regel van de lijst in policy.conf zegt hold = none") \
	X(WHY_ROW_WEAK,  "weak",      "not held: the list's row in policy.conf says hold = weak", \
	                              "niet tegengehouden: de regel van de lijst in policy.conf zegt hold = weak") \
	X(WHY_ROW_CLASS, "class",     "not held: the list's row in policy.conf names other classes", \
	                              "niet tegengehouden: de regel van de lijst in policy.conf noemt andere klassen")
// clang-format on
#define X(id, word, says, dutch) id,
enum hold_why { HOLD_WHYS(X) HOLD_WHY_COUNT };
#undef X

struct str hold_why_word(enum hold_why why);
struct str hold_why_says(enum hold_why why, bool dutch);

struct hold_case { // of one finding that the event would be
	enum issue_class class;
	enum strength strength;
	bool by_name; // matched by name, account or mail domain, and by no address
};

struct hold_verdict {
	enum hold_why why;
	const struct hold_met *met; // NULL: none
};

// The first list that holds it, else the first that could have.
struct hold_verdict hold_judge(const struct hold_looked *looked, const struct hold_case *c);

// Is a finding of this class told whatever a list says, where the match is strong and the
// list's row says no more than `usual`?
bool hold_is_harm(enum issue_class class);

// "public-resolvers: 8.8.8.8"; nothing where no list was met.
void hold_write(struct buf *b, const struct hold_verdict *v);
