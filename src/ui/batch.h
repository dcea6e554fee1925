// What commands that are given batches by number have in common.
#pragma once

#include "store/batch.h"

// The batch of a typed number; texts go to a. ERR_USAGE: it is no number; ERR_ABSENT: there
// is none of it.
bool batch_named(struct db *d, struct str word, struct arena *a, struct batch_row *out,
		 struct err *e) MUST_USE;
