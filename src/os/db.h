// The store's driver: runs the numbered statements of store/statements.gen.h on
// SQLite (os/db_sqlite.c is the only file that includes its header). Values are
// typed both ways; text and blobs from a row point into the row and hold until the
// next db_next or db_end.
#pragma once

#include "base/err.h"
#include "base/str.h"

struct db;
struct db_rows;

enum db_type { DB_NULL, DB_INT, DB_TEXT, DB_BLOB };

struct db_value {
	enum db_type type;
	int64_t i;
	struct str s;
};
#define DB_I(v) ((struct db_value){ .type = DB_INT, .i = (v) })
#define DB_T(v) ((struct db_value){ .type = DB_TEXT, .s = (v) })
#define DB_B(v) ((struct db_value){ .type = DB_BLOB, .s = (v) })
#define DB_0    ((struct db_value){ .type = DB_NULL })

// The file is opened (or, with create, made); WAL, foreign keys, a busy wait of
// 10 s, as STYLE 31-34. ERR_SYSTEM: no such file, not writable, disk full, damaged.
bool db_open(const char *path, bool create, struct db **out, struct err *e) MUST_USE;
void db_close(struct db *d); // NULL is a no-op

// One transaction at a time; a write begins at once (BEGIN IMMEDIATE). What is not
// committed is undone by db_abort or by the end of the process.
bool db_begin(struct db *d, struct err *e) MUST_USE;
bool db_commit(struct db *d, struct err *e) MUST_USE;
void db_abort(struct db *d);

// A statement by its number (STATEMENT_… of the generated header), with $1 … $n.
bool db_run(struct db *d, unsigned statement, const struct db_value *args, size_t n,
	    struct err *e) MUST_USE; // no rows wanted
bool db_query(struct db *d, unsigned statement, const struct db_value *args, size_t n,
	      struct db_rows **out, struct err *e) MUST_USE;
bool db_next(struct db_rows *r, struct err *e) MUST_USE; // false + ERR_NONE: no more
void db_end(struct db_rows *r);
#define autorows CLEANUP(db_rows_done) struct db_rows *
static inline void db_rows_done(struct db_rows **r)
{
	if (*r != NULL)
		db_end(*r);
}

int64_t db_int(const struct db_rows *r, unsigned column);    // 0 for NULL
struct str db_text(const struct db_rows *r, unsigned column); // empty for NULL; also blobs
bool db_null(const struct db_rows *r, unsigned column);
