// Assets in the store. A row is never deleted, since findings and the past name it:
// what is no longer a member's has an `until`. Every call writes, and belongs in a
// transaction of the caller's.
#pragma once

#include "model/roster/key.h"
#include "os/db.h"

// Adds it where id is 0 and sets id, else changes what is said of it: whose it is and
// what never change. `member` is a row's number, 0 for a hole.
bool asset_put(struct db *d, int64_t member, struct asset *x, const struct asset_key *key,
	       struct err *e) MUST_USE;

bool asset_end(struct db *d, int64_t id, int64_t until, struct err *e) MUST_USE;
