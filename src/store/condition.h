// The system's own troubles as rows. Writing belongs in a transaction of the caller's.
#pragma once

#include "base/arena.h"
#include "model/condition/condition.h"
#include "os/db.h"

struct condition_row { // texts of a row that was read hold until the next one is
	int64_t id;
	enum condition_kind kind;
	struct str subject, says, remedy;
	int64_t opened, seen;
	int64_t cleared, acknowledged; // 0: not
	struct str who, reason;        // of who took it up
	int64_t times;                 // that it came
};

enum { CONDITION_REST_HOURS = 24 }; // gone for less, it is the same one again, taken up or not

// By kind, subject, says and remedy: it is there at `now`, anew, again or still.
bool condition_put(struct db *d, const struct condition_row *c, int64_t now, struct err *e)
	MUST_USE;
// All that was not put at `now`, and not after `before`, is over; *count says how many.
bool condition_clear(struct db *d, int64_t now, int64_t before, int64_t *count, struct err *e)
	MUST_USE;

// Newest first, at most `most`; all: also those that are over.
bool condition_list(struct db *d, bool all, int64_t most, struct db_rows **out, struct err *e)
	MUST_USE;
bool condition_next_row(struct db_rows *r, struct condition_row *out, struct err *e) MUST_USE;
// Texts go to a. False + ERR_NONE: there is none.
bool condition_by_id(struct db *d, int64_t id, struct arena *a, struct condition_row *out,
		     struct err *e) MUST_USE;
// By id, acknowledged, who and reason; the row was read in the same transaction.
bool condition_acknowledge(struct db *d, const struct condition_row *c, struct err *e) MUST_USE;
bool condition_forget(struct db *d, int64_t before, struct err *e) MUST_USE;
