// What the metrics count: few rows of sums, by indexes, also where there are millions of rows.
// Nothing that is counted since ever is deleted from its table, so that those numbers only grow.
#pragma once

#include "base/arena.h"
#include "model/finding/finding.h"
#include "model/finding/issue.h"
#include "os/db.h"

struct metric_feed { // texts of a row that was read hold until the next one is
	struct str name;
	int64_t batches, records, hits;                // since ever
	int64_t held;                                  // batches that wait for an officer
	int64_t last_records, last_junk, last_arrived; // of the newest batch that is done; 0: none
	int64_t good, failures;                        // of its fetching; 0: never
};
bool metric_feeds(struct db *d, struct db_rows **out, struct err *e) MUST_USE;
bool metric_next_feed(struct db_rows *r, struct metric_feed *out, struct err *e) MUST_USE;

struct metric_job {
	int64_t kind, due, oldest; // enum job_kind; since when the first is due, 0: none
	int64_t running, parked, later;
};
bool metric_jobs(struct db *d, int64_t now, struct db_rows **out, struct err *e) MUST_USE;
bool metric_next_job(struct db_rows *r, struct metric_job *out, struct err *e) MUST_USE;

bool metric_findings(struct db *d, enum finding_state state, enum severity severity, int64_t *count,
		     struct err *e) MUST_USE;
// 0: none is.
bool metric_unanswered(struct db *d, enum severity severity, int64_t *since, struct err *e)
	MUST_USE;

struct metric_numbers {
	int64_t findings, notices; // the number of the newest: so many there were ever
	int64_t due;               // since when the first notice at once is due; 0: none is
};
bool metric_numbers(struct db *d, int64_t now, struct metric_numbers *out, struct err *e) MUST_USE;

struct metric_condition {
	int64_t kind, count, opened; // enum condition_kind; since when the first is there
};
bool metric_conditions(struct db *d, struct db_rows **out, struct err *e) MUST_USE;
bool metric_next_condition(struct db_rows *r, struct metric_condition *out, struct err *e) MUST_USE;
