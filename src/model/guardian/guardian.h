// A feed's guardian: is what came like what came before? The bounds are the feed file's where
// it names them, else they are learnt from the feed's own last batches (RULES 4). Pure; the
// batches are counted by task/watch/guard.
#pragma once

#include "base/arena.h"
#include "model/feed/feed.h"

// The numbers stand in the store: new ones at the end.
// clang-format off
#define FAULTS(X)                                                                             \
	X(FAULT_SILENT,      "silent")      /* nothing came for too long */                       \
	X(FAULT_MISSING,     "missing")     /* a column that the feed file reads is gone */       \
	X(FAULT_CHANGED,     "changed")     /* columns that nobody reads came, or went */         \
	X(FAULT_LARGE,       "large")       /* too many records */                                \
	X(FAULT_SMALL,       "small")       /* too few */                                         \
	X(FAULT_JUNK,        "junk")        /* too many of them cannot be read */                 \
	X(FAULT_HITS,        "hits")        /* none is a member's, where some always were */      \
	X(FAULT_COVERAGE,    "coverage")    /* the publisher does not know all that it should */  \
	X(FAULT_CREDENTIAL,  "credential")  /* what we show to the publisher ends soon */         \
	X(FAULT_CERTIFICATE, "certificate") /* what the publisher shows to us ends soon */
// clang-format on
#define X(id, word) id,
enum fault_kind { FAULTS(X) FAULT_COUNT };
#undef X
struct str fault_word(enum fault_kind kind);

enum {
	GUARDIAN_BATCHES = 30, // the newest of a feed and type, from which is learnt …
	GUARDIAN_LEAST = 5,    // … if there are so many
	GUARDIAN_TIMES = 3,    // more than so many times the most records of them is too many …
	GUARDIAN_MORE = 100,   // … if it is so many more
	GUARDIAN_PART = 10,    // less than such a part of the (second) fewest is too few …
	GUARDIAN_FEWER = 10,   // … if it is so many fewer
	GUARDIAN_JUNK = 50, // so many per mille more junk than ever, and twice as much: it rises …
	GUARDIAN_UNREAD = 250, // … and with so many per mille the batch proves no absence
	GUARDIAN_HITS = 5,     // where each had so many hits, none is too few
	GUARDIAN_DAYS = 35,    // of arrivals, from which the pace is learnt …
	GUARDIAN_SPAN = 7,     // … if they span so many days
};

struct guardian_batch { // one of a feed and type, that was read
	uint64_t records, hits;
	uint64_t junk; // of records and of selectors: may be more than records
	int64_t arrived;
};

struct guardian_usual { // count 0: nothing is known
	unsigned count;
	uint64_t least, most; // records
	unsigned junk;        // per mille, the most
	uint64_t hits;        // the fewest
}; // of least, junk and hits the second: one odd batch that was believed teaches nothing
struct guardian_usual guardian_usual(const struct guardian_batch *b, size_t count);
unsigned guardian_junk(const struct guardian_batch *b); // per mille, up to 1000

// What a batch may be. least 0, most UINT64_MAX, junk 1000, hits 0: nothing is said.
struct guardian_bounds {
	uint64_t least, most;
	unsigned junk;
	uint64_t hits;
};
struct guardian_bounds guardian_bounds(const struct feed *f, const struct guardian_usual *u);

struct fault {
	enum fault_kind kind;
	bool holds; // nothing of the batch may be published before an officer looked
	struct str says;
};
struct faults {
	unsigned count;
	struct fault at[FAULT_COUNT];
};

// Adds what is wrong with the batch's numbers; texts go to a. It holds where telling would be
// wrong (too many), where absence would be proven by what could not be read (too few, junk,
// no hits; not of streams and indicators, which prove none), and where the feed file's own
// bounds are broken.
void guardian_judge(const struct feed *f, const struct guardian_usual *u,
		    const struct guardian_batch *b, struct arena *a, struct faults *out);

// How long nothing may come of the feed, microseconds: what the feed file says; or, of its
// arrivals in the last GUARDIAN_DAYS (oldest first), half more than the second longest time
// between two, and an hour. The longest may be the day on which it was silent. 0: not known.
int64_t guardian_patience(const struct feed *f, const int64_t *arrived, size_t count);
