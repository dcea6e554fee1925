// What one batch says, into a store: its row, its hits as findings, the day that the
// publisher has spoken of, what is over by it and what is to be told of it, all in one
// transaction. Where the bytes stand and how they are read is the caller's (run.h reads a
// file that came; task/rehearse reads the archive again).
#pragma once

#include "store/batch.h"
#include "task/watch/hits.h"

struct publish {               // one batch under way; the caller sets the first five
	const struct run *run; // for the store, roster, warninglists and clock
	const struct run_batch *what;
	struct run_report *report;
	struct batch batch;
	bool dated;       // its name told the day: a report that can be issued anew
	int64_t replaces; // the batch that this one takes the place of; 0: none
	struct hits hits;
};

// The row of these bytes (batch.kept.sum), if they came before. Writes nothing. False + ERR_NONE: they did not.
bool publish_seek(struct publish *p, struct batch_known *out, struct err *e) MUST_USE;

// Finds the batch's row or makes it; in a transaction of the caller's. One that was begun
// before and not ended is taken up as of the day and the moment at which its bytes came.
bool publish_row(struct publish *p, struct err *e) MUST_USE;

// Hits may come; publish_done in any case. The transaction begins with the first that is
// stored, or with publish_all. ERR_CONFLICT then: another run has done this batch meanwhile.
bool publish_begin(struct publish *p, struct err *e) MUST_USE;
bool publish_hit(struct publish *p, const struct scan_hit *hit, struct err *e) MUST_USE;
// Keeps what is left and fills in the report: report->tally must be known. The transaction
// stays open: only its commit publishes anything.
bool publish_all(struct publish *p, struct err *e) MUST_USE;
void publish_done(struct publish *p);

// The batch comes into this state, with the counts of its tally; in a transaction of the
// caller's.
bool publish_state(struct publish *p, enum batch_state state, struct str reason, struct err *e)
	MUST_USE;
