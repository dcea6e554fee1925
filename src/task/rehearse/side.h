// One side of a rehearsal: a store of its own, and who and what is asked there. Each batch
// is published into it as task/watch publishes one, with the clock of the moment when it came.
#pragma once

#include "store/life.h"
#include "store/past.h"
#include "store/scratch.h"
#include "task/watch/publish.h"

struct side_heard { // of a batch that brought no hit
	struct str feed, type;
	struct heard heard;
};

struct side {
	struct db *db;                 // side_done closes it
	struct db *from;               // the home's
	struct arena *a;               // for what was heard
	LIST(struct side_heard) heard; // and is not in the store yet
	int64_t heard_to;              // up to which moment the store has what publishers said
	struct roster roster;
	struct index *index;
	struct run run;
	bool pending; // time passed, or publishers were heard, since what is over was looked for
	// The batch at hand:
	struct run_batch what;
	struct run_report report;
	struct publish publish;
	bool begun; // something of it is to be stored
};

// The store is there (s->db): reads the roster out of it, without what was over by `since`,
// and makes the index.
bool side_ready(struct side *s, int64_t since, struct arena *a, struct err *e) MUST_USE;
void side_done(struct side *s);

// The clock moves on; on another day what is over ends.
bool side_clock(struct side *s, int64_t until, struct err *e) MUST_USE;

// A batch, its hits, and its end; or it cannot be read after all.
void side_begin(struct side *s, const struct past_batch *b, const struct feed *f,
		const struct feed_type *type);
bool side_hit(struct side *s, const struct scan_hit *hit, struct err *e) MUST_USE;
bool side_end(struct side *s, const struct scan_tally *t, struct err *e) MUST_USE;
void side_drop(struct side *s);

// At the end of all: what is over by now, and what would be told.
bool side_settle(struct side *s, struct err *e) MUST_USE;
