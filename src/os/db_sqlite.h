// The parts of the SQLite driver: statements and rows (db_sqlite.c), and whole files that are
// copied page by page (db_sqlite_copy.c). Seen by these only; os/db.h is what others include.
#pragma once

#include "os/db_driver.h"

#include <sqlite3.h>

struct ready { // a prepared statement
	sqlite3_stmt *lite;
	int count;                         // of SQLite's parameters
	unsigned char place[DB_MAX_TAKES]; // of each: which value goes there
};

struct lite {
	struct db db;
	sqlite3 *lite;
	char *path;
	bool looks; // db_look has forbidden to write
	struct ready ready[];
};

// What went wrong, as an err; always false.
bool lite_refuse(struct lite *d, int code, struct err *e);

bool lite_save(struct db *d, const char *path, struct err *e) MUST_USE;
bool lite_load(struct db *d, const char *path, struct err *e) MUST_USE;
