// Is a batch too big, or too small, to be believed? Before anything of it is published its
// records are counted against what the feed file expects (`rows`) and against what this
// feed and type had before: a publisher's mistake, or the day of a great hole, is for an
// officer to look at first.
#pragma once

#include "model/feed/feed.h"
#include "store/batch.h"

enum {
	GUARD_BATCHES = 30, // the newest are looked at …
	GUARD_LEAST = 5,    // … if there are so many
	GUARD_TIMES = 3,    // more than so many times the most records of one of them …
	GUARD_MORE = 100,   // … and at least so many more are held
};

// Why the batch is to be held (ERR_LIMIT says it, and what to do), or true.
bool guard_batch(struct db *d, const struct feed *f, const struct batch *b, uint64_t records,
		 struct err *e) MUST_USE;
