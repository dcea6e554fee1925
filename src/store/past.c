#include "store/past.h"

#include "base/time.h"
#include "store/statements.gen.h"

bool past_as_they_came(struct db *d, int64_t since, int64_t most, struct db_rows **out,
		       struct err *e)
{
	struct db_value args[] = { DB_I(since), DB_I(most) };

	return db_query(d, STATEMENT_PAST_AS_THEY_CAME, args, COUNTOF(args), out, e);
}

bool past_newest(struct db *d, const struct past_range *r, struct db_rows **out, struct err *e)
{
	struct db_value args[] = {
		r->feed.n > 0 ? DB_T(r->feed) : DB_0,
		DB_I(r->since),
		DB_I(r->before.day),
		DB_I(r->before.batch),
		DB_I(r->most),
	};

	return db_query(d, STATEMENT_PAST_NEWEST, args, COUNTOF(args), out, e);
}

bool past_count(struct db *d, const struct past_range *r, int64_t *out, struct err *e)
{
	struct db_value args[] = { r->feed.n > 0 ? DB_T(r->feed) : DB_0, DB_I(r->since),
				   DB_I(r->before.day), DB_I(r->before.batch) };

	return db_one(d, STATEMENT_PAST_COUNT, args, COUNTOF(args), out, e);
}

bool past_next_batch(struct db_rows *r, struct past_batch *out, struct err *e)
{
	struct str sum, path;

	if (!db_next(r, e))
		return false;
	sum = db_text(r, 5);
	path = str_first(db_text(r, 9), ARCHIVE_PATH - 1);
	*out = (struct past_batch){
		.id = db_int(r, 0),
		.feed_id = db_int(r, 1),
		.feed = db_text(r, 2),
		.type = db_text(r, 3),
		.day = db_int(r, 4),
		.arrived = db_int(r, 7),
		.file = db_text(r, 8),
		.kept = { .bytes = (uint64_t)db_int(r, 6) },
		.fault = (enum archive_fault)db_int(r, 10),
	};
	memcpy(out->kept.sum, sum.p, sum.n < DIGEST_BYTES ? sum.n : DIGEST_BYTES);
	memcpy(out->kept.path, path.p, path.n);
	return true;
}

bool past_feeds(struct db *d, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_PAST_FEEDS, NULL, 0, out, e);
}

bool past_next_feed(struct db_rows *r, struct past_feed *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct past_feed){
		.id = db_int(r, 0),
		.feed = db_text(r, 1),
		.first = db_null(r, 2) ? TIME_NEVER : db_int(r, 2),
		.gone = db_int(r, 3),
	};
	return true;
}

bool past_reading(struct db *d, int64_t since, int64_t *out, struct err *e)
{
	return db_one(d, STATEMENT_PAST_READING, &DB_I(since), 1, out, e);
}
