#include "base/time.h"
#include "store/life.h"
#include "store/statements.gen.h"

bool heard_put(struct db *d, struct heard_of of, const struct heard *h, struct err *e)
{
	struct db_value args[] = { DB_I(of.feed), DB_T(of.type), DB_I(h->day), DB_I(h->came),
				   DB_I(h->proves) };

	return db_run(d, STATEMENT_HEARD_PUT, args, COUNTOF(args), e);
}

bool heard_forget(struct db *d, struct heard_of of, int64_t day, struct err *e)
{
	struct db_value args[] = { DB_I(of.feed), DB_T(of.type), DB_I(day) };

	return db_run(d, STATEMENT_HEARD_FORGET, args, COUNTOF(args), e);
}

bool heard_days(struct db *d, struct str feed, struct str type, struct heard *out, size_t *n,
		struct err *e)
{
	struct db_value args[] = { DB_T(feed), DB_T(type), DB_I((int64_t)*n) };
	autorows r = NULL;

	*n = 0;
	if (!db_query(d, STATEMENT_HEARD_DAYS, args, COUNTOF(args), &r, e))
		return false;
	while (db_next(r, e))
		out[(*n)++] = (struct heard){ db_int(r, 0), db_int(r, 1), db_int(r, 2) != 0 };
	return e->kind == ERR_NONE;
}

bool heard_last(struct db *d, struct str feed, int64_t *came, struct err *e)
{
	*came = TIME_EVER;
	return db_one(d, STATEMENT_HEARD_LAST, &DB_T(feed), 1, came, e) || e->kind == ERR_NONE;
}

bool coverage_until(struct db *d, struct str feed, int64_t asset, int64_t *until, struct err *e)
{
	struct db_value args[] = { DB_T(feed), DB_I(asset) };

	*until = TIME_NEVER;
	return db_one(d, STATEMENT_COVERAGE_UNTIL, args, COUNTOF(args), until, e) ||
	       e->kind == ERR_NONE;
}

bool coverage_put(struct db *d, const struct coverage *c, struct err *e)
{
	struct db_value args[] = { DB_I(c->feed), DB_I(c->asset), DB_I(c->since), DB_I(c->until) };

	return db_run(d, STATEMENT_COVERAGE_PUT, args, COUNTOF(args), e);
}

bool coverage_ended(struct db *d, bool *any, struct err *e)
{
	int64_t asset;

	*any = db_one(d, STATEMENT_COVERAGE_ENDED, &DB_I(TIME_NEVER), 1, &asset, e);
	return *any || e->kind == ERR_NONE;
}

bool coverage_all(struct db *d, struct str feed, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_COVERAGE_ALL, &DB_T(feed), 1, out, e);
}

bool coverage_next_row(struct db_rows *r, struct coverage *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct coverage){ .asset = db_int(r, 0),
				  .since = db_int(r, 1),
				  .until = db_int(r, 2) };
	return true;
}
