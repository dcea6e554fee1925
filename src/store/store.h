// The store of a home: opening it, and bringing its schema up to date. The
// migrations of sql/migrations only go forward; each is applied in a transaction of
// its own, so that an interrupted one leaves nothing behind. What else can be asked of
// the store stands in the units beside this one, by thing.
#pragma once

#include "os/db.h"

enum store_how {
	STORE_MAKE,      // a new file, or the tables of an empty database
	STORE_OPEN,      // to work with
	STORE_MIGRATE,   // to bring it up to date
	STORE_LOOK,      // whatever schema it has, by any statement; changes nothing
	STORE_COPY_FROM, // for store/copy.h; as STORE_OPEN
	STORE_COPY_TO,   // likewise; as STORE_MAKE
};

// Opens the store. STORE_MAKE applies all migrations, and `now` is noted as their time;
// STORE_OPEN applies what is missing to a file, while a server, which several nodes may
// use, must be up to date. On a server it then works as the role waker_cli, where that is
// there. ERR_CONFIG: the store is newer than this program, or a server's is older.
bool store_open(struct db_place where, enum store_how how, int64_t now, struct db **out,
		struct err *e) MUST_USE;
// For a part of the service: opens what another has made and brought up to date, and works by
// the statements of one role alone (FOR_… of store/statements.gen.h); on a server as the role
// of its name, where that is there. ERR_CONFIG: the store is of another schema.
bool store_serve(struct db_place where, unsigned role, struct db **out, struct err *e) MUST_USE;
#define autostore CLEANUP(store_done) struct db *
static inline void store_done(struct db **d)
{
	db_close(*d);
}

// What the file of a store holds, in a store without a name, in memory and on disk where it grows,
// that goes with its handle. The file is only read; whatever its schema: store_versions says.
bool store_load(const char *file, struct db **out, struct err *e) MUST_USE;

// Is there anything in it; false + ERR_NONE: no.
bool store_used(struct db *d, struct err *e) MUST_USE;

struct store_versions {
	int64_t has, wants;
};
bool store_versions(struct db *d, struct store_versions *out, struct err *e) MUST_USE;
int64_t store_newest_schema(void); // the one that this program wants
// ERR_CONFIG: the store is newer than this program.
bool store_known(const struct store_versions *v, struct err *e) MUST_USE;

// What one migration would do to this store, as it is.
struct store_step {
	const char *name, *says; // a sentence
	int64_t rows;            // that it writes, or goes through for an index
	int64_t seconds;         // store_seconds
};
enum { STORE_ROWS_A_SECOND = 200000 };            // bench/RESULTS.md: the slower of the two stores
static inline int64_t store_seconds(int64_t rows) // rounded up
{
	return (rows + STORE_ROWS_A_SECOND - 1) / STORE_ROWS_A_SECOND;
}
// number: one that is missing. Opened by STORE_LOOK.
bool store_step(struct db *d, const struct store_versions *v, int64_t number,
		struct store_step *out, struct err *e) MUST_USE;

// Applies what is missing, then says the rights of each role anew (servers only). *roles is
// false where this user may not make roles: an administrator's work then.
bool store_migrate(struct db *d, int64_t now, bool *roles, struct err *e) MUST_USE;
