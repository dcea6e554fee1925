#include "store/statement.h"

#include "store/statements.gen.h"

bool statement_members(struct db *d, const struct statement_week *w, struct db_rows **out,
		       struct err *e)
{
	struct db_value args[] = { DB_I(w->round), DB_I(w->from), DB_I(w->until) };

	return db_query(d, STATEMENT_STATEMENT_MEMBERS, args, COUNTOF(args), out, e);
}

bool statement_next_member(struct db_rows *r, int64_t *member, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*member = db_int(r, 0);
	return true;
}

bool statement_told(struct db *d, const struct statement_of *of, struct db_rows **out,
		    struct err *e)
{
	struct db_value args[] = { DB_I(of->member), DB_I(of->from), DB_I(of->until) };

	return db_query(d, STATEMENT_STATEMENT_TOLD, args, COUNTOF(args), out, e);
}

bool statement_next_told(struct db_rows *r, struct statement_told *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct statement_told){ (uint32_t)db_int(r, 0), (enum message_kind)db_int(r, 1),
					db_int(r, 2), db_int(r, 3) > 0 };
	return true;
}

bool statement_covered(struct db *d, const struct statement_of *of, struct statement_covered *out,
		       struct err *e)
{
	struct db_value args[] = { DB_I(of->member), DB_I(of->from), DB_I(of->until) };
	autorows r = NULL;

	if (!db_query(d, STATEMENT_STATEMENT_COVERED, args, COUNTOF(args), &r, e) || !db_next(r, e))
		return false;
	*out = (struct statement_covered){ db_int(r, 0), db_int(r, 1), db_int(r, 2) };
	return true;
}
