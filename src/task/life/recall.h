// Taking back what batches said (RULES 9): their sightings count no more, nor does what they
// lacked; findings of which nothing is left were never ones. Belongs in a transaction of the
// caller's, who previews by undoing it.
#pragma once

#include "store/batch.h"

struct recalled {
	int64_t sightings, findings; // taken back; of which nothing is left
};

// `b` as batch_by_id gives it. ERR_CONFLICT: it is not done, or was recalled before.
bool life_recall(struct db *d, const struct batch_row *b, struct str reason, int64_t now,
		 struct recalled *out, struct err *e) MUST_USE;
