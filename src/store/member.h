// Members in the store: the row, its names, and whom it is under. What puts writes, and
// belongs in a transaction of the caller's.
#pragma once

#include "model/roster/roster.h"
#include "os/db.h"

// The number of the member that is called so, also of one that left. ERR_ABSENT: there is none;
// it says which is meant, where one is near. a: for as long as that is looked for.
bool member_named(struct db *d, struct str slug, struct arena *a, int64_t *out, struct err *e)
	MUST_USE;
// Is there such a member, where one is asked for (.p not NULL)? Errors as above. A list of one that
// there is not would be empty, as that of one with whom all is well.
bool member_is(struct db *d, struct str slug, struct arena *a, struct err *e) MUST_USE;

// Adds it where id is 0 (and sets id), else makes the row what m says; its names too,
// not its umbrellas. ERR_CONFLICT: another member has this slug.
bool member_put(struct db *d, struct member *m, struct err *e) MUST_USE;

// After all members are put: an umbrella is named by its slug.
bool member_put_umbrellas(struct db *d, const struct member *m, struct err *e) MUST_USE;
