// What was read of batches and is not published yet. Batches are read many at a time and
// published many at a time, for each reading forks, and each fork makes what the stores write
// next dearer.
#pragma once

#include "task/rehearse/side.h"

enum {
	AHEAD_MOST = 64,             // readings
	AHEAD_BYTES = 64 << 20,      // of hits
	AHEAD_HIT = 2 * (512 << 10), // more than one hit takes (WIRE_MAX_FRAME)
};

struct ahead_hit {
	struct scan_hit hit; // without matches
	struct matched *match;
	struct event event;
	struct ahead_hit *next;
};

struct ahead_reading { // of one batch, for one side or both
	const struct past_batch *batch;
	const struct feed *feed;
	const struct feed_type *type;
	bool to[2];     // the sides
	bool split;     // a hit is of the side that its view tells
	bool bad;       // it could not be read: nothing of it counts
	bool published; // as it is read: it has more hits than are kept
	struct scan_tally tally;
	struct ahead_hit *first, *last;
};

struct ahead {
	struct arena a; // of the hits
	struct ahead_reading *at;
	unsigned count;
};

void ahead_init(struct ahead *x, struct arena *a); // readings live in a
void ahead_done(struct ahead *x);
static inline bool ahead_full(const struct ahead *x)
{
	return x->count == AHEAD_MOST;
}

// Another reading begins, as `r` says; ahead_full must be false.
struct ahead_reading *ahead_add(struct ahead *x, const struct ahead_reading *r);

// A hit of the newest reading: kept, or, where there is no more room, all that is kept is
// published, and it from then on as it is read.
bool ahead_hit(struct ahead *x, struct side side[2], const struct scan_hit *hit, struct err *e)
	MUST_USE;
// The newest reading is over; `tally` NULL: it could not be read.
bool ahead_end(struct ahead *x, struct side side[2], const struct scan_tally *tally, struct err *e)
	MUST_USE;

// Publishes all, in its order.
bool ahead_publish(struct ahead *x, struct side side[2], struct err *e) MUST_USE;
