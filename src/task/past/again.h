// What a batch of the past says, into the store once more: by today's roster and feed file,
// with the news of when it came. Nothing is counted twice, told twice or taken back twice
// (struct run_past); the days that its publisher has spoken of stay as they were noted.
#pragma once

#include "store/past.h"
#include "task/watch/hits.h"

struct past_again {
	const struct run *run;
	const struct past_batch *batch;
	struct run_past *past;
	struct run_batch what;
	struct hits hits;
	bool open; // hits are added
};

// The transaction begins with what is stored first. past_again_done in any case.
bool past_again_begin(struct past_again *x, const struct feed *f, const struct feed_type *type,
		      struct err *e) MUST_USE;
bool past_again_hit(struct past_again *x, const struct scan_hit *hit, struct err *e) MUST_USE;
// All is kept, with the counts in *out; the transaction is open, and the caller's.
bool past_again_end(struct past_again *x, struct run_report *out, struct err *e) MUST_USE;
void past_again_done(struct past_again *x);

// What is over by now, and what is to be told, in a transaction of the caller's. `batch`, `feed`:
// that were the occasion; 0: none.
struct past_settled {
	int64_t ended, at_once, digest;
};
bool past_settle(struct db *d, int64_t now, int64_t batch, int64_t feed, struct past_settled *out,
		 struct err *e) MUST_USE;
