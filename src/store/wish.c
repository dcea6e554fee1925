#include "store/wish.h"

#include "store/statements.gen.h"

bool wish_all(struct db *d, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_WISH_ALL, NULL, 0, out, e);
}

bool wish_next(struct db_rows *r, int64_t *member, struct reachable *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*member = db_int(r, 0);
	*out = (struct reachable){ db_int(r, 1), db_text(r, 2), db_text(r, 3), db_text(r, 4) };
	return true;
}

bool wish_of(struct db *d, int64_t contact, struct arena *a, struct wish *out, struct err *e)
{
	autorows r = NULL;

	*out = (struct wish){ 0 };
	if (!db_query(d, STATEMENT_WISH_OF, &DB_I(contact), 1, &r, e))
		return false;
	if (db_next(r, e))
		wish_read(arena_str(a, db_text(r, 0)), out);
	return e->kind == ERR_NONE;
}

bool wish_told_of(struct db *d, int64_t message, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_MESSAGE_TOLD_OF, &DB_I(message), 1, out, e);
}

bool wish_next_told(struct db_rows *r, struct mandate_case *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct mandate_case){ .issue = db_text(r, 0),
				      .seen = db_text(r, 1),
				      .asset = db_text(r, 2) };
	return true;
}
