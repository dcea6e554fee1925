// All of one store into another that is new, and the proof that it is the same.
#pragma once

#include "os/db.h"

// How far it is: a table is copied, or (done) was read back and is the same.
struct copy_step {
	const char *table;
	int64_t rows; // that it has
	bool done;
};

struct copy {
	struct db *from, *to; // opened by STORE_COPY_FROM, STORE_COPY_TO
	void (*step)(void *context, const struct copy_step *s); // NULL: nobody asks
	void *context;
	bool looking; // `from` is in a db_look of the caller's: others may write to it meanwhile
};

// ERR_CONFLICT: the other store is not empty, it says which table.
bool copy_may(const struct copy *c, struct err *e) MUST_USE;
bool copy_count(const struct copy *c, int64_t *rows, struct err *e) MUST_USE;

// How many rows a table has. *known false: no table is called so.
bool copy_table_rows(struct db *d, struct str table, bool *known, int64_t *rows, struct err *e)
	MUST_USE;
const char *copy_table(unsigned i); // the tables in their order, NULL behind the last

// Has the other every row, and no more? False + ERR_NONE: no.
bool copy_same(const struct copy *c, struct err *e) MUST_USE;

// One transaction in each: nothing changes in the one, and the other has all or nothing.
// Every row is read back and compared before that is committed. ERR_CONFLICT as above;
// ERR_INPUT: a text that the other does not keep; ERR_SYSTEM: a row came back otherwise.
bool copy_all(const struct copy *c, struct err *e) MUST_USE;
