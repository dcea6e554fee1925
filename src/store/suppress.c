#include "store/life.h"
#include "store/statements.gen.h"

bool suppress_add(struct db *d, struct suppress *s, struct err *e)
{
	struct db_value args[] = {
		DB_I(s->member), DB_T(s->issue), DB_T(s->seen), DB_T(s->print),
		DB_I(s->until),  DB_I(s->made),  DB_T(s->who),  DB_T(s->reason),
	};

	return db_one(d, STATEMENT_SUPPRESS_ADD, args, COUNTOF(args), &s->id, e);
}

bool suppress_all(struct db *d, int64_t now, bool all, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { DB_I(now), DB_I(all) };

	return db_query(d, STATEMENT_SUPPRESS_ALL, args, COUNTOF(args), out, e);
}

bool suppress_next_row(struct db_rows *r, struct suppress *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct suppress){
		.id = db_int(r, 0),
		.member = db_int(r, 1),
		.slug = db_text(r, 2),
		.issue = db_text(r, 3),
		.seen = db_text(r, 4),
		.print = db_text(r, 5),
		.until = db_int(r, 6),
		.made = db_int(r, 7),
		.who = db_text(r, 8),
		.reason = db_text(r, 9),
		.removed = db_int(r, 10),
	};
	return true;
}

bool suppress_remove(struct db *d, int64_t id, int64_t now, bool *was, struct err *e)
{
	struct db_value args[] = { DB_I(id), DB_I(now) };

	if (!db_run(d, STATEMENT_SUPPRESS_REMOVE, args, COUNTOF(args), e))
		return false;
	*was = db_changed(d) > 0;
	return true;
}
