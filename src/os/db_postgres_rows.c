#include "os/db_postgres.h"

#include <assert.h>
#include <stdlib.h>

// Rows come one at a time (single-row mode). Where another statement is run before they are
// all read, the wire must be free for it: those still coming are then packed together here,
// a length (-1: NULL) and the bytes of each value.
struct pg_rows {
	struct db_rows rows;
	unsigned statement;
	unsigned columns;
	PGresult *row; // the one read last, from the wire
	bool over;     // no more are on the wire
	bool failed;
	struct err why; // they ended early
	char *kept;
	size_t n, size, at; // of what is kept: in use, room, read up to
	struct {
		const char *p; // NULL: NULL
		size_t n;
	} cell[DB_MAX_TAKES];
};

struct db_rows *pg_rows_new(struct pg *d, unsigned statement)
{
	struct pg_rows *r = calloc(1, sizeof *r);

	if (r == NULL)
		abort();
	r->rows.db = &d->db;
	r->statement = statement;
	d->pq.setSingleRowMode(d->conn);
	d->reading = r;
	return &r->rows;
}

static struct pg *pg_of_rows(const struct pg_rows *r)
{
	return pg_of(r->rows.db);
}

// The next row on the wire into r->row; false: there are no more, or r->failed.
static bool receive(struct pg_rows *r)
{
	struct pg *d = pg_of_rows(r);
	PGresult *got;

	if (r->row != NULL)
		d->pq.clear(r->row);
	r->row = d->pq.getResult(d->conn);
	if (d->pq.resultStatus(r->row) == PGRES_SINGLE_TUPLE) {
		r->columns = (unsigned)d->pq.nfields(r->row);
		assert(r->columns <= DB_MAX_TAKES);
		return true;
	}
	r->failed = !pg_done(d, TAKE(r->row, NULL), (int)r->statement, &r->why);
	while ((got = d->pq.getResult(d->conn)) != NULL)
		d->pq.clear(got);
	r->over = true;
	d->reading = NULL;
	return false;
}

static void add(struct pg_rows *r, const void *p, size_t n)
{
	if (n > r->size - r->n) {
		r->size = (r->n + n) * 2;
		r->kept = realloc(r->kept, r->size);
		if (r->kept == NULL)
			abort();
	}
	if (n > 0)
		memcpy(r->kept + r->n, p, n);
	r->n += n;
}

static void show_row(struct pg_rows *r)
{
	const struct pg *d = pg_of_rows(r);

	for (unsigned i = 0; i < r->columns; i++) {
		bool null = d->pq.getisnull(r->row, 0, (int)i) != 0;

		r->cell[i].p = null ? NULL : d->pq.getvalue(r->row, 0, (int)i);
		r->cell[i].n = null ? 0 : (size_t)d->pq.getlength(r->row, 0, (int)i);
	}
}

static void show_kept(struct pg_rows *r)
{
	for (unsigned i = 0; i < r->columns; i++) {
		int32_t n;

		memcpy(&n, r->kept + r->at, sizeof n);
		r->at += sizeof n;
		r->cell[i].p = n < 0 ? NULL : r->kept + r->at;
		r->cell[i].n = n < 0 ? 0 : (size_t)n;
		r->at += r->cell[i].n;
	}
}

// The row that the caller is looking at stays where it is.
void pg_rows_keep(struct pg_rows *r)
{
	PGresult *shown = TAKE(r->row, NULL);
	const struct pg *d = pg_of_rows(r);

	while (receive(r))
		for (unsigned i = 0; i < r->columns; i++) {
			bool null = d->pq.getisnull(r->row, 0, (int)i) != 0;
			int32_t n = null ? -1 : d->pq.getlength(r->row, 0, (int)i);

			add(r, &n, sizeof n);
			add(r, d->pq.getvalue(r->row, 0, (int)i), null ? 0 : (size_t)n);
		}
	r->row = shown;
}

bool pg_next(struct db_rows *rows, struct err *e)
{
	struct pg_rows *r = (struct pg_rows *)rows;

	if (r->at < r->n) {
		show_kept(r);
		return true;
	}
	if (!r->over && receive(r)) {
		show_row(r);
		return true;
	}
	e->kind = ERR_NONE;
	if (r->failed)
		*e = r->why;
	return false;
}

// What is still coming is read and dropped: a list that nobody wants to its end is short,
// or has its LIMIT.
void pg_end(struct db_rows *rows)
{
	struct pg_rows *r = (struct pg_rows *)rows;

	while (!r->over)
		if (!receive(r))
			break;
	if (r->row != NULL)
		pg_of_rows(r)->pq.clear(r->row);
	free(r->kept);
	free(r);
}

int64_t pg_read_int(const char *p, size_t n)
{
	uint64_t v = n > 0 && (p[0] & 0x80) != 0 ? UINT64_MAX : 0;

	assert(n <= sizeof v);
	for (size_t i = 0; i < n; i++)
		v = v << 8 | (unsigned char)p[i];
	return (int64_t)v;
}

int64_t pg_int(const struct db_rows *rows, unsigned column)
{
	const struct pg_rows *r = (const struct pg_rows *)rows;

	return r->cell[column].p == NULL ? 0 : pg_read_int(r->cell[column].p, r->cell[column].n);
}

struct str pg_text(const struct db_rows *rows, unsigned column)
{
	const struct pg_rows *r = (const struct pg_rows *)rows;

	return (struct str){ r->cell[column].p, r->cell[column].n };
}

bool pg_null(const struct db_rows *rows, unsigned column)
{
	const struct pg_rows *r = (const struct pg_rows *)rows;

	return r->cell[column].p == NULL;
}
