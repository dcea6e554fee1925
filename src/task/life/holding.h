// When the roster moved: what members are found with and no longer hold is over, with that
// reason; what another of their assets holds (a prefix was split) goes on (RULES 4).
// Belongs in the transaction that changed the roster.
#pragma once

#include "base/str.h"
#include "os/db.h"

bool life_holding(struct db *d, int64_t now, int64_t *ended, struct err *e) MUST_USE;

// A hole was made at the time `then`, and is taken back now: what ended with it, and the
// member holds again, is as it was; *count says how many.
struct unholed {
	int64_t then, now;
	struct str who;
};
bool life_holding_again(struct db *d, const struct unholed *u, int64_t *count, struct err *e)
	MUST_USE;
