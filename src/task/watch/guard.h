// The guardian at work: before anything of a batch is published it is compared with what the
// feed file expects and what this feed and type brought before (model/guardian). A
// publisher's mistake, or the day of a great hole, is for an officer to look at first.
#pragma once

#include "store/guardian.h"
#include "task/watch/run.h"

struct guard { // of one batch
	const struct run *run;
	const struct run_batch *what;
	const struct batch *batch; // with its row
	struct columns_had had;
	struct faults found;
	struct column_runs runs; // as of the batches before
	struct str columns;      // to be stored when it is published
};

// What is wrong with the batch becomes g->found; texts live in a. The first four fields are
// the caller's. ERR_LIMIT: it is to be held; why, and what to do.
bool guard_look(struct guard *g, const struct scan_tally *t, struct arena *a, struct err *e)
	MUST_USE;

// That the feed brought something, and what was found; of one that is published also what was
// learnt. In the transaction in which the batch comes into its state.
bool guard_note(const struct guard *g, bool published, struct arena *a, struct err *e) MUST_USE;

// The columns of a batch: of its header's names, or of what its selectors gave. In a.
struct columns_had guard_columns(const struct run_batch *what, const struct scan_tally *t,
				 struct str header, struct arena *a);
