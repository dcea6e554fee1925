// Calls to a member that no mail reached, or that does not answer: which number is next, and what
// becomes of it (SCREENS 2a, 4). Pure.
#pragma once

#include "base/str.h"
#include "model/notice/message.h"

// The numbers stand in the store: new ones at the end.
// clang-format off
#define CALL_OUTCOMES(X) /* id, word, what the officer did, is the number tried again */    \
	X(CALL_SPOKE,     "spoke",     "spoke to them",              false)                     \
	X(CALL_VOICEMAIL, "voicemail", "left word to call back",     true)                      \
	X(CALL_NOBODY,    "nobody",    "nobody took it",             true)                      \
	X(CALL_WRONG,     "wrong",     "it is not theirs any more",  false)
// clang-format on
#define X(id, word, says, again) id,
enum call_outcome { CALL_OUTCOMES(X) CALL_OUTCOME_COUNT };
#undef X
struct str call_outcome_word(enum call_outcome outcome);
struct str call_outcome_says(enum call_outcome outcome);
bool call_outcome_read(struct str word, enum call_outcome *out) MUST_USE;

// Why an officer calls about a message.
struct call_why {
	int asked;    // the enum delivery_why of the delivery that asks for one; -1: none does
	bool neutral; // a mail of it arrived that says only that there is something
};
struct str call_why_says(const struct call_why *why);

enum { CALL_NUMBERS = 64, CALL_AGAIN_MINUTES = 30 };

struct call_number { // one telephone of one contact, in the order in which they are called
	int64_t contact;
	int phone;                 // 1 or 2
	int64_t tried;             // when last, for this message; 0: not yet
	enum call_outcome outcome; // of that time
};
// Which is called now: one that was not tried before those that were, and those not again within
// CALL_AGAIN_MINUTES; never one that is wrong. `n`: none can be, now.
size_t call_next(const struct call_number *all, size_t n, int64_t now);
// When the first of those that were all tried is tried again; TIME_NEVER: none ever is.
int64_t call_again(const struct call_number *all, size_t n);
