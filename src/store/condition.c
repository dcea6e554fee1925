#include "store/condition.h"

#include "base/time.h"
#include "store/statements.gen.h"

bool condition_put(struct db *d, const struct condition_row *c, int64_t now, struct err *e)
{
	struct db_value args[] = { DB_I(c->kind), DB_T(c->subject),
				   DB_T(c->says), DB_T(c->remedy),
				   DB_I(now),     DB_I(now - CONDITION_REST_HOURS * TIME_HOUR) };

	return db_run(d, STATEMENT_CONDITION_AGAIN, args, COUNTOF(args), e) &&
	       db_run(d, STATEMENT_CONDITION_PUT, args, COUNTOF(args) - 1, e);
}

bool condition_clear(struct db *d, int64_t now, int64_t before, int64_t *count, struct err *e)
{
	struct db_value args[] = { DB_I(now), DB_I(before) };

	if (!db_run(d, STATEMENT_CONDITION_CLEAR, args, COUNTOF(args), e))
		return false;
	*count = db_changed(d);
	return true;
}

bool condition_list(struct db *d, bool all, int64_t most, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { DB_I(all), DB_I(most) };

	return db_query(d, STATEMENT_CONDITION_LIST, args, COUNTOF(args), out, e);
}

bool condition_next_row(struct db_rows *r, struct condition_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct condition_row){
		.id = db_int(r, 0),
		.kind = (enum condition_kind)db_int(r, 1),
		.subject = db_text(r, 2),
		.says = db_text(r, 3),
		.remedy = db_text(r, 4),
		.opened = db_int(r, 5),
		.seen = db_int(r, 6),
		.cleared = db_int(r, 7),
		.acknowledged = db_int(r, 8),
		.who = db_text(r, 9),
		.reason = db_text(r, 10),
		.times = db_int(r, 11),
	};
	return true;
}

bool condition_by_id(struct db *d, int64_t id, struct arena *a, struct condition_row *out,
		     struct err *e)
{
	struct str *texts[] = { &out->subject, &out->says, &out->remedy, &out->who, &out->reason };
	autorows r = NULL;

	if (!db_query(d, STATEMENT_CONDITION_BY_ID, &DB_I(id), 1, &r, e) ||
	    !condition_next_row(r, out, e))
		return false;
	for (size_t i = 0; i < COUNTOF(texts); i++)
		*texts[i] = arena_str(a, *texts[i]);
	return true;
}

bool condition_acknowledge(struct db *d, const struct condition_row *c, struct err *e)
{
	struct db_value args[] = { DB_I(c->id), DB_I(c->acknowledged), DB_T(c->who),
				   DB_T(c->reason) };

	return db_run(d, STATEMENT_CONDITION_ACKNOWLEDGE, args, COUNTOF(args), e);
}

bool condition_forget(struct db *d, int64_t before, struct err *e)
{
	return db_run(d, STATEMENT_CONDITION_FORGET, &DB_I(before), 1, e);
}
