#include "store/audit.h"

#include "base/time.h"
#include "store/statements.gen.h"

static struct db_value blob(const unsigned char *p, size_t n)
{
	return DB_B(((struct str){ (const char *)p, n }));
}

static void read_blob(const struct db_rows *r, unsigned column, unsigned char *out, size_t n)
{
	struct str s = db_text(r, column);

	memset(out, 0, n);
	if (s.n == n)
		memcpy(out, s.p, n);
}

bool audit_last(struct db *d, int64_t *id, unsigned char hash[CHAIN_HASH], struct err *e)
{
	autorows rows = NULL;

	if (!db_query(d, STATEMENT_AUDIT_LAST, NULL, 0, &rows, e) || !db_next(rows, e))
		return false;
	*id = db_int(rows, 0);
	read_blob(rows, 1, hash, CHAIN_HASH);
	return true;
}

bool audit_add(struct db *d, const struct chain_row *r, struct err *e)
{
	struct db_value args[] = {
		DB_I(r->id),
		DB_I(r->at),
		DB_T(r->who),
		DB_T(r->verb),
		DB_T(r->subject),
		blob(r->digest, sizeof r->digest),
		blob(r->previous, sizeof r->previous),
		blob(r->hash, sizeof r->hash),
	};

	return db_run(d, STATEMENT_AUDIT_ADD, args, COUNTOF(args), e);
}

bool audit_value_add(struct db *d, int64_t audit, unsigned place, const struct chain_value *v,
		     struct err *e)
{
	struct db_value args[] = {
		DB_I(audit),
		DB_I(place),
		DB_T(v->key),
		DB_T(v->value),
		blob(v->salt, sizeof v->salt),
		blob(v->digest, sizeof v->digest),
	};

	return db_run(d, STATEMENT_AUDIT_VALUE_ADD, args, COUNTOF(args), e);
}

bool audit_list(struct db *d, const struct audit_filter *f, struct db_rows **out, struct err *e)
{
	struct db_value args[] = {
		f->subject.n > 0 ? DB_T(f->subject) : DB_0,
		f->who.n > 0 ? DB_T(f->who) : DB_0,
		f->since != TIME_EVER ? DB_I(f->since) : DB_0,
	};

	return db_query(d, STATEMENT_AUDIT_LIST, args, COUNTOF(args), out, e);
}

bool audit_next_row(struct db_rows *r, struct chain_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct chain_row){
		.id = db_int(r, 0),
		.at = db_int(r, 1),
		.who = db_text(r, 2),
		.verb = db_text(r, 3),
		.subject = db_text(r, 4),
	};
	read_blob(r, 5, out->digest, sizeof out->digest);
	read_blob(r, 6, out->previous, sizeof out->previous);
	read_blob(r, 7, out->hash, sizeof out->hash);
	return true;
}

bool audit_values(struct db *d, int64_t audit, struct arena *a,
		  struct chain_value out[CHAIN_MOST_VALUES], size_t *n, struct err *e)
{
	struct db_value args[] = { DB_I(audit) };
	autorows rows = NULL;

	*n = 0;
	if (!db_query(d, STATEMENT_AUDIT_VALUES, args, 1, &rows, e))
		return false;
	while (db_next(rows, e)) {
		struct chain_value *v = &out[*n];

		if (*n == CHAIN_MOST_VALUES)
			return err_set(e, ERR_LIMIT,
				       "row %lld of the audit has more than %d values",
				       (long long)audit, (int)CHAIN_MOST_VALUES);
		*v = (struct chain_value){
			.key = arena_str(a, db_text(rows, 0)),
			.value = arena_str(a, db_text(rows, 1)),
			.erased = db_int(rows, 4),
		};
		read_blob(rows, 2, v->salt, sizeof v->salt);
		read_blob(rows, 3, v->digest, sizeof v->digest);
		(*n)++;
	}
	return e->kind == ERR_NONE;
}

bool audit_stray(struct db *d, int64_t *audit, struct err *e)
{
	return db_one(d, STATEMENT_AUDIT_STRAY, NULL, 0, audit, e);
}
