// A store to rehearse in: in memory, on disk without a name where it grows, gone with its
// handle. Members, assets and feeds have the numbers that they have in the store it is made
// of; batches and findings it has none. The store it is made of is only read.
#pragma once

#include "model/roster/key.h"
#include "os/archive.h"
#include "os/db.h"

struct scratch_of {
	struct db *from;
	const struct roster *roster; // of `from`; what is over by `now` is left out
	name_idn idn;
	int64_t now;
};

// With roster, feeds, what publishers look at, confirmed false alarms, and since when things
// are watched.
bool scratch_open(const struct scratch_of *of, struct arena *a, struct db **out, struct err *e)
	MUST_USE;

// What publishers said, and the rehearsal has not noted itself, after `after` and up to
// `until`, on what they brought nothing of too.
bool scratch_hear(struct db *scratch, struct db *from, int64_t after, int64_t until, struct err *e)
	MUST_USE;

struct scratch_finding { // texts of a row that was read hold until the next one is
	struct str slug, issue, seen, held;
	unsigned severity;
	int state; // enum finding_state
	int64_t first_seen, last_seen;
	int64_t at_once, digest; // notices of it that go, or wait for an officer
};
bool scratch_findings(struct db *scratch, struct db_rows **out, struct err *e)
	MUST_USE; // by member, issue and what was seen
bool scratch_next_finding(struct db_rows *r, struct scratch_finding *out, struct err *e) MUST_USE;
