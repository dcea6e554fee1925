// The store of a home: opening it, and bringing its schema up to date. The
// migrations of sql/migrations only go forward; each is applied in a transaction of
// its own, so that an interrupted one leaves nothing behind. What else can be asked of
// the store stands in the units beside this one, by thing.
#pragma once

#include "os/db.h"

// Opens (or, with create, makes) the store and applies what migrations are missing;
// `now` is noted as their time. ERR_CONFIG: the store is newer than this program.
bool store_open(const char *path, bool create, int64_t now, struct db **out, struct err *e)
	MUST_USE;
#define autostore CLEANUP(store_done) struct db *
static inline void store_done(struct db **d)
{
	db_close(*d);
}
