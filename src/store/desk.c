#include "store/desk.h"

#include "model/reach/reach.h"
#include "store/statements.gen.h"

bool desk_list(struct db *d, int64_t now, unsigned kinds, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { DB_I(now), DB_I(DESK_SILENT_DAYS * TIME_DAY), DB_I(kinds),
				   DB_I(REACH_DAYS * TIME_DAY) };

	return db_query(d, STATEMENT_DESK_LIST, args, COUNTOF(args), out, e);
}

bool desk_next(struct db_rows *r, struct desk_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct desk_row){
		.kind = (enum desk_kind)db_int(r, 0),
		.thing = db_int(r, 1),
		.number = (uint32_t)db_int(r, 2),
		.slug = db_text(r, 3),
		.severity = (enum severity)db_int(r, 4),
		.since = db_int(r, 5),
		.says = db_text(r, 6),
		.owner = db_text(r, 7),
		.until = db_int(r, 8),
	};
	return true;
}

bool desk_put(struct db *d, const struct desk_row *x, int64_t now, struct err *e)
{
	struct db_value args[] = { DB_I(x->kind), DB_I(x->thing), DB_T(x->owner), DB_I(x->until),
				   DB_I(now) };

	return db_run(d, STATEMENT_DESK_PUT, args, COUNTOF(args), e);
}
