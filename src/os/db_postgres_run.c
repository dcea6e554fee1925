#include "base/utf8.h"
#include "os/db_postgres.h"

#include <endian.h>
#include <stdlib.h>

// The numbers that the server gives its types, the same in every release.
enum { OF_BOOL = 16, OF_BLOB = 17, OF_INT = 20, OF_SHORT = 21, OF_INTEGER = 23, OF_TEXT = 25 };

static Oid type_of(char letter)
{
	switch (letter | 0x20) {
	case 'i':
		return OF_INT;
	case 't':
		return OF_TEXT;
	default:
		return OF_BLOB;
	}
}

struct sent { // a statement's values, as the server takes them
	int count;
	int64_t number[DB_MAX_TAKES];
	const char *value[DB_MAX_TAKES];
	int length[DB_MAX_TAKES], binary[DB_MAX_TAKES];
};

static bool is_text(struct str s)
{
	return s.n == 0 || (memchr(s.p, '\0', s.n) == NULL && utf8_is(s));
}

static bool pack(const struct pg *d, unsigned statement, const struct db_value *args,
		 struct sent *out, struct err *e)
{
	const struct db_statement *s = &d->db.table.at[statement];

	out->count = (int)strlen(s->takes);
	for (int i = 0; i < out->count; i++) {
		const struct db_value *v = &args[i];

		out->binary[i] = 1;
		out->value[i] = NULL;
		if (v->type == DB_NULL)
			continue;
		if (v->s.n > INT32_MAX / 2)
			return err_set(e, ERR_LIMIT, "statement %s: over 1 GiB", s->name);
		if (v->type == DB_TEXT && !is_text(v->s))
			return err_set(e, ERR_INPUT,
				       "statement %s: a text is not UTF-8, or has a NUL in it",
				       s->name);
		out->number[i] = (int64_t)htobe64((uint64_t)v->i);
		out->value[i] = v->type == DB_INT ? (const char *)&out->number[i]
				: v->s.p != NULL  ? v->s.p
						  : "";
		out->length[i] = v->type == DB_INT ? (int)sizeof v->i : (int)v->s.n;
	}
	return true;
}

static bool prepare(struct pg *d, unsigned statement, struct err *e)
{
	const struct db_statement *s = &d->db.table.at[statement];
	Oid types[DB_MAX_TAKES];
	size_t n = strlen(s->takes);

	if (d->prepared[statement])
		return true;
	if (!db_may(&d->db, statement, e) || !pg_quiet(d, e))
		return false;
	for (size_t i = 0; i < n; i++)
		types[i] = type_of(s->takes[i]);
	if (!pg_done(d, d->pq.prepare(d->conn, s->name, s->sql[DB_POSTGRES], (int)n, types),
		     (int)statement, e))
		return false;
	d->prepared[statement] = true;
	return true;
}

static bool send(struct pg *d, unsigned statement, const struct sent *s, struct err *e)
{
	if (d->pq.sendQueryPrepared(d->conn, d->db.table.at[statement].name, s->count, s->value,
				    s->length, s->binary, 1) == 1)
		return true;
	return pg_refuse(d, NULL, (int)statement, e);
}

static int64_t rows_touched(const struct pg *d, PGresult *r)
{
	uint64_t n;

	return str_to_uint(str_of(d->pq.cmdTuples(r)), INT64_MAX, &n) ? (int64_t)n : 0;
}

static void fail(struct pg *d, const struct err *e)
{
	if (!d->failed)
		d->why = *e;
	d->failed = true;
}

// Reads what the server says of each that was queued; the first failure is the one to tell,
// for the others are its consequence.
static void answers(struct pg *d)
{
	bool synced = d->pq.pipelineSync(d->conn) == 1;
	struct err e;

	d->changed = 0;
	for (unsigned i = 0; i < d->queued && synced; i++) {
		PGresult *r = d->pq.getResult(d->conn), *end = NULL;
		int64_t touched = rows_touched(d, r);

		if (pg_done(d, r, d->queue[i], &e))
			d->changed = touched;
		else
			fail(d, &e);
		while ((end = d->pq.getResult(d->conn)) != NULL)
			d->pq.clear(end);
	}
	d->queued = 0;
	d->pq.clear(d->pq.getResult(d->conn)); // of the synchronisation itself
	if (!synced || d->pq.exitPipelineMode(d->conn) != 1) {
		pg_refuse(d, NULL, PG_NO_STATEMENT, &e);
		fail(d, &e);
	}
}

static bool settle(struct pg *d, struct err *e)
{
	if (d->queued > 0)
		answers(d);
	if (d->failed)
		*e = d->why;
	return !d->failed;
}

bool pg_quiet(struct pg *d, struct err *e)
{
	if (d->reading != NULL)
		pg_rows_keep(d->reading);
	return settle(d, e);
}

// In a transaction it is only sent: the answer is read with those of others, when something
// has to be known. A statement of its own is answered at once.
bool pg_run(struct db *db, unsigned statement, const struct db_value *args, struct err *e)
{
	struct pg *d = pg_of(db);
	struct sent s;

	if (d->failed || d->queued == PG_MAX_QUEUED || d->reading != NULL)
		if (!pg_quiet(d, e))
			return false;
	if (!pack(d, statement, args, &s, e) || !prepare(d, statement, e))
		return false;
	if (d->queued == 0 && d->pq.enterPipelineMode(d->conn) != 1)
		return pg_refuse(d, NULL, (int)statement, e);
	if (!send(d, statement, &s, e))
		return false;
	d->queue[d->queued++] = (unsigned short)statement;
	if (db->open)
		return true;
	if (settle(d, e))
		return true;
	d->failed = false; // there is no transaction that it could have spoilt
	return false;
}

int64_t pg_changed(struct db *db)
{
	struct pg *d = pg_of(db);

	if (d->queued > 0)
		answers(d);
	return d->failed ? 0 : d->changed;
}

bool pg_query(struct db *db, unsigned statement, const struct db_value *args, struct db_rows **out,
	      struct err *e)
{
	struct pg *d = pg_of(db);
	struct sent s;

	if (!pg_quiet(d, e) || !pack(d, statement, args, &s, e) || !prepare(d, statement, e) ||
	    !send(d, statement, &s, e))
		return false;
	*out = pg_rows_new(d, statement);
	return true;
}

bool pg_one(struct db *db, unsigned statement, const struct db_value *args, int64_t *i,
	    struct err *e)
{
	struct pg *d = pg_of(db);
	struct sent s;
	PGresult *r;
	bool row;

	if (!pg_quiet(d, e) || !pack(d, statement, args, &s, e) || !prepare(d, statement, e))
		return false;
	r = d->pq.execPrepared(d->conn, d->db.table.at[statement].name, s.count, s.value, s.length,
			       s.binary, 1);
	row = d->pq.resultStatus(r) == PGRES_TUPLES_OK && d->pq.ntuples(r) > 0;
	if (row)
		*i = pg_read_int(d->pq.getvalue(r, 0, 0), (size_t)d->pq.getlength(r, 0, 0));
	else
		e->kind = ERR_NONE;
	return pg_done(d, r, (int)statement, e) && row;
}

static const char *type_word(Oid type)
{
	static const struct {
		Oid type;
		const char *word;
	} words[] = {
		{ OF_INT, "int" },   { OF_INTEGER, "int" }, { OF_SHORT, "int" },
		{ OF_TEXT, "text" }, { OF_BLOB, "blob" },   { OF_BOOL, "bool" },
	};

	for (size_t i = 0; i < COUNTOF(words); i++)
		if (words[i].type == type)
			return words[i].word;
	return "another";
}

// Prepared anew without types, so that the server says which it sees.
bool pg_describe(struct db *db, unsigned statement, struct db_shape *out, struct err *e)
{
	struct pg *d = pg_of(db);
	const struct db_statement *s = &db->table.at[statement];
	struct db_shape shape = { 0 };
	PGresult *r;

	if (!db_may(db, statement, e) || !prepare(d, statement, e) || !pg_quiet(d, e) ||
	    !pg_done(d, d->pq.prepare(d->conn, "", s->sql[DB_POSTGRES], 0, NULL), (int)statement,
		     e))
		return false;
	r = d->pq.describePrepared(d->conn, "");
	if (d->pq.resultStatus(r) != PGRES_COMMAND_OK)
		return pg_done(d, r, (int)statement, e);
	if (d->described != NULL)
		d->pq.clear(d->described);
	d->described = r;
	shape.takes = (unsigned)d->pq.nparams(r);
	shape.gives = (unsigned)d->pq.nfields(r);
	if (shape.takes > DB_MAX_TAKES || shape.gives > DB_MAX_TAKES)
		return err_set(e, ERR_LIMIT, "over %d columns", (int)DB_MAX_TAKES);
	for (unsigned i = 0; i < shape.takes; i++)
		shape.taken[i] = type_word(d->pq.paramtype(r, (int)i));
	for (unsigned i = 0; i < shape.gives; i++) {
		shape.name[i] = d->pq.fname(r, (int)i);
		shape.type[i] = type_word(d->pq.ftype(r, (int)i));
	}
	*out = shape;
	return true;
}
