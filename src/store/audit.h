// The audit's rows and their values (model/audit/chain.h says what makes them a chain).
// These calls read and write; task/audit makes rows and judges them. Writing belongs in the
// transaction of the change that the row tells of.
#pragma once

#include "model/audit/chain.h"
#include "os/db.h"

// Number and hash of the newest row. False + ERR_NONE: there is none.
bool audit_last(struct db *d, int64_t *id, unsigned char hash[CHAIN_HASH], struct err *e) MUST_USE;

bool audit_add(struct db *d, const struct chain_row *r, struct err *e) MUST_USE;
bool audit_value_add(struct db *d, int64_t audit, unsigned place, const struct chain_value *v,
		     struct err *e) MUST_USE;

struct audit_filter { // empty: any
	struct str subject, who;
	int64_t since; // TIME_EVER: any
};
// By number. Texts of a row hold until the next one is read. What is no digest of this length
// is read as zeroes, and does not fit.
bool audit_list(struct db *d, const struct audit_filter *f, struct db_rows **out, struct err *e)
	MUST_USE;
bool audit_next_row(struct db_rows *r, struct chain_row *out, struct err *e) MUST_USE;

// Its values into out, texts to a. ERR_LIMIT: more than CHAIN_MOST_VALUES.
bool audit_values(struct db *d, int64_t audit, struct arena *a,
		  struct chain_value out[CHAIN_MOST_VALUES], size_t *n, struct err *e) MUST_USE;

// The row, if any, that values are of but that is not there. False + ERR_NONE: none.
bool audit_stray(struct db *d, int64_t *audit, struct err *e) MUST_USE;
