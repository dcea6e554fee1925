// What a store says of itself, for `waker store check`. Opened by STORE_LOOK.
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
