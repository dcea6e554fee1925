// Members in the store: the row, its names, and whom it is under. Every call writes,
// and belongs in a transaction of the caller's.
#pragma once

#include "model/roster/roster.h"
#include "os/db.h"

// Adds it where id is 0 (and sets id), else makes the row what m says; its names too,
// not its umbrellas. ERR_CONFLICT: another member has this slug.
bool member_put(struct db *d, struct member *m, struct err *e) MUST_USE;

// After all members are put: an umbrella is named by its slug.
bool member_put_umbrellas(struct db *d, const struct member *m, struct err *e) MUST_USE;
