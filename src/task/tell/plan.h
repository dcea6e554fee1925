// What is to be told to whom, when and why (RULES 5, 6), planned in the transaction of what
// makes it so: a batch, an officer's act, the clock. What leaves is made of the rows of the plan
// (task/tell/compose.h). Costs what is new, changed or over since it was planned last, not what
// is stored.
#pragma once

#include "base/arena.h"
#include "store/notice.h"

struct planning {
	int64_t now;
	int64_t batch, feed; // that were the occasion; 0: none
};

struct planned {
	int64_t at_once, digest; // notices, before anything is held
	int64_t held;            // by the breaker, also earlier ones that had not gone
	int64_t breakers;        // issues that are held since now
};

// Looks at each finding that opened, came back, got worse or ended since the last call, also
// where that was another process, and plans or takes out. In a transaction of the caller's.
bool notice_plan(struct db *d, const struct planning *p, struct planned *out, struct err *e)
	MUST_USE;

// An officer's word on what the breaker holds: b->state, decided, who and reason are set. In
// a transaction of the caller's. *count says how many notices go, or never do.
bool notice_decide(struct db *d, const struct breaker_row *b, int64_t *count, struct err *e)
	MUST_USE;
