#include "store/guardian.h"

#include "base/time.h"
#include "store/batch.h"
#include "store/statements.gen.h"

bool guarded_types(struct db *d, struct str feed, struct arena *a, struct guarded_types *out,
		   struct err *e)
{
	autorows r = NULL;

	*out = (struct guarded_types){ 0 };
	if (!db_query(d, STATEMENT_GUARDIAN_TYPES, &DB_T(feed), 1, &r, e))
		return false;
	while (db_next(r, e)) {
		out->feed = db_int(r, 0);
		*list_add(&out->at, a) = arena_str(a, db_text(r, 1));
	}
	return e->kind == ERR_NONE;
}

bool guarded_batches(struct db *d, const struct guarded *g, struct guardian_batch *out,
		     size_t *count, struct err *e)
{
	struct db_value args[] = { DB_I(g->feed), DB_T(g->type), DB_I(BATCH_DONE),
				   DB_I((int64_t)*count) };
	autorows r = NULL;

	*count = 0;
	if (!db_query(d, STATEMENT_GUARDIAN_BATCHES, args, COUNTOF(args), &r, e))
		return false;
	while (db_next(r, e))
		out[(*count)++] =
			(struct guardian_batch){ (uint64_t)db_int(r, 0), (uint64_t)db_int(r, 1),
						 (uint64_t)db_int(r, 2), db_int(r, 3) };
	return e->kind == ERR_NONE;
}

bool guarded_arrivals(struct db *d, int64_t feed, int64_t since, int64_t *out, size_t *count,
		      struct err *e)
{
	struct db_value args[] = { DB_I(feed), DB_I(since), DB_I((int64_t)*count) };
	autorows r = NULL;

	*count = 0;
	if (!db_query(d, STATEMENT_GUARDIAN_ARRIVALS, args, COUNTOF(args), &r, e))
		return false;
	while (db_next(r, e))
		out[(*count)++] = db_int(r, 0);
	return e->kind == ERR_NONE;
}

bool guarded_columns(struct db *d, const struct guarded *g, struct arena *a,
		     struct column_runs *out, struct err *e)
{
	struct db_value args[] = { DB_I(g->feed), DB_T(g->type) };
	autorows r = NULL;

	*out = (struct column_runs){ 0 };
	if (!db_query(d, STATEMENT_GUARDIAN_COLUMNS, args, COUNTOF(args), &r, e))
		return false;
	if (!db_next(r, e))
		return e->kind == ERR_NONE;
	columns_read(arena_str(a, db_text(r, 0)), a, out);
	return true;
}

bool guarded_columns_put(struct db *d, const struct guarded *g, struct str columns, struct err *e)
{
	struct db_value args[] = { DB_I(g->feed), DB_T(g->type), DB_T(columns) };

	return db_run(d, STATEMENT_GUARDIAN_COLUMNS_PUT, args, COUNTOF(args), e);
}

static bool put(struct db *d, const struct guarded *g, int64_t batch, int64_t now,
		const struct fault *f, struct err *e)
{
	struct db_value args[] = { DB_I(g->feed), DB_T(g->type), DB_I(f->kind), DB_I(f->holds),
				   DB_I(batch),   DB_T(f->says), DB_I(now) };

	return db_run(d, STATEMENT_FAULT_PUT, args, COUNTOF(args), e);
}

bool fault_note(struct db *d, const struct guarded *g, int64_t batch, int64_t now,
		const struct faults *f, struct err *e)
{
	struct db_value args[] = { DB_I(g->feed), DB_T(g->type), DB_I(FAULT_CHANGED),
				   DB_I(now - FAULT_SHOWN_HOURS * TIME_HOUR) };

	if (!db_run(d, STATEMENT_FAULT_CLEAR, args, COUNTOF(args), e))
		return false;
	for (unsigned i = 0; i < f->count; i++)
		if (!put(d, g, batch, now, &f->at[i], e))
			return false;
	return true;
}

bool fault_note_one(struct db *d, const struct guarded *g, enum fault_kind kind, int64_t now,
		    const struct fault *f, struct err *e)
{
	struct db_value args[] = { DB_I(g->feed), DB_T(g->type), DB_I(kind) };

	if (f != NULL)
		return put(d, g, 0, now, f, e);
	return db_run(d, STATEMENT_FAULT_DROP, args, COUNTOF(args), e);
}

bool fault_all(struct db *d, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_FAULT_ALL, &DB_I(BATCH_HELD), 1, out, e);
}

bool fault_next_row(struct db_rows *r, struct fault_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct fault_row){
		.feed = db_text(r, 0),
		.type = db_text(r, 1),
		.fault = { (enum fault_kind)db_int(r, 2), db_int(r, 3) != 0, db_text(r, 5) },
		.batch = db_int(r, 4),
		.seen = db_int(r, 6),
	};
	if (out->fault.kind < FAULT_COUNT)
		return true;
	return err_set(e, ERR_INPUT,
		       "the store has a fault of a kind that this program does not know");
}

bool fault_of(struct db *d, const struct guarded *g, struct arena *a, struct faults *out,
	      struct err *e)
{
	struct db_value args[] = { DB_I(g->feed), DB_T(g->type), DB_I(BATCH_HELD) };
	autorows r = NULL;

	if (!db_query(d, STATEMENT_FAULT_OF, args, COUNTOF(args), &r, e))
		return false;
	while (db_next(r, e))
		if (out->count < FAULT_COUNT && db_int(r, 0) < FAULT_COUNT)
			out->at[out->count++] =
				(struct fault){ (enum fault_kind)db_int(r, 0), db_int(r, 1) != 0,
						arena_str(a, db_text(r, 2)) };
	return e->kind == ERR_NONE;
}

bool pulse_of(struct db *d, struct str feed, struct pulse *out, struct err *e)
{
	autorows r = NULL;

	*out = (struct pulse){ 0 };
	if (!db_query(d, STATEMENT_PULSE_OF, &DB_T(feed), 1, &r, e))
		return false;
	if (!db_next(r, e))
		return e->kind == ERR_NONE;
	*out = (struct pulse){ db_int(r, 0), db_int(r, 1), db_int(r, 2) };
	return true;
}

bool pulse_put(struct db *d, int64_t feed, const struct pulse *p, struct err *e)
{
	struct db_value args[] = { DB_I(feed), DB_I(p->last), DB_I(p->patience), DB_I(p->learnt) };

	return db_run(d, STATEMENT_PULSE_PUT, args, COUNTOF(args), e);
}

bool certificate_of(struct db *d, struct str feed, struct certificate *out, struct err *e)
{
	autorows r = NULL;

	*out = (struct certificate){ 0 };
	if (!db_query(d, STATEMENT_CERTIFICATE_OF, &DB_T(feed), 1, &r, e))
		return false;
	if (!db_next(r, e))
		return e->kind == ERR_NONE;
	*out = (struct certificate){ db_int(r, 0), db_int(r, 1) };
	return true;
}

bool certificate_put(struct db *d, int64_t feed, const struct certificate *c, struct err *e)
{
	struct db_value args[] = { DB_I(feed), DB_I(c->since), DB_I(c->until) };

	return db_run(d, STATEMENT_CERTIFICATE_PUT, args, COUNTOF(args), e);
}
