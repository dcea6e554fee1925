#include "os/db.h"

#include "os/db_driver.h"

#include <assert.h>

static const struct db_driver *const drivers[DB_KINDS] = {
	[DB_SQLITE] = &db_sqlite,
	[DB_POSTGRES] = &db_postgres,
};

bool db_is_url(struct str at)
{
	return str_has_prefix(at, S("postgresql://")) || str_has_prefix(at, S("postgres://"));
}

bool db_open(struct db_place where, bool create, struct db_table table, struct db **out,
	     struct err *e)
{
	enum db_kind kind = db_is_url(str_of(where.at)) ? DB_POSTGRES : DB_SQLITE;

	return drivers[kind]->open(where, create, table, out, e);
}

void db_close(struct db *d)
{
	if (d != NULL)
		d->driver->close(d);
}

enum db_kind db_kind(const struct db *d)
{
	return d->driver->kind;
}

bool db_read_only(const struct db *d)
{
	return d->driver->read_only(d);
}

bool db_begin(struct db *d, struct err *e)
{
	assert(!d->open);
	d->open = d->driver->begin(d, true, e);
	return d->open;
}

bool db_try(struct db *d, struct err *e)
{
	assert(!d->open);
	d->open = d->driver->begin(d, false, e);
	return d->open;
}

bool db_commit(struct db *d, struct err *e)
{
	assert(d->open);
	if (!d->driver->commit(d, e)) {
		db_abort(d);
		return false;
	}
	d->open = false;
	return true;
}

void db_abort(struct db *d)
{
	if (d->open)
		d->driver->abort(d);
	d->open = false;
}

bool db_look(struct db *d, struct err *e)
{
	assert(!d->open);
	d->open = d->driver->look(d, e);
	return d->open;
}

bool db_save(struct db *d, const char *path, struct err *e)
{
	assert(d->driver->save != NULL);
	return d->driver->save(d, path, e);
}

bool db_load(struct db *d, const char *path, struct err *e)
{
	assert(d->driver->load != NULL && !d->open);
	return d->driver->load(d, path, e);
}

bool db_script(struct db *d, const char *sql, struct err *e)
{
	return d->driver->script(d, sql, e);
}

bool db_may(const struct db *d, unsigned statement, struct err *e)
{
	const struct db_statement *s = &d->table.at[statement];

	assert(statement < d->table.count);
	return (s->roles & d->table.role) != 0 ||
	       err_set(e, ERR_DENIED, "statement %s: not for this process", s->name);
}

static enum db_type type_of(char letter)
{
	switch (letter | 0x20) {
	case 'i':
		return DB_INT;
	case 't':
		return DB_TEXT;
	default:
		return DB_BLOB;
	}
}

static void check(const struct db *d, unsigned statement, const struct db_value *args, size_t n)
{
	const char *takes;

	assert(statement < d->table.count);
	takes = d->table.at[statement].takes;
	assert(strlen(takes) == n);
	for (size_t i = 0; i < n; i++)
		assert(args[i].type == type_of(takes[i]) ||
		       (args[i].type == DB_NULL && (takes[i] & 0x20) == 0));
}

bool db_run(struct db *d, unsigned statement, const struct db_value *args, size_t n, struct err *e)
{
	check(d, statement, args, n);
	return d->driver->run(d, statement, args, e);
}

bool db_query(struct db *d, unsigned statement, const struct db_value *args, size_t n,
	      struct db_rows **out, struct err *e)
{
	check(d, statement, args, n);
	return d->driver->query(d, statement, args, out, e);
}

bool db_one(struct db *d, unsigned statement, const struct db_value *args, size_t n, int64_t *i,
	    struct err *e)
{
	check(d, statement, args, n);
	return d->driver->one(d, statement, args, i, e);
}

bool db_next(struct db_rows *r, struct err *e)
{
	return r->db->driver->next(r, e);
}

void db_end(struct db_rows *r)
{
	if (r != NULL)
		r->db->driver->end(r);
}

int64_t db_int(const struct db_rows *r, unsigned column)
{
	return r->db->driver->integer(r, column);
}

struct str db_text(const struct db_rows *r, unsigned column)
{
	return r->db->driver->text(r, column);
}

bool db_null(const struct db_rows *r, unsigned column)
{
	return r->db->driver->null(r, column);
}

int64_t db_changed(struct db *d)
{
	return d->driver->changed(d);
}

bool db_describe(struct db *d, unsigned statement, struct db_shape *out, struct err *e)
{
	assert(statement < d->table.count);
	return d->driver->describe(d, statement, out, e);
}
