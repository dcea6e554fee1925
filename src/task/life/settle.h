// What is over by now (RULES 3, 4): looked at whenever something arrives, and by the clock.
// Exposed and vulnerable things end by clean reports, lists by their next issue, the rest by
// silence; an acceptance ends on its day. Belongs in a transaction of the caller's, and costs
// what ends, not what is stored.
#pragma once

#include "os/db.h"

struct settled {
	int64_t ended;    // findings that are over
	int64_t reopened; // whose acceptance is over
};

// `batch`: that was the occasion; 0: the clock.
bool life_settle(struct db *d, int64_t now, int64_t batch, struct settled *out, struct err *e)
	MUST_USE;

// By the clock alone, in a transaction of its own; what is to be told is planned anew.
struct settle_clock {
	int64_t now;
	bool statements; // and members get their weekly one
	bool tests;      // and contacts are asked once a quarter whether our mail reaches them
};
bool life_settle_clock(struct db *d, const struct settle_clock *by, struct settled *out,
		       struct err *e) MUST_USE;
