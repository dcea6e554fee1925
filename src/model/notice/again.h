// What is said after a finding was told, while nobody answers (RULES 6): reminders that change
// their words, in a number that ends, and then an officer. Pure: one table by severity.
#pragma once

#include "model/finding/issue.h"

enum again_how {
	AGAIN_WAITS,    // not yet
	AGAIN_REMINDER, // to the same contact
	AGAIN_NEXT,     // likewise, and to the one behind that, too
	AGAIN_OFFICER,  // reminders have not helped: an officer calls
	AGAIN_OVER,     // nothing more is said; it stays open
};

// Of a finding of this severity that was told `round` times before (0: once, without a reminder),
// the last time at `last`: what is to be said now. Reminders of what is critical go when their
// time comes; others with the digest of that day. A promised day (until; TIME_NEVER: none) is
// waited for.
struct again {
	enum severity severity;
	int64_t round, last, until;
};
enum again_how again_decide(const struct again *x, int64_t now);

enum { AGAIN_ROUNDS = 2 }; // reminders; the third time is an officer's
