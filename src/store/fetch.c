#include "store/fetch.h"

#include "base/time.h"
#include "model/feed/fetch.h"
#include "store/statements.gen.h"

bool fetch_state_of(struct db *d, struct str feed, struct arena *a, struct fetch_state *out,
		    struct err *e)
{
	struct db_value args[] = { DB_T(feed) };
	autorows rows = NULL;

	if (!db_query(d, STATEMENT_FEED_STATE_OF, args, COUNTOF(args), &rows, e))
		return false;
	*out = (struct fetch_state){ 0 };
	if (!db_next(rows, e))
		return e->kind == ERR_NONE;
	*out = (struct fetch_state){
		.etag = arena_str(a, db_text(rows, 0)),
		.modified = arena_str(a, db_text(rows, 1)),
		.upto = db_int(rows, 2),
		.tried = db_int(rows, 3),
		.good = db_int(rows, 4),
		.next = db_int(rows, 5),
		.failures = db_int(rows, 6),
		.reason = arena_str(a, db_text(rows, 7)),
		.failed = (enum err_kind)db_int(rows, 8),
	};
	return true;
}

bool fetch_state_put(struct db *d, int64_t feed, const struct fetch_state *s, struct err *e)
{
	struct db_value args[] = { DB_I(feed),     DB_T(s->etag),     DB_T(s->modified),
				   DB_I(s->upto),  DB_I(s->tried),    DB_I(s->good),
				   DB_I(s->next),  DB_I(s->failures), DB_T(s->reason),
				   DB_I(s->failed) };

	return db_run(d, STATEMENT_FEED_STATE_PUT, args, COUNTOF(args), e);
}

bool fetch_store_made(struct db *d, int64_t *out, struct err *e)
{
	return db_one(d, STATEMENT_STORE_MADE, NULL, 0, out, e);
}

bool fetch_host_take(struct db *d, const struct fetch_host *h, int64_t now, bool *mine,
		     int64_t *free, struct err *e)
{
	struct db_value args[] = { DB_T(h->name), DB_T(h->worker), DB_I(now),
				   DB_I(now + FETCH_MAX_GAP * TIME_SECOND) };

	if (!db_run(d, STATEMENT_HOST_TAKE, args, COUNTOF(args), e))
		return false;
	*free = now;
	*mine = db_changed(d) > 0;
	if (*mine)
		return true;
	return db_one(d, STATEMENT_HOST_FREE, args, 1, free, e) || e->kind == ERR_NONE;
}

bool fetch_host_leave(struct db *d, const struct fetch_host *h, int64_t free, struct err *e)
{
	struct db_value args[] = { DB_T(h->name), DB_T(h->worker), DB_I(free) };

	return db_run(d, STATEMENT_HOST_LEAVE, args, COUNTOF(args), e);
}

bool fetch_item_done(struct db *d, struct str feed, struct str item, struct str version, bool *is,
		     struct err *e)
{
	struct db_value args[] = { DB_T(feed), DB_T(item) };
	autorows rows = NULL;

	if (!db_query(d, STATEMENT_FEED_ITEM_VERSION, args, COUNTOF(args), &rows, e))
		return false;
	*is = db_next(rows, e) && str_eq(db_text(rows, 0), version);
	return e->kind == ERR_NONE;
}

bool fetch_item_version(struct db *d, struct str feed, struct str item, struct arena *a,
			struct str *out, struct err *e)
{
	struct db_value args[] = { DB_T(feed), DB_T(item) };
	autorows rows = NULL;

	if (!db_query(d, STATEMENT_FEED_ITEM_VERSION, args, COUNTOF(args), &rows, e))
		return false;
	*out = db_next(rows, e) ? arena_str(a, db_text(rows, 0)) : (struct str){ 0 };
	return e->kind == ERR_NONE;
}

bool fetch_item_put(struct db *d, int64_t feed, struct str item, struct str version, int64_t now,
		    struct err *e)
{
	struct db_value args[] = { DB_I(feed), DB_T(item), DB_T(version), DB_I(now) };

	return db_run(d, STATEMENT_FEED_ITEM_PUT, args, COUNTOF(args), e);
}

bool fetch_item_forget(struct db *d, int64_t feed, int64_t before, struct err *e)
{
	struct db_value args[] = { DB_I(feed), DB_I(before) };

	return db_run(d, STATEMENT_FEED_ITEM_FORGET, args, COUNTOF(args), e);
}

bool listing_put(struct db *d, int64_t feed, const struct listing *l, struct err *e)
{
	struct db_value args[] = { DB_I(feed), DB_I(l->day), DB_I(l->complete), DB_T(l->types),
				   DB_I(l->seen) };

	return db_run(d, STATEMENT_LISTING_PUT, args, COUNTOF(args), e);
}

bool listing_failed(struct db *d, int64_t feed, int64_t day, int64_t now, struct err *e)
{
	struct db_value args[] = { DB_I(feed), DB_I(day), DB_I(now) };

	return db_run(d, STATEMENT_LISTING_FAILED, args, COUNTOF(args), e);
}

bool listing_of(struct db *d, struct str feed, struct arena *a, struct listing *out, struct err *e)
{
	struct db_value args[] = { DB_T(feed), DB_I(out->day) };
	autorows rows = NULL;

	if (!db_query(d, STATEMENT_LISTING_OF, args, COUNTOF(args), &rows, e) || !db_next(rows, e))
		return false;
	out->complete = db_int(rows, 0) != 0;
	out->types = arena_str(a, db_text(rows, 1));
	out->seen = db_int(rows, 2);
	return true;
}
