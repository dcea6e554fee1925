// The parts of the PostgreSQL driver: the connection and its errors (db_postgres.c), what is
// sent (db_postgres_run.c) and the rows that come back (db_postgres_rows.c). Seen by these
// only; os/db.h is what others include.
#pragma once

#include "os/db_driver.h"
#include "os/pq.h"

// What is sent and not yet answered: the answers of so many fit any socket's buffer, so that
// neither side ever waits for the other to read.
enum { PG_MAX_QUEUED = 128 };

struct pg_rows;
struct pg {
	struct db db;
	struct pq pq;
	PGconn *conn;
	char *url;
	struct pg_rows *reading; // whose rows are still on the wire
	unsigned queued;         // statements sent whose answers are not read
	unsigned short queue[PG_MAX_QUEUED];
	int64_t changed;     // by the last statement that was answered
	bool failed;         // since the transaction began
	struct err why;      // it failed; told by the next call
	PGresult *described; // holds the names of the last db_describe
	bool prepared[];
};

static inline struct pg *pg_of(struct db *d)
{
	return (struct pg *)d;
}

// What went wrong, as an err; always false. r may be NULL. statement: its number, or
// PG_NO_STATEMENT.
enum { PG_NO_STATEMENT = -1 };
bool pg_refuse(struct pg *d, const PGresult *r, int statement, struct err *e);

// The answer to something that gives no rows; takes r over.
bool pg_done(struct pg *d, PGresult *r, int statement, struct err *e) MUST_USE;

// The wire is free: what is queued was answered, and rows still coming are kept. False is
// also what failed before in this transaction.
bool pg_quiet(struct pg *d, struct err *e) MUST_USE;

bool pg_run(struct db *d, unsigned statement, const struct db_value *args, struct err *e) MUST_USE;
bool pg_one(struct db *d, unsigned statement, const struct db_value *args, int64_t *i,
	    struct err *e) MUST_USE;
bool pg_query(struct db *d, unsigned statement, const struct db_value *args, struct db_rows **out,
	      struct err *e) MUST_USE;
bool pg_describe(struct db *d, unsigned statement, struct db_shape *out, struct err *e) MUST_USE;
int64_t pg_changed(struct db *d);

// The rows of the query that was just sent.
struct db_rows *pg_rows_new(struct pg *d, unsigned statement);
void pg_rows_keep(struct pg_rows *r); // those still coming, in memory
bool pg_next(struct db_rows *r, struct err *e) MUST_USE;
void pg_end(struct db_rows *r);
int64_t pg_int(const struct db_rows *r, unsigned column);
struct str pg_text(const struct db_rows *r, unsigned column);
bool pg_null(const struct db_rows *r, unsigned column);

// 1, 2, 4 or 8 bytes in network order, as the server writes booleans and integers.
int64_t pg_read_int(const char *p, size_t n);
