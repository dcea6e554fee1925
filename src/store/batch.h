// Batches: one row for the bytes of each fetch of a feed. Every call but batch_feed
// and batch_find writes, and belongs in a transaction of the caller's.
#pragma once

#include "base/arena.h"
#include "os/archive.h"
#include "os/db.h"

// The numbers stand in the store: new ones go at the end.
// clang-format off
#define BATCH_STATES(X)                                                                     \
	X(BATCH_ARRIVED,   "arrived")   /* its bytes are in the archive */                  \
	X(BATCH_HELD,      "held")      /* unreadable, or it looks wrong: nothing was published */ \
	X(BATCH_DONE,      "done")      /* its findings are committed */                    \
	X(BATCH_DISCARDED, "discarded") /* an officer let a held one go: it says nothing */ \
	X(BATCH_REPLACED,  "replaced")  /* the publisher issued it anew: what it said is void */ \
	X(BATCH_RECALLED,  "recalled")  /* it was wrong: what it said is void */            \
	X(BATCH_RELEASED,  "released")  /* an officer looked at a held one: it may be read */
// clang-format on
#define X(id, word) id,
enum batch_state { BATCH_STATES(X) BATCH_STATE_COUNT };
#undef X

struct str batch_state_word(enum batch_state state);
bool batch_state_read(struct str word, enum batch_state *out) MUST_USE;

// Will these bytes change nothing any more?
static inline bool batch_over(enum batch_state state)
{
	return state >= BATCH_DONE && state != BATCH_RELEASED;
}

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
// Makes none. False + ERR_NONE: there is none.
bool batch_feed_seek(struct db *d, struct str name, int64_t *out, struct err *e) MUST_USE;

struct batch_sought {
	int64_t day; // on that day (a list of what is bad says something new each day, with
		     // the same bytes); TIME_EVER: on any
	bool let_go; // also of another day, where an officer released them and nobody read them
};
struct batch_known {
	int64_t id;
	enum batch_state state;
	int64_t day, arrived;    // as they were when the bytes came
	char path[ARCHIVE_PATH]; // where these stand; empty: nowhere any more
};
// Have these bytes (feed and sum of *b) come from this feed before? False + ERR_NONE: no.
bool batch_find(struct db *d, const struct batch *b, const struct batch_sought *by,
		struct batch_known *out, struct err *e) MUST_USE;

// Its row by number; texts go to a. False + ERR_NONE: there is none.
struct batch_row {
	struct batch batch; // kept: the path alone
	struct str feed, reason;
	uint64_t records, hits;
};
bool batch_by_id(struct db *d, int64_t id, struct arena *a, struct batch_row *out, struct err *e)
	MUST_USE;
// Newest first; feed empty: of any; state < 0: in any.
bool batch_list(struct db *d, struct str feed, int state, struct db_rows **out, struct err *e)
	MUST_USE;
bool batch_next_row(struct db_rows *r, struct batch_row *out, struct err *e) MUST_USE;

// What came of it, beyond its row.
struct batch_more {
	unsigned char sum[DIGEST_BYTES]; // of the bytes as they came
	int64_t findings, opened;        // that it saw; of them, those that no batch before it saw
	int64_t voided;                  // sightings that were taken back
	int fault;                       // enum archive_fault, as it was found last
};
bool batch_more(struct db *d, int64_t id, struct batch_more *out, struct err *e) MUST_USE;
// By reason; a text holds until the next row is read.
bool batch_junk(struct db *d, int64_t id, struct db_rows **out, struct err *e) MUST_USE;
bool batch_next_junk(struct db_rows *r, struct batch_count *out, struct err *e) MUST_USE;

bool batch_become(struct db *d, int64_t id, enum batch_state state, struct str reason,
		  struct err *e) MUST_USE;

bool batch_add(struct db *d, struct batch *b, struct err *e) MUST_USE; // sets id
bool batch_finish(struct db *d, const struct batch *b, const struct batch_end *end, struct err *e)
	MUST_USE;
