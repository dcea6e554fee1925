#include "store/metric.h"

#include "model/notice/flood.h"
#include "store/batch.h"
#include "store/statements.gen.h"

bool metric_feeds(struct db *d, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { DB_I(BATCH_HELD), DB_I(BATCH_DONE) };

	return db_query(d, STATEMENT_METRIC_FEEDS, args, COUNTOF(args), out, e);
}

bool metric_next_feed(struct db_rows *r, struct metric_feed *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct metric_feed){
		.name = db_text(r, 0),
		.batches = db_int(r, 1),
		.records = db_int(r, 2),
		.hits = db_int(r, 3),
		.held = db_int(r, 4),
		.last_records = db_int(r, 5),
		.last_junk = db_int(r, 6),
		.last_arrived = db_int(r, 7),
		.good = db_int(r, 8),
		.failures = db_int(r, 9),
	};
	return true;
}

bool metric_jobs(struct db *d, int64_t now, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_METRIC_JOBS, &DB_I(now), 1, out, e);
}

bool metric_next_job(struct db_rows *r, struct metric_job *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct metric_job){ db_int(r, 0), db_int(r, 1), db_int(r, 2),
				    db_int(r, 3), db_int(r, 4), db_int(r, 5) };
	return true;
}

bool metric_findings(struct db *d, enum finding_state state, enum severity severity, int64_t *count,
		     struct err *e)
{
	struct db_value args[] = { DB_I(state), DB_I(severity) };

	return db_one(d, STATEMENT_METRIC_FINDINGS, args, COUNTOF(args), count, e);
}

bool metric_unanswered(struct db *d, enum severity severity, int64_t *since, struct err *e)
{
	return db_one(d, STATEMENT_METRIC_UNANSWERED, &DB_I(severity), 1, since, e);
}

bool metric_numbers(struct db *d, int64_t now, struct metric_numbers *out, struct err *e)
{
	struct db_value args[] = { DB_I(now), DB_I(NOTICE_PLANNED), DB_I(NOTICE_RELEASED) };
	autorows r = NULL;

	if (!db_query(d, STATEMENT_METRIC_NUMBERS, args, COUNTOF(args), &r, e) || !db_next(r, e))
		return false;
	*out = (struct metric_numbers){ db_int(r, 0), db_int(r, 1), db_int(r, 2) };
	return true;
}

bool metric_conditions(struct db *d, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_METRIC_CONDITIONS, NULL, 0, out, e);
}

bool metric_next_condition(struct db_rows *r, struct metric_condition *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct metric_condition){ db_int(r, 0), db_int(r, 1), db_int(r, 2) };
	return true;
}
