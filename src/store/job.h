// Jobs as rows, and who works on them. What becomes of one is decided by model/job; these
// calls read and write. Those that write belong in a transaction of the caller's.
#pragma once

#include "base/arena.h"
#include "model/job/job.h"
#include "os/db.h"

struct job_row { // texts of a row that was read hold until the next one is
	int64_t id;
	enum job_kind kind;
	struct str place; // the home in which alone it can be done; empty: in any of this store
	struct str key;
	enum job_state state;
	int64_t due, lease;
	struct str worker;
	int64_t tries; // begun
	int64_t made, ended;
	enum err_kind failed; // why the last try did; ERR_NONE: it did not
	struct str error, result;
};

// By kind, place, key, due and made of *j. Nothing happens where the same is not over yet; *added says
// which.
bool job_add(struct db *d, const struct job_row *j, bool *added, struct err *e) MUST_USE;

// What became of the newest of this kind, place and key; JOB_STATE_COUNT: there was none.
bool job_last(struct db *d, const struct job_row *j, enum job_state *out, struct err *e) MUST_USE;

struct job_claim {
	enum job_kind kind;
	struct str place;
	struct str worker;  // "NODE/ROLE", one process at a time
	int64_t now, lease; // until when
	int64_t most;
};
// The first that are due are this worker's from the commit on: rows for job_next_row, which must
// all be read.
bool job_claim(struct db *d, const struct job_claim *c, struct db_rows **out, struct err *e)
	MUST_USE;

// By id, worker, state, due, ended, failed, error and result of *j. Where the lease was over
// and somebody else has it nothing happens: what it did is known to be done already.
bool job_over(struct db *d, const struct job_row *j, struct err *e) MUST_USE;

bool job_renew(struct db *d, struct str worker, int64_t lease, struct err *e) MUST_USE;
// Also one that is longer than any can be: the clock was set back.
bool job_lapse(struct db *d, int64_t now, int64_t *count, struct err *e) MUST_USE;
bool job_leave(struct db *d, struct str worker, struct err *e) MUST_USE;
// The same of who lives on, and began none of those that it still has: no try is counted.
bool job_untouched(struct db *d, struct str worker, struct err *e) MUST_USE;
bool job_leave_all(struct db *d, struct err *e) MUST_USE;
// When the next of this kind is due, or was; TIME_NEVER: none waits.
bool job_soonest(struct db *d, enum job_kind kind, struct str place, int64_t *due, struct err *e)
	MUST_USE;

struct job_filter {
	int state, kind; // -1: any
	bool all;        // also what is over
	int64_t most;
};
bool job_list(struct db *d, const struct job_filter *f, struct db_rows **out, struct err *e)
	MUST_USE; // newest first
bool job_next_row(struct db_rows *r, struct job_row *out, struct err *e) MUST_USE;
// Texts go to a. False + ERR_NONE: there is none.
bool job_by_id(struct db *d, int64_t id, struct arena *a, struct job_row *out, struct err *e)
	MUST_USE;
// *was: it was waiting or parked.
bool job_retry(struct db *d, int64_t id, int64_t now, bool *was, struct err *e) MUST_USE;
// Parked jobs of this file of the inbox ("FEED/FILE"): a person decided on its batch.
bool job_retry_drop(struct db *d, struct str file, int64_t now, int64_t *count, struct err *e)
	MUST_USE;
bool job_cancel(struct db *d, int64_t id, int64_t now, bool *was, struct err *e) MUST_USE;
// By kind and key, waiting or parked; where there is none nothing happens.
bool job_cancel_key(struct db *d, enum job_kind kind, struct str key, int64_t now, struct err *e)
	MUST_USE;
// All that waits of a kind has no time any more; or, if so, is due.
bool job_pause(struct db *d, enum job_kind kind, struct err *e) MUST_USE;
bool job_resume(struct db *d, enum job_kind kind, int64_t now, struct err *e) MUST_USE;
bool job_forget(struct db *d, int64_t before, struct err *e) MUST_USE; // what ended by then

struct job_depth {
	int64_t due, oldest; // how many, and since when the first of them; 0: none
	int64_t running, parked, later;
};
bool job_depth(struct db *d, int64_t now, struct job_depth *out, struct err *e) MUST_USE;

// What is due next. False + ERR_NONE: nothing. Texts go to a.
bool job_next(struct db *d, int64_t now, struct arena *a, struct job_row *out, struct err *e)
	MUST_USE;

struct status_last { // moments: 0: never
	int64_t batch, hit, finding;
	int64_t held, breakers, candidates; // that wait for an officer
	int64_t unread;                     // of held: those that no guardian holds
	int64_t stuck;                      // parked jobs that do not wait for a held batch
};
bool status_last(struct db *d, struct status_last *out, struct err *e) MUST_USE;

// ---- who works

struct worker_row { // texts of a row that was read hold until the next one is
	struct str node, role;
	int64_t pid, since, restarts, beat; // pid 0: it is not running
	struct str said;                    // why it ended last; may be empty
};
bool worker_put(struct db *d, const struct worker_row *w, struct err *e) MUST_USE;
// This node, and those not heard since.
bool worker_forget(struct db *d, struct str node, int64_t before, struct err *e) MUST_USE;
bool worker_all(struct db *d, struct db_rows **out, struct err *e) MUST_USE;
bool worker_next_row(struct db_rows *r, struct worker_row *out, struct err *e) MUST_USE;
