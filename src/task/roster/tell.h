// What a change of the roster says in the audit: a row a thing, with the fields that
// changed, before and after; of more than ROSTER_AUDITED things one row with the digest of
// the file and the counts. Belongs in the transaction of the change.
#pragma once

#include "task/roster/change.h"

struct roster_telling {
	const struct roster_change *change;
	const struct roster_outcome *out;
	struct str file; // the bytes of an import; empty: a command
	struct arena *a;
};

bool roster_tell_audit(struct db *d, const struct roster_telling *t, struct err *e) MUST_USE;
