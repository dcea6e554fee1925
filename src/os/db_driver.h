// What the two drivers of os/db.h share. Each begins its own structs with these, and
// gives its functions as one row; os/db.c checks the values and calls them.
#pragma once

#include "os/db.h"

struct db {
	const struct db_driver *driver;
	struct db_table table;
	bool open; // a transaction is
};

struct db_rows {
	struct db *db;
};

struct db_driver {
	enum db_kind kind;
	bool (*open)(struct db_place where, bool create, struct db_table table, struct db **out,
		     struct err *e);
	void (*close)(struct db *d);
	bool (*read_only)(const struct db *d);
	bool (*begin)(struct db *d, bool wait, struct err *e);
	bool (*commit)(struct db *d, struct err *e); // false: db.c then calls abort
	void (*abort)(struct db *d);
	bool (*look)(struct db *d, struct err *e);
	bool (*save)(struct db *d, const char *path, struct err *e); // NULL: it is no file
	bool (*load)(struct db *d, const char *path, struct err *e);
	bool (*script)(struct db *d, const char *sql, struct err *e);
	bool (*run)(struct db *d, unsigned statement, const struct db_value *args, struct err *e);
	bool (*query)(struct db *d, unsigned statement, const struct db_value *args,
		      struct db_rows **out, struct err *e);
	bool (*one)(struct db *d, unsigned statement, const struct db_value *args, int64_t *i,
		    struct err *e);
	bool (*next)(struct db_rows *r, struct err *e);
	void (*end)(struct db_rows *r);
	int64_t (*integer)(const struct db_rows *r, unsigned column);
	struct str (*text)(const struct db_rows *r, unsigned column);
	bool (*null)(const struct db_rows *r, unsigned column);
	int64_t (*changed)(struct db *d);
	bool (*describe)(struct db *d, unsigned statement, struct db_shape *out, struct err *e);
};

extern const struct db_driver db_sqlite, db_postgres;

// This process may run the statement; else ERR_DENIED.
bool db_may(const struct db *d, unsigned statement, struct err *e) MUST_USE;
