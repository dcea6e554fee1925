// What a store says of itself, and whether its rows fit together, for `waker check --store`.
// Opened by STORE_LOOK.
#pragma once

#include "base/arena.h"
#include "os/db.h"

struct store_facts {
	struct str version; // "PostgreSQL 15.18", "SQLite 3.40.1"
	int64_t off;        // text columns whose order is not by bytes
	bool local, tls;    // the server is on this machine; the connection is encrypted
	bool reads;         // it can only be read
	struct str role;    // as which it is used; empty: a file
};
bool store_facts(struct db *d, struct arena *a, struct store_facts *out, struct err *e) MUST_USE;

// The first of what the database finds wrong in its own file; .n 0: nothing. In a.
bool store_fault(struct db *d, struct arena *a, struct str *out, struct err *e) MUST_USE;

// When the newest row of the audit or the newest batch was written, whichever is later.
// False + ERR_NONE: there is neither.
bool store_newest(struct db *d, int64_t *out, struct err *e) MUST_USE;

// Prepares every statement. *bad: how many do not; *why: of the first one.
bool store_prepare(struct db *d, unsigned *bad, struct err *why);

// The first role that a server lacks, or that this user may not be; NULL: none.
struct store_role_check {
	const char *lacks, *may_not;
};
bool store_role_check(struct db *d, struct store_role_check *out, struct err *e) MUST_USE;

// Rows that name others which are not there, beyond what foreign keys guarantee: a line for each
// way, also where there is nothing wrong.
struct store_reference {      // texts hold until the next one is read
	struct str holder;    // a table
	struct str missing;   // what its rows name
	int64_t count, first; // how many do so in vain, and the number in the first
};
bool store_references(struct db *d, struct db_rows **out, struct err *e) MUST_USE;
bool store_next_reference(struct db_rows *r, struct store_reference *out, struct err *e) MUST_USE;

// Jobs that are in no state that one can be in; *first: the number of one.
bool store_jobs_wrong(struct db *d, int64_t *count, int64_t *first, struct err *e) MUST_USE;
// Rows that a recall was about to take back: none, unless the store was written by others.
bool store_recalling(struct db *d, int64_t *count, struct err *e) MUST_USE;

struct store_archived {       // likewise
	int64_t batch;        // below 0: the mail of that number
	struct str sum, path; // sum: of DIGEST_BYTES
};
// Every batch and mail whose bytes are kept, by path.
bool store_archive(struct db *d, struct db_rows **out, struct err *e) MUST_USE;
bool store_next_archived(struct db_rows *r, struct store_archived *out, struct err *e) MUST_USE;
