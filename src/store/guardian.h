// What the guardians of the feeds know, as rows (model/guardian). Writing belongs in a
// transaction of the caller's; feed is a feed's number (batch_feed).
#pragma once

#include "model/guardian/columns.h"
#include "os/db.h"

struct guarded { // whose batches are compared
	int64_t feed;
	struct str type;
};

// Of which types the feed has brought batches, and its number (0: none yet); in a.
struct guarded_types {
	int64_t feed;
	LIST(struct str) at;
};
bool guarded_types(struct db *d, struct str feed, struct arena *a, struct guarded_types *out,
		   struct err *e) MUST_USE;
// The newest that are done, at most *count of them, which becomes their number.
bool guarded_batches(struct db *d, const struct guarded *g, struct guardian_batch *out,
		     size_t *count, struct err *e) MUST_USE;
// When something came of the feed since then, in whatever state, oldest first; likewise.
bool guarded_arrivals(struct db *d, int64_t feed, int64_t since, int64_t *out, size_t *count,
		      struct err *e) MUST_USE;
// Names live in a; none where nothing is known.
bool guarded_columns(struct db *d, const struct guarded *g, struct arena *a,
		     struct column_runs *out, struct err *e) MUST_USE;
bool guarded_columns_put(struct db *d, const struct guarded *g, struct str columns, struct err *e)
	MUST_USE;

struct fault_row { // texts hold until the next row is read
	struct str feed, type;
	struct fault fault;
	int64_t batch, seen;
};
enum {
	FAULT_SHOWN_HOURS = 12
}; // columns that changed are known with the next batch, and shown so long

// All that is wrong with the newest batch, in place of what was before.
bool fault_note(struct db *d, const struct guarded *g, int64_t batch, int64_t now,
		const struct faults *f, struct err *e) MUST_USE;
// One kind alone; NULL: it is well.
bool fault_note_one(struct db *d, const struct guarded *g, enum fault_kind kind, int64_t now,
		    const struct fault *f, struct err *e) MUST_USE;
// By feed, kind and type: what an officer has not decided yet.
bool fault_all(struct db *d, struct db_rows **out, struct err *e) MUST_USE;
bool fault_next_row(struct db_rows *r, struct fault_row *out, struct err *e) MUST_USE;

// Of one, added; texts go to a.
bool fault_of(struct db *d, const struct guarded *g, struct arena *a, struct faults *out,
	      struct err *e) MUST_USE;

struct pulse { // 0: never, not known
	int64_t last, patience, learnt;
};
bool pulse_of(struct db *d, struct str feed, struct pulse *out, struct err *e) MUST_USE;
bool pulse_put(struct db *d, int64_t feed, const struct pulse *p, struct err *e) MUST_USE;

struct certificate { // when it holds; until 0: none was seen
	int64_t since, until;
};
bool certificate_of(struct db *d, struct str feed, struct certificate *out, struct err *e) MUST_USE;
bool certificate_put(struct db *d, int64_t feed, const struct certificate *c, struct err *e)
	MUST_USE;
