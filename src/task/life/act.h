// What an officer does to findings, and what a member answers through an officer (RULES 8):
// each act is one row of history, may be undone, and is refused where the finding's state
// does not allow it, with what happened before.
#pragma once

#include "base/arena.h"
#include "store/finding.h"
#include "store/life.h"

#define LIFE_NEVER_FALSE                                                \
	"an infection is never a false alarm (RULES 8): close it, and " \
	"see whether it comes back"

struct act {
	enum life_act act;
	struct str who, reason;
	enum finding_end ended; // DO_CLOSE; DO_DISPUTE: what the member says
	int64_t until;          // DO_ACCEPT; DO_PROMISE: by then, or TIME_NEVER
	int64_t now;
};

// In a transaction of the caller's. ERR_CONFLICT: it may not be done; says who did what and
// when. ERR_DENIED: an infection is said to be a false alarm. *done is the row. A confirmed
// false alarm is suppressed while its evidence stays the same; what is confirmed as not the
// member's becomes a hole. DO_UNDO takes back the last act of an officer's, if nothing
// happened since, and what else its hole had ended comes back. Each act is a row of the
// audit, too.
bool life_act(struct db *d, const struct finding_row *f, const struct act *a, struct arena *arena,
	      struct change_row *done, struct err *e) MUST_USE;
