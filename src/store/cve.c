#include "store/cve.h"

#include "base/time.h"
#include "store/statements.gen.h"

bool cve_add(struct db *d, const struct cve_row *c, struct err *e)
{
	struct db_value args[] = { DB_I(c->finding), DB_T(c->cve),   DB_I(c->feed),
				   DB_I(c->day),     DB_I(c->batch), DB_I(c->fresh) };

	return db_run(d, STATEMENT_CVE_ADD, args, COUNTOF(args), e);
}

bool cve_known(struct db *d, int64_t finding, struct str cve, bool *known, struct err *e)
{
	struct db_value args[] = { DB_I(finding), DB_T(cve) };
	int64_t batch;

	*known = db_one(d, STATEMENT_CVE_KNOWN, args, COUNTOF(args), &batch, e);
	return *known || e->kind == ERR_NONE;
}

bool cve_of(struct db *d, int64_t finding, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { DB_I(finding), DB_I(TIME_NEVER) };

	return db_query(d, STATEMENT_CVE_OF, args, COUNTOF(args), out, e);
}

bool cve_next_row(struct db_rows *r, struct cve_since *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct cve_since){ db_text(r, 0), db_int(r, 1), db_int(r, 2) };
	return true;
}

bool exploited_add(struct db *d, const struct exploited *x, struct err *e)
{
	struct db_value args[] = { DB_T(x->cve), DB_I(x->feed), DB_I(x->batch), DB_I(x->since),
				   DB_I(x->fresh) };

	return db_run(d, STATEMENT_EXPLOITED_ADD, args, COUNTOF(args), e);
}

bool exploited_forget(struct db *d, int64_t batch, struct err *e)
{
	return db_run(d, STATEMENT_EXPLOITED_FORGET, &DB_I(batch), 1, e);
}

bool exploited_new(struct db *d, int64_t batch, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_EXPLOITED_NEW, &DB_I(batch), 1, out, e);
}

bool exploited_next_row(struct db_rows *r, struct exploited_finding *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct exploited_finding){
		.finding = db_int(r, 0),
		.life = { .state = (enum finding_state)db_int(r, 1),
			  .ended = (enum finding_end)db_int(r, 2),
			  .reopened = db_int(r, 3),
			  .since = db_int(r, 4),
			  .until = db_int(r, 5) },
		.cve = db_text(r, 6),
	};
	return true;
}

bool cve_unfounded(struct db *d, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_CVE_UNFOUNDED, &DB_I(DO_MORE), 1, out, e);
}

bool cve_next_unfounded(struct db_rows *r, struct cve_unfounded *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct cve_unfounded){
		.change = db_int(r, 0),
		.finding = db_int(r, 1),
		.batch = db_int(r, 2),
		.at = db_int(r, 3),
		.was = { .state = (enum finding_state)db_int(r, 4),
			 .ended = (enum finding_end)db_int(r, 5),
			 .since = db_int(r, 6),
			 .until = db_int(r, 7),
			 .reopened = db_int(r, 10) },
		.is = { .state = (enum finding_state)db_int(r, 8),
			.ended = (enum finding_end)db_int(r, 9),
			.reopened = db_int(r, 10),
			.since = db_int(r, 11),
			.until = db_int(r, 12) },
	};
	return true;
}
