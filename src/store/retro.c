#include "store/retro.h"

#include "base/time.h"
#include "store/statements.gen.h"

bool retro_add(struct db *d, struct retro_row *r, struct err *e)
{
	struct db_value args[] = { DB_I(r->made), DB_T(r->who), DB_T(r->why), DB_I(TIME_NEVER),
				   DB_I(INT64_MAX) };

	return db_one(d, STATEMENT_RETRO_ADD, args, COUNTOF(args), &r->id, e);
}

bool retro_add_asset(struct db *d, int64_t retro, int64_t asset, struct err *e)
{
	struct db_value args[] = { DB_I(retro), DB_I(asset) };

	return db_run(d, STATEMENT_RETRO_ADD_ASSET, args, COUNTOF(args), e);
}

bool retro_put(struct db *d, const struct retro_row *r, struct err *e)
{
	struct db_value args[] = {
		DB_I(r->id),    DB_I(r->place.day), DB_I(r->place.batch), DB_I(r->batches),
		DB_I(r->done),  DB_I(r->lost),      DB_I(r->records),     DB_I(r->found),
		DB_I(r->again), DB_I(r->early),     DB_I(r->ended),
	};

	return db_run(d, STATEMENT_RETRO_PUT, args, COUNTOF(args), e);
}

static bool list(struct db *d, bool all, int64_t id, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { DB_I(all), id != 0 ? DB_I(id) : DB_0 };

	return db_query(d, STATEMENT_RETRO_LIST, args, COUNTOF(args), out, e);
}

bool retro_list(struct db *d, bool all, struct db_rows **out, struct err *e)
{
	return list(d, all, 0, out, e);
}

bool retro_next_row(struct db_rows *r, struct retro_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct retro_row){
		.id = db_int(r, 0),
		.made = db_int(r, 1),
		.who = db_text(r, 2),
		.why = db_text(r, 3),
		.place = { db_int(r, 4), db_int(r, 5) },
		.batches = db_int(r, 6),
		.done = db_int(r, 7),
		.lost = db_int(r, 8),
		.records = db_int(r, 9),
		.found = db_int(r, 10),
		.again = db_int(r, 11),
		.early = db_int(r, 12),
		.ended = db_int(r, 13),
		.assets = db_int(r, 14),
	};
	return true;
}

bool retro_by_id(struct db *d, int64_t id, struct arena *a, struct retro_row *out, struct err *e)
{
	autorows r = NULL;

	if (!list(d, true, id, &r, e) || !retro_next_row(r, out, e))
		return false;
	out->who = arena_str(a, out->who);
	out->why = arena_str(a, out->why);
	return true;
}

bool retro_assets(struct db *d, int64_t retro, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_RETRO_ASSETS, &DB_I(retro), 1, out, e);
}

bool retro_next_asset(struct db_rows *r, int64_t *asset, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*asset = db_int(r, 0);
	return true;
}
