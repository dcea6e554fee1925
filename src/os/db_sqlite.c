#include "os/db_sqlite.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct lite_rows {
	struct db_rows rows;
	sqlite3_stmt *row;
	bool own; // not the cached one: it was in use
};

// Settings of the engine, not statements of the store. FULL: in WAL the log is
// synced at each commit; with NORMAL the last commits could be lost in a power cut,
// and a batch would be neither in the store nor run again. A batch is one commit, so
// this costs one fsync a batch. The log is cut back to 64 MiB after a checkpoint. 16 MiB
// of pages in memory: rows come in the order of their keys, so a larger batch is
// written to the log as it grows, instead of asking the kernel for ever more memory.
static const char settings[] =
	"PRAGMA synchronous = FULL;"
	"PRAGMA foreign_keys = ON;"
	"PRAGMA secure_delete = ON;" // what was erased is no more in free pages
	"PRAGMA trusted_schema = OFF;"
	"PRAGMA case_sensitive_like = ON;" // as PostgreSQL has it
	"PRAGMA cache_size = -16384;"
	"PRAGMA journal_size_limit = 67108864;";

// What SQLite's result codes mean to us, and what the operator can do. "" takes
// SQLite's own words.
static const struct {
	int code;
	enum err_kind kind;
	const char *says;
} meanings[] = {
	// clang-format off
	{ SQLITE_FULL,     ERR_SYSTEM,   "the disk is full; nothing of this was kept: make room and run it again" },
	{ SQLITE_READONLY, ERR_SYSTEM,   "it cannot be written: look at the owner and mode of the file and its folder" },
	{ SQLITE_CANTOPEN, ERR_SYSTEM,   "it cannot be opened: look at the owner and mode of the file and its folder" },
	{ SQLITE_PERM,     ERR_SYSTEM,   "it cannot be opened: look at the owner and mode of the file and its folder" },
	{ SQLITE_BUSY,     ERR_CONFLICT, "another process has been writing for too long: run it again" },
	{ SQLITE_LOCKED,   ERR_CONFLICT, "another process has been writing for too long: run it again" },
	{ SQLITE_CORRUPT,  ERR_SYSTEM,   "it is damaged: put back a backup" },
	{ SQLITE_NOTADB,   ERR_SYSTEM,   "this is not a store: look at the path" },
	{ SQLITE_CONSTRAINT, ERR_CONFLICT, "" },
	// clang-format on
};

bool lite_refuse(struct lite *d, int code, struct err *e)
{
	int last = errno, os = sqlite3_system_errno(d->lite);

	// For a failed commit SQLite forgets the number; then it is still in errno.
	if (os == 0)
		os = last;
	// A full disk also shows as a failed write: tell both the same way.
	if ((code & 0xff) == SQLITE_IOERR && (os == ENOSPC || os == EDQUOT || os == EFBIG))
		code = SQLITE_FULL;
	for (size_t i = 0; i < COUNTOF(meanings); i++)
		if (meanings[i].code == (code & 0xff))
			return err_set(e, meanings[i].kind, "store %s: %s", d->path,
				       meanings[i].says[0] != '\0' ? meanings[i].says
								   : sqlite3_errmsg(d->lite));
	if ((code & 0xff) == SQLITE_IOERR && os != 0) {
		errno = os;
		return err_set(e, ERR_SYSTEM, "store %s: reading or writing failed: %m", d->path);
	}
	return err_set(e, ERR_SYSTEM, "store %s: %s", d->path, sqlite3_errmsg(d->lite));
}

static bool exec(struct lite *d, const char *sql, struct err *e)
{
	int code = sqlite3_exec(d->lite, sql, NULL, NULL, NULL);

	return code == SQLITE_OK || lite_refuse(d, code, e);
}

static bool set_up(struct lite *d, bool create, struct err *e)
{
	sqlite3_busy_timeout(d->lite, DB_BUSY_SECONDS * 1000);
	sqlite3_extended_result_codes(d->lite, 1);
	sqlite3_db_config(d->lite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	// Both stand in the file: an existing store keeps them. Pages of 16 KiB make a
	// large commit three times cheaper than those of 4: fewer frames in the log.
	if (create && !exec(d, "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL", e))
		return false;
	return exec(d, settings, e);
}

// A folder that we may not write in cannot hold the log's index. Where no log is
// left behind either, the file alone is the whole store and is read as it stands.
static bool still(const char *path, char *uri, size_t size)
{
	char log[4096];
	int n = snprintf(log, sizeof log, "%s-wal", path);

	if (n < 0 || (size_t)n >= sizeof log || access(path, W_OK) == 0 ||
	    access(path, R_OK) != 0 || access(log, F_OK) == 0 || strpbrk(path, "?#%") != NULL)
		return false;
	n = snprintf(uri, size, "file:%s?immutable=1", path);
	return n > 0 && (size_t)n < size;
}

static void lite_close(struct db *db)
{
	struct lite *d = (struct lite *)db;

	for (unsigned i = 0; i < db->table.count; i++)
		sqlite3_finalize(d->ready[i].lite);
	sqlite3_close(d->lite);
	free(d->path);
	free(d);
}

static bool lite_open(struct db_place where, bool create, struct db_table table, struct db **out,
		      struct err *e)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
	const char *path = where.at;
	char uri[4096];
	struct lite *d;
	int code;

	if (!create && access(path, F_OK) != 0)
		return err_set(e, ERR_ABSENT, "store %s: %m: make a home with 'waker init DIR'",
			       path);
	d = calloc(1, sizeof *d + table.count * sizeof(struct ready));
	if (d == NULL || (d->path = strdup(path)) == NULL)
		abort();
	d->db = (struct db){ .driver = &db_sqlite, .table = table };
	if (!create && still(path, uri, sizeof uri))
		code = sqlite3_open_v2(uri, &d->lite, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
	else
		code = sqlite3_open_v2(path, &d->lite, flags, NULL);
	if (code != SQLITE_OK ? !lite_refuse(d, code, e) : !set_up(d, create, e)) {
		lite_close(&d->db);
		return false;
	}
	*out = &d->db;
	return true;
}

static bool lite_read_only(const struct db *d)
{
	return sqlite3_db_readonly(((const struct lite *)d)->lite, "main") == 1;
}

static bool lite_begin(struct db *db, bool wait, struct err *e)
{
	struct lite *d = (struct lite *)db;
	bool good;

	if (!wait)
		sqlite3_busy_timeout(d->lite, 0);
	good = exec(d, "BEGIN IMMEDIATE", e);
	if (!wait)
		sqlite3_busy_timeout(d->lite, DB_BUSY_SECONDS * 1000);
	return good;
}

static void may_write(struct lite *d, bool may)
{
	if (d->looks == !may)
		return;
	d->looks = !may;
	sqlite3_exec(d->lite, may ? "PRAGMA query_only = 0" : "PRAGMA query_only = 1", NULL, NULL,
		     NULL);
}

static bool lite_commit(struct db *d, struct err *e)
{
	bool good = exec((struct lite *)d, "COMMIT", e);

	may_write((struct lite *)d, true);
	return good;
}

static void lite_abort(struct db *db)
{
	struct lite *d = (struct lite *)db;

	// After some errors SQLite has rolled back by itself: that is no error here.
	if (sqlite3_get_autocommit(d->lite) == 0)
		sqlite3_exec(d->lite, "ROLLBACK", NULL, NULL, NULL);
	may_write(d, true);
}

// The moment is that of the first page that is read.
static bool lite_look(struct db *db, struct err *e)
{
	struct lite *d = (struct lite *)db;

	may_write(d, false);
	if (exec(d, "BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1", e))
		return true;
	lite_abort(db);
	return false;
}

static bool lite_script(struct db *d, const char *sql, struct err *e)
{
	return exec((struct lite *)d, sql, e);
}

// Values go to parameters by their digits, never by position: "$2" may come first,
// and "$1" and "$1::text" are two parameters to SQLite.
static void find_places(struct ready *r)
{
	r->count = sqlite3_bind_parameter_count(r->lite);
	assert(r->count <= DB_MAX_TAKES);
	for (int i = 0; i < r->count; i++) {
		const char *name = sqlite3_bind_parameter_name(r->lite, i + 1);
		long at;

		assert(name != NULL && name[0] == '$');
		at = strtol(name + 1, NULL, 10) - 1;
		assert(at >= 0 && at < DB_MAX_TAKES);
		r->place[i] = (unsigned char)at;
	}
}

static bool prepare(struct lite *d, unsigned statement, struct ready *out, struct err *e)
{
	const struct db_statement *s = &d->db.table.at[statement];
	int code;

	if (!db_may(&d->db, statement, e))
		return false;
	code = sqlite3_prepare_v3(d->lite, s->sql[DB_SQLITE], -1, SQLITE_PREPARE_PERSISTENT,
				  &out->lite, NULL);
	if (code != SQLITE_OK)
		return lite_refuse(d, code, e) || err_in(e, "statement %s", s->name);
	find_places(out);
	return true;
}

static bool cached(struct lite *d, unsigned statement, struct ready **out, struct err *e)
{
	if (d->ready[statement].lite == NULL && !prepare(d, statement, &d->ready[statement], e))
		return false;
	*out = &d->ready[statement];
	return true;
}

static int bind_one(sqlite3_stmt *s, int i, const struct db_value *v, sqlite3_destructor_type keep)
{
	// A str of no bytes may have no pointer; to SQLite that would be NULL.
	const char *p = v->s.p != NULL ? v->s.p : "";

	switch (v->type) {
	case DB_NULL:
		return sqlite3_bind_null(s, i);
	case DB_INT:
		return sqlite3_bind_int64(s, i, v->i);
	case DB_TEXT:
		return sqlite3_bind_text64(s, i, p, v->s.n, keep, SQLITE_UTF8);
	case DB_BLOB:
		return sqlite3_bind_blob64(s, i, p, v->s.n, keep);
	}
	abort();
}

static bool bind(struct lite *d, const struct ready *r, const struct db_value *args,
		 sqlite3_destructor_type keep, struct err *e)
{
	for (int i = 0; i < r->count; i++) {
		int code = bind_one(r->lite, i + 1, &args[r->place[i]], keep);

		if (code != SQLITE_OK)
			return lite_refuse(d, code, e);
	}
	return true;
}

static bool lite_run(struct db *db, unsigned statement, const struct db_value *args, struct err *e)
{
	struct lite *d = (struct lite *)db;
	struct ready *r;
	int code;

	if (!cached(d, statement, &r, e) || !bind(d, r, args, SQLITE_STATIC, e))
		return false;
	do
		code = sqlite3_step(r->lite);
	while (code == SQLITE_ROW);
	if (code != SQLITE_DONE)
		lite_refuse(d, code, e);
	sqlite3_reset(r->lite);
	return code == SQLITE_DONE;
}

static bool lite_query(struct db *db, unsigned statement, const struct db_value *args,
		       struct db_rows **out, struct err *e)
{
	struct lite *d = (struct lite *)db;
	struct ready *r, extra = { 0 };
	struct lite_rows *rows;

	if (!cached(d, statement, &r, e))
		return false;
	if (sqlite3_stmt_busy(r->lite)) { // a query inside a query of its own kind
		if (!prepare(d, statement, &extra, e))
			return false;
		r = &extra;
	}
	if (!bind(d, r, args, SQLITE_TRANSIENT, e)) {
		sqlite3_finalize(extra.lite);
		return false;
	}
	rows = calloc(1, sizeof *rows);
	if (rows == NULL)
		abort();
	*rows = (struct lite_rows){ { db }, r->lite, r == &extra };
	*out = &rows->rows;
	return true;
}

static bool lite_next(struct db_rows *r, struct err *e)
{
	int code = sqlite3_step(((struct lite_rows *)r)->row);

	if (code == SQLITE_ROW)
		return true;
	if (code != SQLITE_DONE)
		return lite_refuse((struct lite *)r->db, code, e);
	e->kind = ERR_NONE;
	return false;
}

static void lite_end(struct db_rows *rows)
{
	struct lite_rows *r = (struct lite_rows *)rows;

	if (r->own)
		sqlite3_finalize(r->row);
	else
		sqlite3_reset(r->row);
	free(r);
}

static bool lite_one(struct db *db, unsigned statement, const struct db_value *args, int64_t *i,
		     struct err *e)
{
	struct lite *d = (struct lite *)db;
	struct ready *r;
	int code;

	if (!cached(d, statement, &r, e) || !bind(d, r, args, SQLITE_STATIC, e))
		return false;
	code = sqlite3_step(r->lite);
	if (code == SQLITE_ROW)
		*i = sqlite3_column_int64(r->lite, 0);
	else if (code == SQLITE_DONE)
		e->kind = ERR_NONE;
	else
		lite_refuse(d, code, e);
	sqlite3_reset(r->lite);
	return code == SQLITE_ROW;
}

static sqlite3_stmt *row_of(const struct db_rows *r)
{
	return ((const struct lite_rows *)r)->row;
}

static int64_t lite_int(const struct db_rows *r, unsigned column)
{
	return sqlite3_column_int64(row_of(r), (int)column);
}

static struct str lite_text(const struct db_rows *r, unsigned column)
{
	const void *p = sqlite3_column_blob(row_of(r), (int)column);

	return (struct str){ p, (size_t)sqlite3_column_bytes(row_of(r), (int)column) };
}

static bool lite_null(const struct db_rows *r, unsigned column)
{
	return sqlite3_column_type(row_of(r), (int)column) == SQLITE_NULL;
}

static int64_t lite_changed(struct db *d)
{
	return sqlite3_changes64(((struct lite *)d)->lite);
}

static bool lite_describe(struct db *db, unsigned statement, struct db_shape *out, struct err *e)
{
	struct lite *d = (struct lite *)db;
	struct db_shape shape = { 0 };
	struct ready *r;

	if (!cached(d, statement, &r, e))
		return false;
	for (int i = 0; i < r->count; i++)
		if (r->place[i] + 1u > shape.takes)
			shape.takes = r->place[i] + 1u;
	for (unsigned i = 0; i < shape.takes; i++)
		shape.taken[i] = "";
	shape.gives = (unsigned)sqlite3_column_count(r->lite);
	if (shape.gives > DB_MAX_TAKES)
		return err_set(e, ERR_LIMIT, "over %d columns", (int)DB_MAX_TAKES);
	for (unsigned i = 0; i < shape.gives; i++) {
		const char *type = sqlite3_column_decltype(r->lite, (int)i);

		shape.name[i] = sqlite3_column_name(r->lite, (int)i);
		shape.type[i] = type != NULL ? type : "";
	}
	*out = shape;
	return true;
}

const struct db_driver db_sqlite = {
	.kind = DB_SQLITE,
	.open = lite_open,
	.close = lite_close,
	.read_only = lite_read_only,
	.begin = lite_begin,
	.commit = lite_commit,
	.abort = lite_abort,
	.look = lite_look,
	.save = lite_save,
	.load = lite_load,
	.script = lite_script,
	.run = lite_run,
	.query = lite_query,
	.one = lite_one,
	.next = lite_next,
	.end = lite_end,
	.integer = lite_int,
	.text = lite_text,
	.null = lite_null,
	.changed = lite_changed,
	.describe = lite_describe,
};
