// From what a batch says (merge.h) to findings in the store, by the rules of
// model/finding. All of it happens in one transaction, which the caller begins and
// commits; keep_merged may be called several times in it.
#pragma once

#include "model/roster/roster.h"
#include "os/db.h"
#include "task/draw.h"
#include "task/watch/merge.h"

struct keep {
	struct db *db;
	const struct roster *roster;
	const struct index *index;
	struct str feed, type; // names
	struct str source;     // "FEED/TYPE", as finding.sources has it
	int64_t feed_id, batch, now;
	bool past;           // the batch is read again: nothing of it is said twice
	int64_t retro;       // the question by which; 0: none
	int64_t next;        // number of the next new finding; 0: not asked yet
	struct draw numbers; // of public ids
	uint64_t fresh, refreshed, candidates, promoted, old; // what became of the merged ones
	uint64_t held;                                        // new ones held back by warninglists
	uint64_t released;                                    // held ones that are so no more
	uint64_t reopened;                                    // were over, or said to be fixed
	uint64_t again;                                       // have a new vulnerability
};

bool keep_merged(struct keep *k, struct merge *m, struct err *e) MUST_USE;
