// The batches of the past whose bytes can be read again, and questions about assets that came
// later than they did. Writing belongs in a transaction of the caller's.
#pragma once

#include "store/archive.h"
#include "store/batch.h"

struct past_batch { // texts of a row that was read hold until the next one is
	int64_t id, feed_id, day, arrived;
	struct str feed, type, file;
	struct archived kept; // sum, path, bytes
	enum archive_fault fault;
};

// Those whose word counted when they came (also what was issued anew since), that came from
// `since` on, oldest first.
bool past_as_they_came(struct db *d, int64_t since, int64_t most, struct db_rows **out,
		       struct err *e) MUST_USE;

struct past_place { // in the order of days; of the next batch to be read
	int64_t day, batch;
};
struct past_range {
	struct str feed;          // only of this one; empty: of any
	int64_t since;            // that came from then on
	struct past_place before; // TIME_NEVER, INT64_MAX: from the newest
	int64_t most;
};
// Those whose word counts, newest day first.
bool past_newest(struct db *d, const struct past_range *r, struct db_rows **out, struct err *e)
	MUST_USE;
bool past_next_batch(struct db_rows *r, struct past_batch *out, struct err *e) MUST_USE;
bool past_count(struct db *d, const struct past_range *r, int64_t *out, struct err *e) MUST_USE;

// Of each feed: since when its batches can be read again, and how many cannot, though they counted.
struct past_feed { // likewise
	struct str feed;
	int64_t id;
	int64_t first; // day of the first; TIME_NEVER: none
	int64_t gone;  // whose bytes retention has let go, or that are marked as damaged or missing
};
bool past_feeds(struct db *d, struct db_rows **out, struct err *e) MUST_USE;
bool past_next_feed(struct db_rows *r, struct past_feed *out, struct err *e) MUST_USE;

// The number of the newest batch that is being read at this moment, and arrived after `since`; 0: none.
bool past_reading(struct db *d, int64_t since, int64_t *out, struct err *e) MUST_USE;
