#include "store/check.h"

#include "model/job/job.h"
#include "store/statements.gen.h"

bool store_facts(struct db *d, struct arena *a, struct store_facts *out, struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_STORE_FACTS, NULL, 0, &r, e) || !db_next(r, e))
		return false;
	*out = (struct store_facts){
		.version = arena_str(a, db_text(r, 0)),
		.off = db_int(r, 1),
		.local = db_int(r, 2) != 0,
		.tls = db_int(r, 3) != 0,
		.reads = db_int(r, 4) != 0 || db_read_only(d),
		.role = arena_str(a, db_text(r, 5)),
	};
	return true;
}

bool store_fault(struct db *d, struct arena *a, struct str *out, struct err *e)
{
	autorows r = NULL;

	*out = S("");
	if (!db_query(d, STATEMENT_STORE_FAULTS, NULL, 0, &r, e))
		return false;
	if (db_next(r, e))
		*out = arena_str(a, db_text(r, 0));
	return out->n > 0 || e->kind == ERR_NONE;
}

bool store_newest(struct db *d, int64_t *out, struct err *e)
{
	autorows r = NULL;
	int64_t audit, batch;

	if (!db_query(d, STATEMENT_STORE_NEWEST, NULL, 0, &r, e) || !db_next(r, e))
		return false;
	audit = db_int(r, 0);
	batch = db_int(r, 1);
	e->kind = ERR_NONE;
	if (audit == 0 && batch == 0)
		return false;
	*out = audit > batch ? audit : batch;
	return true;
}

bool store_prepare(struct db *d, unsigned *bad, struct err *why)
{
	struct db_shape shape;
	struct err e;

	*bad = 0;
	for (unsigned i = 0; i < STATEMENT_COUNT; i++)
		if (!db_describe(d, i, &shape, &e) && (*bad)++ == 0)
			*why = e;
	return *bad == 0;
}

bool store_role_check(struct db *d, struct store_role_check *out, struct err *e)
{
	*out = (struct store_role_check){ 0 };
	if (db_kind(d) == DB_SQLITE)
		return true;
	for (unsigned i = 0; i < STORE_ROLE_COUNT; i++) {
		const char *name = store_roles[i].name;
		autorows r = NULL;

		if (!db_query(d, STATEMENT_STORE_ROLE, &DB_T(str_of(name)), 1, &r, e))
			return false;
		if (!db_next(r, e)) {
			if (e->kind != ERR_NONE)
				return false;
			if (out->lacks == NULL)
				out->lacks = name;
		} else if (db_int(r, 1) == 0 && out->may_not == NULL) {
			out->may_not = name;
		}
	}
	return true;
}

bool store_references(struct db *d, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_STORE_REFERENCES, NULL, 0, out, e);
}

bool store_next_reference(struct db_rows *r, struct store_reference *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct store_reference){ db_text(r, 0), db_text(r, 1), db_int(r, 2), db_int(r, 3) };
	return true;
}

bool store_jobs_wrong(struct db *d, int64_t *count, int64_t *first, struct err *e)
{
	struct db_value args[] = { DB_I(JOB_KIND_COUNT), DB_I(JOB_STATE_COUNT) };
	autorows r = NULL;

	if (!db_query(d, STATEMENT_STORE_JOBS_WRONG, args, COUNTOF(args), &r, e) || !db_next(r, e))
		return false;
	*count = db_int(r, 0);
	*first = db_int(r, 1);
	return true;
}

bool store_recalling(struct db *d, int64_t *count, struct err *e)
{
	return db_one(d, STATEMENT_STORE_RECALLING, NULL, 0, count, e);
}

bool store_archive(struct db *d, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_ARCHIVE_ROWS, NULL, 0, out, e);
}

bool store_next_archived(struct db_rows *r, struct store_archived *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct store_archived){ db_int(r, 0), db_text(r, 1), db_text(r, 2) };
	return true;
}
