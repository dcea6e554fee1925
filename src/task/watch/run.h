// One batch, from a file to findings in the store: its bytes into the archive before
// anything reads them, a row for it, parsed and matched in the cage, equal findings
// merged, and all that it says in one transaction. Killed at any point and run again
// it comes to the same end: what was committed is known by its bytes, what was not is
// done anew.
//
// A batch of a feed (a type of it) with secrets is kept sealed to the officers' key
// (os/archive.h), which this machine cannot undo: it is read from the file that was given,
// and what comes once from a copy in memory that goes with the command.
#pragma once

#include "model/finding/issue_change.h"
#include "model/warning/set.h"
#include "os/archive.h"
#include "os/db.h"
#include "store/batch.h"
#include "task/watch/scan.h"

enum { RUN_FUTURE_HOURS = 24 }; // an event further ahead of the clock counts as of now

struct run { // what every batch of one command shares; the caller owns all of it
	struct db *db;
	const struct roster *roster; // as stored: members and assets with their ids
	const struct index *index;
	const struct warnings *warnings;    // NULL: none
	const struct issue_changes *issues; // NULL: the table as it stands
	const char *archive;                // its folder
	const char *public; // file with the officers' public key, for what has secrets
	int64_t now;
	unsigned jobs;
	bool dry;                                              // look, and leave nothing behind
	void (*progress)(void *, uint64_t done, uint64_t all); // NULL: none
	void *context;
};

// A batch of the past, read again (RULES 4: the past belongs to whom it belonged).
struct run_past {
	int64_t came; // when it did: what was news then is news
	int64_t unproven; // of an asset that is not proven to be held since, only what happened from then on
	const bool *asked; // by the assets' places in the roster: only theirs; NULL: all
	int64_t retro;     // the question; 0: none was asked
	uint64_t early;    // claims of before the proof: they are nobody's to be told
};

struct run_batch {
	struct run_past *past; // NULL: it comes now
	const struct feed *feed;
	const struct feed_type *type;
	int64_t day;      // midnight of the day that it tells of; TIME_EVER: the day it came
	const char *path; // NULL: standard input
	struct str name;  // of the file, without folders
};

struct run_report {
	bool known;    // these bytes were done before: nothing was changed
	int64_t batch; // if known: which, and what became of it
	enum batch_state state;
	int64_t day; // as its row has it: of what came before, that of then
	struct archived kept;
	struct scan_tally tally;
	// Findings that opened, were seen again, candidates that began, candidates that
	// became findings, and what was too old to open one; new ones that warninglists
	// hold back (they count as neither of the first), and those that these let go.
	uint64_t fresh, refreshed, candidates, promoted, old, held, released;
	uint64_t reopened;   // were over, or said to be fixed, and are not
	uint64_t suppressed; // hits on confirmed false alarms: not even counted
	uint64_t again;      // are told again, for a vulnerability
	uint64_t ended;      // are over by what the batch no longer has
	uint64_t breakers;   // issues that would tell so many at once that an officer decides
	// Not JUNK_NONE: no record gave anything that could be looked up, and this is what
	// was said of most. They may well be so (an event of nothing but hashes).
	enum junk all_junk;
};

// A batch that is in the archive and could not be read to its end (its bytes are bad, or
// its reader died), or of which no record could be read, is held with the reason: nothing of it is published, and running it
// again tries again.
// ERR_CONFLICT: the file was changed while it was read, or another run is writing.
// ERR_CONFIG: it has secrets, and there is no key to seal its archive to: nothing was read.
bool run_batch(const struct run *r, const struct run_batch *b, struct run_report *out,
	       struct err *e) MUST_USE;
