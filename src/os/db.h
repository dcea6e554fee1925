// The store's driver: runs the numbered statements of store/statements.gen.h on SQLite
// (os/db_sqlite.c) or PostgreSQL (os/db_postgres.c), behind os/db_driver.h. Values are
// typed both ways; text and blobs from a row point into the row and hold until the
// next db_next or db_end. One handle belongs to one process; never carry it over a fork.
#pragma once

#include "base/err.h"
#include "base/str.h"

struct db;
struct db_rows;

enum db_type { DB_NULL, DB_INT, DB_TEXT, DB_BLOB };

enum { DB_MAX_TAKES = 64, DB_BUSY_SECONDS = 10, DB_STATEMENT_SECONDS = 600 };

enum db_kind { DB_SQLITE, DB_POSTGRES, DB_KINDS };

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
	const char *name;
	const char *sql[DB_KINDS]; // the same text twice where both understand it
	const char *takes;         // a letter a parameter: i t b; upper case: may be NULL
	const char *gives;         // "id int,name text"
	unsigned roles;            // FOR_… of the processes that may run it
};

struct db_table {
	const struct db_statement *at;
	unsigned count;
	unsigned role; // of this process: statements without it are refused (ERR_DENIED)
};

// Where a store is: the path of a file, or "postgresql://…", which has no password in it:
// passwords come from credentials/postgresql of the home, PGPASSFILE or a service file.
struct db_place {
	const char *at;
	const char *password; // NULL: as libpq finds it
};
bool db_is_url(struct str at); // else it is the path of a file
// Is it written as a URL must be, and without a password? Nobody is asked. ERR_CONFIG.
bool db_url_check(const char *url, struct err *e) MUST_USE;

// A file is opened (or, with create, made); WAL, foreign keys, a busy wait of
// DB_BUSY_SECONDS. ERR_ABSENT: no such file; ERR_SYSTEM: not readable, disk full, damaged.
// A server is asked for 10 s, then each statement has DB_STATEMENT_SECONDS. ERR_CONFIG: the
// URL, a server before version 15, a database that is not UTF8, no libpq, a password is
// wanted; ERR_SYSTEM: it cannot be reached, and whenever the connection is lost later, after
// which the handle can only be closed. What db_commit has accepted survives a power cut.
// What cannot be written is opened for reading, and the first write is then ERR_SYSTEM.
bool db_open(struct db_place where, bool create, struct db_table table, struct db **out,
	     struct err *e) MUST_USE;
void db_close(struct db *d); // NULL is a no-op
enum db_kind db_kind(const struct db *d);

bool db_read_only(const struct db *d); // it cannot be written

// One transaction at a time; in both stores one process writes at a time, and the others
// wait here. What is not committed is undone by db_abort or by the end of the process.
// ERR_CONFLICT: another process has been writing for DB_BUSY_SECONDS.
bool db_begin(struct db *d, struct err *e) MUST_USE;
// Likewise, and waits for nobody: ERR_CONFLICT at once.
bool db_try(struct db *d, struct err *e) MUST_USE;
bool db_commit(struct db *d, struct err *e) MUST_USE; // false: it is undone already
void db_abort(struct db *d);                          // outside a transaction a no-op

// A transaction that only reads: all that is asked until db_abort is as of this moment,
// others may write meanwhile, what would write is ERR_SYSTEM, and no statement has a time that it must end in.
bool db_look(struct db *d, struct err *e) MUST_USE;

// A store in a file, page by page (SQLite's own online backup; a server is a programmer's
// mistake). db_save: as of this moment, or that of db_look, into a new file at `path`, of which
// nothing was written before; it is whole when the call is over, and not yet synced. db_load:
// what a file holds, which is not changed, nor anything beside it, becomes what d holds, which
// has nothing yet. ERR_SYSTEM: disk full, not readable, damaged.
bool db_save(struct db *d, const char *path, struct err *e) MUST_USE;
bool db_load(struct db *d, const char *path, struct err *e) MUST_USE;

// Several statements of a migration, one after the other.
bool db_script(struct db *d, const char *sql, struct err *e) MUST_USE;

// A statement by its number (STATEMENT_… of the generated header), with $1 … $n; a
// wrong number or type of values is a programmer's mistake. db_run copies nothing:
// args need to hold for the call only; so do those of db_query. A broken UNIQUE or
// foreign key is ERR_CONFLICT; in a transaction on PostgreSQL it may be told by a later call,
// at the latest by db_commit, and nothing but db_abort can follow it. ERR_INPUT: a text that
// PostgreSQL does not keep (not UTF-8, or with a NUL). Rows are read as they come, not held
// in memory, as long as no other statement is run before db_end.
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

int64_t db_changed(struct db *d); // rows touched by the last db_run; 0 where it failed

// What the database itself says of a statement, for the test that compares it with
// the head: parameters, columns, and each column's name and type ("" where SQLite has an
// expression); PostgreSQL also says the types of parameters. False where it does not
// prepare; e says why.
struct db_shape {
	unsigned takes, gives;
	const char *name[DB_MAX_TAKES], *type[DB_MAX_TAKES]; // hold until the next one
	const char *taken[DB_MAX_TAKES];                     // "": not said
};
bool db_describe(struct db *d, unsigned statement, struct db_shape *out, struct err *e) MUST_USE;
