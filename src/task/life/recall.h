// Taking back what was seen (RULES 9): sightings count no more, findings of which nothing is
// left were never ones, and who was told is owed one correction. Of a batch that is taken
// back whole, what it lacked proves nothing either. Belongs in a transaction of the caller's,
// who previews by undoing it.
#pragma once

#include "store/batch.h"
#include "store/life.h"

struct recalling {
	struct str reason;
	int64_t now;
	const struct batch_row *whole; // batches as batch_by_id gives them, or …
	size_t count;
	const struct void_filter *some; // … sightings: NULL, or a list of filters,
	size_t filters;
	struct str seen; // that see this: an address, a prefix, a name; empty: anything
};

struct recalled {
	int64_t id;
	int64_t sightings, findings, members; // taken back, and what it is about
	int64_t gone;                         // findings of which nothing is left
	struct recall_told told;
};

// ERR_CONFLICT: a batch is not done, or was recalled before. ERR_ABSENT: there is nothing
// that counts.
bool life_recall(struct db *d, const struct recalling *r, struct recalled *out, struct err *e)
	MUST_USE;
