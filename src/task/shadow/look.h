// Lines of an older system's file beside the roster and the findings: whose each is, and which
// findings it tells of. Only reads; a member's findings are read once. All lives in the arena.
#pragma once

#include "model/match/index.h"
#include "store/shadow.h"

struct look_finding {
	struct shadow_finding f;
	size_t next; // of the same bucket, from 1; 0: none
	const struct member *member;
	int64_t told; // for who looks: by the older system; TIME_EVER: not
	bool said;    // likewise: it was spoken of
};

struct look_member { // its findings, once they were asked for
	bool read;
	LIST(struct look_finding) findings; // by issue and what was seen
	size_t *bucket, mask;               // by what was seen, ports aside; places from 1
	LIST(size_t) ranges;                // places of what is a prefix
};

struct look {
	struct db *d;
	struct arena *a;
	const struct roster *roster;
	const struct index *index;
	const struct older_words *words; // of the older system for issues
	struct shadow_day day;           // whose notices are looked at
	int64_t now;
	struct look_member *members; // by place in the roster's; set by look_begin
};
void look_begin(struct look *l);

// OLDER_TAKEN: it meets these; else why it meets none.
struct look_row {
	enum older_why why;
	const struct member *member; // NULL: nobody's
	struct str issue;            // ours; empty: not said, or none of ours
	struct str detail; // of why: the issue that there is of the same thing, what is bad
	LIST(struct look_finding *) met;
};
bool look_row(struct look *l, const struct older_row *row, struct look_row *out, struct err *e)
	MUST_USE;

// What there is to say of why, beside its own words: when it goes, what holds it back, how it ended;
// empty: nothing.
struct str look_detail(struct look *l, const struct look_finding *x, enum older_why why);

// The findings of a member, read when they are asked for the first time.
bool look_member(struct look *l, size_t place, struct look_member **out, struct err *e) MUST_USE;
