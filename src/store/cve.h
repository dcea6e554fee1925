// Which vulnerabilities the news of a finding named, as rows: what nobody had named before
// is told again (RULES 3). Writing belongs in a transaction of the caller's.
#pragma once

#include "model/finding/life.h"
#include "os/db.h"

struct cve_row { // of one batch and day, whose sighting of the finding says whether it counts
	int64_t finding, feed, day, batch;
	struct str cve;
	bool fresh; // nobody had named it
};

bool cve_add(struct db *d, const struct cve_row *c, struct err *e) MUST_USE;
// *known: a word that counts names it, or counted until the report was issued anew just now.
bool cve_known(struct db *d, int64_t finding, struct str cve, bool *known, struct err *e) MUST_USE;

struct cve_since { // its text holds until the next
	struct str cve;
	int64_t day;       // on which it was named first
	int64_t exploited; // since when attackers are known to use it; TIME_NEVER: they are not
};
bool cve_of(struct db *d, int64_t finding, struct db_rows **out, struct err *e) MUST_USE;
bool cve_next_row(struct db_rows *r, struct cve_since *out, struct err *e) MUST_USE;

// ---- what attackers use (RULES 3)

struct exploited {
	struct str cve;
	int64_t feed, batch, since;
	bool fresh; // that it is so was news when it came
};
bool exploited_add(struct db *d, const struct exploited *x, struct err *e) MUST_USE;
bool exploited_forget(struct db *d, int64_t batch, struct err *e) MUST_USE;

struct exploited_finding { // a row a finding and vulnerability, by finding; texts hold until the next
	int64_t finding;
	struct life life;
	struct str cve;
};
// Findings that are told again, for this batch says that attackers use what they have.
bool exploited_new(struct db *d, int64_t batch, struct db_rows **out, struct err *e) MUST_USE;
bool exploited_next_row(struct db_rows *r, struct exploited_finding *out, struct err *e) MUST_USE;

// ---- taken back

// A change that told of a new vulnerability which nobody names now, of a finding of which
// something is chosen to be taken back (store/life.h) and counts no more.
struct cve_unfounded {
	int64_t change, finding, batch, at;
	struct life was, is; // before it; today
};
bool cve_unfounded(struct db *d, struct db_rows **out, struct err *e)
	MUST_USE; // by finding, newest first
bool cve_next_unfounded(struct db_rows *r, struct cve_unfounded *out, struct err *e) MUST_USE;
