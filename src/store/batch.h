// Batches: one row for the bytes of each fetch of a feed. Every call but batch_feed
// and batch_find writes, and belongs in a transaction of the caller's.
#pragma once

#include "os/archive.h"
#include "os/db.h"

// The numbers stand in the store; a greater one is further.
enum batch_state {
	BATCH_ARRIVED, // its bytes are in the archive
	BATCH_HELD,    // reading it failed: nothing of it was published
	BATCH_DONE,    // its findings are committed
};

struct batch {
	int64_t id, feed;
	struct str type; // report type; empty where the feed has one
	int64_t day;     // midnight of the day that it tells of
	int64_t arrived;
	struct str file; // its name when it came
	struct archived kept;
	enum batch_state state;
};

struct batch_count {
	struct str reason;
	uint64_t count;
};

struct batch_end {
	enum batch_state state;
	struct str reason; // of BATCH_HELD
	uint64_t records, hits;
	const struct batch_count *junk;
	size_t junk_count;
};

// The row of a feed, made where there is none.
bool batch_feed(struct db *d, struct str name, int64_t *out, struct err *e) MUST_USE;

// Have these bytes come from this feed before? `day`: on that day (a list of what is
// bad says something new each day, with the same bytes); TIME_EVER: on any.
// False + ERR_NONE: no. Sets id and state.
bool batch_find(struct db *d, struct batch *b, int64_t day, struct err *e) MUST_USE;

bool batch_add(struct db *d, struct batch *b, struct err *e) MUST_USE; // sets id
bool batch_finish(struct db *d, const struct batch *b, const struct batch_end *end, struct err *e)
	MUST_USE;
