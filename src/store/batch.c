#include "store/batch.h"

#include "base/time.h"
#include "store/statements.gen.h"

bool batch_feed(struct db *d, struct str name, int64_t *out, struct err *e)
{
	struct db_value args[] = { DB_T(name) };

	if (db_one(d, STATEMENT_FEED_ID, args, COUNTOF(args), out, e))
		return true;
	return e->kind == ERR_NONE && db_run(d, STATEMENT_FEED_ADD, args, COUNTOF(args), e) &&
	       db_one(d, STATEMENT_FEED_ID, args, COUNTOF(args), out, e);
}

static struct str sum_of(const struct batch *b)
{
	return (struct str){ (const char *)b->kept.sum, DIGEST_BYTES };
}

bool batch_find(struct db *d, struct batch *b, int64_t day, struct err *e)
{
	struct db_value args[] = { DB_I(b->feed), DB_B(sum_of(b)),
				   day == TIME_EVER ? DB_0 : DB_I(day) };
	autorows rows = NULL;

	if (!db_query(d, STATEMENT_BATCH_KNOWN, args, COUNTOF(args), &rows, e) || !db_next(rows, e))
		return false;
	b->id = db_int(rows, 0);
	b->state = (enum batch_state)db_int(rows, 1);
	return true;
}

bool batch_add(struct db *d, struct batch *b, struct err *e)
{
	struct db_value args[] = {
		DB_I(b->feed),
		DB_T(b->type),
		DB_I(b->day),
		DB_B(sum_of(b)),
		DB_I((int64_t)b->kept.bytes),
		DB_I(BATCH_ARRIVED),
		DB_I(b->arrived),
		DB_T(b->file),
		DB_T(str_of(b->kept.path)),
	};

	if (!db_run(d, STATEMENT_BATCH_ADD, args, COUNTOF(args), e))
		return false;
	b->id = db_last_id(d);
	b->state = BATCH_ARRIVED;
	return true;
}

bool batch_finish(struct db *d, const struct batch *b, const struct batch_end *end, struct err *e)
{
	struct db_value args[] = { DB_I(b->id), DB_I(end->state), DB_T(end->reason),
				   DB_I((int64_t)end->records), DB_I((int64_t)end->hits) };

	if (!db_run(d, STATEMENT_BATCH_STATE, args, COUNTOF(args), e) ||
	    !db_run(d, STATEMENT_BATCH_JUNK_CLEAR, args, 1, e))
		return false;
	for (size_t i = 0; i < end->junk_count; i++) {
		struct db_value row[] = { DB_I(b->id), DB_T(end->junk[i].reason),
					  DB_I((int64_t)end->junk[i].count) };

		if (end->junk[i].count > 0 &&
		    !db_run(d, STATEMENT_BATCH_JUNK_ADD, row, COUNTOF(row), e))
			return false;
	}
	return true;
}
