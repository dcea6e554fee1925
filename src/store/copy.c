#include "store/copy.h"

#include "store/statements.gen.h"

#include <assert.h>

static bool rows_of(struct db *d, const struct copied *t, int64_t *rows, struct err *e)
{
	return db_one(d, t->count, NULL, 0, rows, e);
}

const char *copy_table(unsigned i)
{
	return i < COPIED_COUNT ? copied[i].table : NULL;
}

bool copy_table_rows(struct db *d, struct str table, bool *known, int64_t *rows, struct err *e)
{
	*known = false;
	for (unsigned i = 0; i < COPIED_COUNT && !*known; i++)
		if (str_eq(table, str_of(copied[i].table))) {
			if (!rows_of(d, &copied[i], rows, e))
				return false;
			*known = true;
		}
	return true;
}

bool copy_count(const struct copy *c, int64_t *rows, struct err *e)
{
	int64_t sum = 0, n;

	for (unsigned i = 0; i < COPIED_COUNT; i++) {
		if (!rows_of(c->from, &copied[i], &n, e))
			return false;
		sum += n;
	}
	*rows = sum;
	return true;
}

bool copy_may(const struct copy *c, struct err *e)
{
	for (unsigned i = 0; i < COPIED_COUNT; i++) {
		int64_t n;

		if (copied[i].seeded)
			continue;
		if (!rows_of(c->to, &copied[i], &n, e))
			return false;
		if (n > 0)
			return err_set(e, ERR_CONFLICT,
				       "the other store is not empty, %s has %lld rows: name a new "
				       "database",
				       copied[i].table, (long long)n);
	}
	return true;
}

// The types of a statement's columns, a letter each; how many.
static size_t types_of(unsigned statement, char out[DB_MAX_TAKES])
{
	struct str gives = str_of(statements[statement].gives);
	size_t n = 0;

	while (gives.n > 0) {
		struct str type = str_cut(&gives, ',');

		str_cut(&type, ' ');
		assert(n < DB_MAX_TAKES);
		out[n++] = type.p[0];
	}
	return n;
}

static struct db_value value_of(const struct db_rows *r, unsigned column, char type)
{
	if (db_null(r, column))
		return DB_0;
	if (type == 'i')
		return DB_I(db_int(r, column));
	return type == 't' ? DB_T(db_text(r, column)) : DB_B(db_text(r, column));
}

static bool copy_rows(const struct copy *c, const struct copied *t, struct err *e)
{
	struct db_value args[DB_MAX_TAKES];
	char types[DB_MAX_TAKES];
	size_t n = types_of(t->read, types);
	autorows r = NULL;

	if (t->seeded && !db_run(c->to, t->clear, NULL, 0, e))
		return false;
	if (!db_query(c->from, t->read, NULL, 0, &r, e))
		return false;
	while (db_next(r, e)) {
		for (unsigned i = 0; i < n; i++)
			args[i] = value_of(r, i, types[i]);
		if (!db_run(c->to, t->add, args, n, e))
			return false;
	}
	return e->kind == ERR_NONE;
}

static bool same(const struct db_value *a, const struct db_value *b)
{
	return a->type == b->type && a->i == b->i && str_eq(a->s, b->s);
}

static bool same_row(const struct db_rows *a, const struct db_rows *b, const char *types, size_t n)
{
	for (unsigned i = 0; i < n; i++) {
		struct db_value x = value_of(a, i, types[i]), y = value_of(b, i, types[i]);

		if (!same(&x, &y))
			return false;
	}
	return true;
}

// Both by the table's key, whose order is bytewise in both. False + ERR_NONE: they differ, and
// *rows were the same before that.
static bool same_rows(const struct copy *c, const struct copied *t, int64_t *rows, struct err *e)
{
	char types[DB_MAX_TAKES];
	size_t n = types_of(t->read, types);
	autorows a = NULL;
	autorows b = NULL;
	bool more;

	*rows = 0;
	if (!db_query(c->from, t->read, NULL, 0, &a, e) ||
	    !db_query(c->to, t->read, NULL, 0, &b, e))
		return false;
	while ((more = db_next(a, e))) {
		if (!db_next(b, e) || !same_row(a, b, types, n))
			break;
		(*rows)++;
	}
	if (e->kind != ERR_NONE)
		return false;
	return !more && !db_next(b, e) && e->kind == ERR_NONE;
}

static bool verify(const struct copy *c, const struct copied *t, int64_t *rows, struct err *e)
{
	if (same_rows(c, t, rows, e))
		return true;
	return e->kind == ERR_NONE &&
	       err_set(e, ERR_SYSTEM, "row %lld came back otherwise; nothing was kept",
		       (long long)*rows + 1);
}

bool copy_same(const struct copy *c, struct err *e)
{
	int64_t rows;

	for (unsigned i = 0; i < COPIED_COUNT; i++)
		if (!same_rows(c, &copied[i], &rows, e))
			return false;
	return true;
}

static bool copy_one(const struct copy *c, const struct copied *t, struct err *e)
{
	struct copy_step s = { .table = t->table };

	if (!rows_of(c->from, t, &s.rows, e))
		return false;
	if (c->step != NULL)
		c->step(c->context, &s);
	if (!copy_rows(c, t, e) || !verify(c, t, &s.rows, e))
		return err_in(e, "%s", t->table);
	s.done = true;
	if (c->step != NULL)
		c->step(c->context, &s);
	return true;
}

static bool copy_in(const struct copy *c, struct err *e)
{
	if (!copy_may(c, e))
		return false;
	for (unsigned i = 0; i < COPIED_COUNT; i++)
		if (!copy_one(c, &copied[i], e))
			return false;
	return db_kind(c->to) == DB_SQLITE || db_script(c->to, copied_numbering, e);
}

bool copy_all(const struct copy *c, struct err *e)
{
	bool good;

	if (!c->looking && !db_begin(c->from, e))
		return false;
	good = db_begin(c->to, e) && copy_in(c, e) && db_commit(c->to, e);
	db_abort(c->to);
	if (!c->looking)
		db_abort(c->from);
	return good;
}
