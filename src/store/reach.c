#include "store/reach.h"

#include "store/statements.gen.h"

bool reach_due(struct db *d, const struct reach_from *f, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { DB_I(f->since), DB_I(f->now),
				   f->member.n > 0 ? DB_T(f->member) : DB_0 };

	return db_query(d, STATEMENT_REACH_DUE, args, COUNTOF(args), out, e);
}

bool reach_next_due(struct db_rows *r, struct reach_due *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct reach_due){
		.member = db_int(r, 0),
		.slug = db_text(r, 1),
		.to = { db_int(r, 2), db_text(r, 3), db_text(r, 4), db_text(r, 5) },
	};
	return true;
}

bool reach_add(struct db *d, int64_t message, struct err *e)
{
	struct db_value args[] = { DB_I(message) };

	return db_run(d, STATEMENT_REACH_ADD, args, COUNTOF(args), e);
}

bool reach_last(struct db *d, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_REACH_LAST, NULL, 0, out, e);
}

bool reach_next_last(struct db_rows *r, struct reach_last *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct reach_last){
		.contact = db_int(r, 0),
		.made = db_int(r, 1),
		.state = (enum delivery_state)db_int(r, 2),
		.changed = db_int(r, 3),
		.confirmed = db_int(r, 4),
		.way = (enum answer_way)db_int(r, 5),
		.reached = db_int(r, 6),
	};
	return true;
}

bool reach_of(struct db *d, int64_t delivery, struct reach_row *out, struct err *e)
{
	struct db_value args[] = { DB_I(delivery) };
	autorows r = NULL;

	if (!db_query(d, STATEMENT_REACH_OF, args, COUNTOF(args), &r, e) || !db_next(r, e))
		return false;
	*out = (struct reach_row){ db_int(r, 0), db_int(r, 1) };
	return true;
}

bool reach_confirm(struct db *d, int64_t delivery, int64_t at, enum answer_way way, struct err *e)
{
	struct db_value args[] = { DB_I(delivery), DB_I(at), DB_I(way) };

	return db_run(d, STATEMENT_REACH_CONFIRM, args, COUNTOF(args), e);
}

bool reach_doubt(struct db *d, int64_t delivery, int64_t at, struct err *e)
{
	struct db_value args[] = { DB_I(delivery), DB_I(at) };

	return db_run(d, STATEMENT_REACH_DOUBT, args, COUNTOF(args), e);
}

bool reach_drop(struct db *d, struct err *e)
{
	return db_run(d, STATEMENT_REACH_DROP, NULL, 0, e);
}
