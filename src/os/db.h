// The store's driver: runs the numbered statements of store/statements.gen.h on
// SQLite (os/db_sqlite.c is the only file that includes its header). Values are
// typed both ways; text and blobs from a row point into the row and hold until the
// next db_next or db_end. One handle belongs to one process; never carry it over a fork.
#pragma once

#include "base/err.h"
#include "base/str.h"

struct db;
struct db_rows;

enum db_type { DB_NULL, DB_INT, DB_TEXT, DB_BLOB };

enum { DB_MAX_TAKES = 64, DB_BUSY_SECONDS = 10 };

struct db_value {
	enum db_type type;
	int64_t i;
	struct str s;
};
#define DB_I(v) ((struct db_value){ .type = DB_INT, .i = (v) })
#define DB_T(v) ((struct db_value){ .type = DB_TEXT, .s = (v) })
#define DB_B(v) ((struct db_value){ .type = DB_BLOB, .s = (v) })
#define DB_0    ((struct db_value){ .type = DB_NULL })

// One statement as tools/sqlgen.py made it of its head and text.
struct db_statement {
	const char *name, *sql;
	const char *takes; // a letter a parameter: i t b; upper case: may be NULL
	const char *gives; // "id int,name text"
	unsigned roles;    // FOR_… of the processes that may run it
};

struct db_table {
	const struct db_statement *at;
	unsigned count;
	unsigned role; // of this process: statements without it are refused (ERR_DENIED)
};

// The file is opened (or, with create, made); WAL, foreign keys, a busy wait of
// DB_BUSY_SECONDS. What db_commit has accepted survives a power cut. ERR_ABSENT: no
// such file; ERR_SYSTEM: not readable, disk full, damaged. A file that cannot be
// written is opened for reading, and the first write is then ERR_SYSTEM.
bool db_open(const char *path, bool create, struct db_table table, struct db **out, struct err *e)
	MUST_USE;
void db_close(struct db *d); // NULL is a no-op

bool db_read_only(const struct db *d); // the file cannot be written

// One transaction at a time; a write begins at once (BEGIN IMMEDIATE). What is not
// committed is undone by db_abort or by the end of the process. ERR_CONFLICT: another
// process has been writing for DB_BUSY_SECONDS.
bool db_begin(struct db *d, struct err *e) MUST_USE;
bool db_commit(struct db *d, struct err *e) MUST_USE; // false: it is undone already
void db_abort(struct db *d);                          // outside a transaction a no-op

// Several statements of a migration, one after the other.
bool db_script(struct db *d, const char *sql, struct err *e) MUST_USE;

// A statement by its number (STATEMENT_… of the generated header), with $1 … $n; a
// wrong number or type of values is a programmer's mistake. db_run copies nothing:
// args need to hold for the call only; so do those of db_query. A broken UNIQUE or
// foreign key is ERR_CONFLICT.
bool db_run(struct db *d, unsigned statement, const struct db_value *args, size_t n,
	    struct err *e) MUST_USE; // no rows wanted
bool db_query(struct db *d, unsigned statement, const struct db_value *args, size_t n,
	      struct db_rows **out, struct err *e) MUST_USE;
bool db_next(struct db_rows *r, struct err *e) MUST_USE; // false + ERR_NONE: no more
void db_end(struct db_rows *r);                          // NULL is a no-op
#define autorows CLEANUP(db_rows_done) struct db_rows *
static inline void db_rows_done(struct db_rows **r)
{
	db_end(*r);
}

// The one row of a query into *i (its first column). False + ERR_NONE: no row.
bool db_one(struct db *d, unsigned statement, const struct db_value *args, size_t n, int64_t *i,
	    struct err *e) MUST_USE;

int64_t db_int(const struct db_rows *r, unsigned column);     // 0 for NULL
struct str db_text(const struct db_rows *r, unsigned column); // empty for NULL; also blobs
bool db_null(const struct db_rows *r, unsigned column);

int64_t db_last_id(const struct db *d); // of the row last inserted by this handle
int64_t db_changed(const struct db *d); // rows touched by the last db_run

// What the database itself says of a statement, for the test that compares it with
// the head: parameters, columns, and each column's name and declared type ("" where
// it is an expression). False where it does not prepare; e says why.
struct db_shape {
	unsigned takes, gives;
	const char *name[DB_MAX_TAKES], *type[DB_MAX_TAKES]; // hold until db_close
};
bool db_describe(struct db *d, unsigned statement, struct db_shape *out, struct err *e) MUST_USE;
