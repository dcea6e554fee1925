// What a member answers to a notice (RULES 8): which words there are, by which ways each may come,
// what it does to a finding, and what it asks for beside. Pure: tables, and the few rules beside them.
#pragma once

#include "base/str.h"
#include "model/finding/life.h"

// The numbers of these stand in the store: new ones at the end.
// clang-format off
#define ANSWERS(X) /* id, word, Dutch, what it does, by which ways (below) */               \
	X(ANSWER_SEEN,        "seen",        "gezien",       DO_ACKNOWLEDGE, ANSWER_ANY)        \
	X(ANSWER_WORKING,     "working",     "mee bezig",    DO_PROMISE,     ANSWER_ANY)        \
	X(ANSWER_FIXED,       "fixed",       "opgelost",     DO_CLAIM,       ANSWER_PROVEN)     \
	X(ANSWER_FALSE_ALARM, "false-alarm", "vals alarm",   DO_DISPUTE,     ANSWER_PROVEN)     \
	X(ANSWER_NOT_OURS,    "not-ours",    "niet van ons", DO_DISPUTE,     ANSWER_PROVEN)     \
	X(ANSWER_ACCEPTED,    "accepted",    "aanvaard",     DO_ACCEPT,      ANSWER_PROVEN)

#define ANSWER_WAYS(X) /* id, word, what it is */                                           \
	X(BY_MAIL,    "mail",    "a reply whose sender's domain is proven (DMARC)")             \
	X(BY_SIGNED,  "signed",  "a reply that a verified key of the contact signed")           \
	X(BY_LINK,    "link",    "the answer page, by a link that one contact got")             \
	X(BY_OFFICER, "officer", "an officer who heard it")                                     \
	X(BY_PORTAL,  "portal",  "the portal")

// What became of one that came.
#define ANSWER_STATES(X)                                                                    \
	X(ANSWER_TAKEN,   "taken")   /* it did what it says */                                  \
	X(ANSWER_DOUBTED, "doubted") /* probably a machine pressed the button: it did nothing */ \
	X(ANSWER_WEAK,    "weak")    /* its way is not enough for it: it counts as "seen" */    \
	X(ANSWER_LATE,    "late")    /* the finding is over, or cannot take it: it did nothing */ \
	X(ANSWER_UNDONE,  "undone")  /* taken, and taken back by the member */
// clang-format on
#define X(id, word, ...) id,
enum answer { ANSWERS(X) ANSWER_COUNT };
enum answer_way { ANSWER_WAYS(X) ANSWER_WAY_COUNT };
enum answer_state { ANSWER_STATES(X) ANSWER_STATE_COUNT };
#undef X

enum {
	ANSWER_PROVEN = 1u << BY_SIGNED | 1u << BY_LINK | 1u << BY_OFFICER | 1u << BY_PORTAL,
	ANSWER_ANY = ANSWER_PROVEN | 1u << BY_MAIL,
	ANSWER_REASON = 2000,  // bytes of a member's own words that are kept
	ANSWER_LINK_DAYS = 90, // a link lives so long
	ANSWER_MACHINE_SECONDS =
		120,               // an answer by link that comes sooner after delivery is doubted
	ANSWER_AGAIN_SECONDS = 10, // and believed when it comes again after this
};

struct str answer_word(enum answer answer, bool dutch);
bool answer_read(struct str word, enum answer *out) MUST_USE; // of either language
struct str answer_way_word(enum answer_way way);
struct str answer_state_word(enum answer_state state);
enum life_act answer_act(enum answer answer);
enum finding_end answer_end(enum answer answer); // what a dispute says; else END_NONE

// May it come by this way?
bool answer_by(enum answer answer, enum answer_way way);
// Can a finding of this state and class take it? No infection is a false alarm.
bool answer_may(enum answer answer, enum finding_state state, enum issue_class class);
// It wants a day, at most ACCEPT_MAX_DAYS ahead: "working" may have one, "accepted" must.
bool answer_has_day(enum answer answer);
// Who answers so of this must type the four letters of the mail, too (SCREENS 5), and an officer
// hears of it: what disputes a critical one.
bool answer_asks_code(enum answer answer, enum severity severity);

// A button that somebody pressed, or something.
struct answer_press {
	int64_t arrived; // the mail did; 0: it is not known
	int64_t doubted; // a press was, the last time; 0: none was
	bool machines;   // it came from where machines press, however late
};
// A link-scanner opens what comes as soon as it comes, and some press what they find there.
bool answer_is_machine(const struct answer_press *p, int64_t now);
