// The one reader of the past: batches of the archive, one after the other, each read in the
// strict cage as when it came (task/watch/scan.h). Several are read at once, small neighbours
// of one feed by one child (decision 018), and heard in their order. What cannot be read is left
// out and counted (task/past/past.h); the next is read all the same.
#pragma once

#include "task/past/past.h"

// Batches that came since then, of this feed (empty: of any), newest day first; texts live in p->a.
struct past_batches {
	LIST(struct past_batch) at;
};
bool past_load(struct past *p, struct str feed, int64_t since, struct past_batches *out,
	       struct err *e) MUST_USE;
// The event's own time, else when its batch came.
int64_t past_time(const struct scan_hit *hit, const struct past_batch *b);

struct past_reading { // a batch may be read more than once, in different ways
	const struct past_batch *batch;
	unsigned pass;                // from 0
	const struct feed *feed;      // as its file says today; NULL: there is none
	const struct feed_type *type; // likewise
};

struct past_walk {
	struct past *past;
	unsigned jobs;               // children at once, 1 to SCAN_MAX_JOBS
	const struct past_batch *at; // their texts must outlive the walk
	size_t count;
	// How it is read: roster, index, gate, give and events of *s; feed and type of *r where
	// others are wanted. False: it is not, and no later pass of the batch is asked for. It is
	// asked before its turn: all that it names must hold until the turn is over.
	bool (*wants)(void *, struct past_reading *r, struct scan *s);
	// Its turn: then its hits, then its end (tally NULL: it could not be read, *why, and
	// what was said of it until then counts for nothing). False ends the walk.
	bool (*begins)(void *, const struct past_reading *r, struct err *e); // NULL: nothing
	bool (*hit)(void *, const struct past_reading *r, const struct scan_hit *hit,
		    struct err *e);
	bool (*ends)(void *, const struct past_reading *r, const struct scan_tally *tally,
		     const struct err *why, struct err *e);
	bool (*enough)(void *); // no more is begun; what is, is heard to its end; NULL: never
	size_t *next;           // set to the first batch that was not begun; NULL: nobody asks
	void (*progress)(void *, uint64_t done, uint64_t all); // batches; NULL: none
	void *context, *progress_context;
};

bool past_walk(const struct past_walk *w, struct err *e) MUST_USE;
