#include "store/letter.h"

#include "store/statements.gen.h"

bool letter_to(struct db *d, int64_t member, int64_t contact, struct db_rows **rows,
	       struct letter_to *out, struct err *e)
{
	struct db_value args[] = { DB_I(member), DB_I(contact) };

	if (!db_query(d, STATEMENT_LETTER_TO, args, COUNTOF(args), rows, e) || !db_next(*rows, e))
		return e->kind == ERR_NONE &&
		       err_set(e, ERR_SYSTEM, "the member of a message is not in the store");
	*out = (struct letter_to){ db_text(*rows, 0), db_text(*rows, 1), db_text(*rows, 2),
				   db_text(*rows, 3), db_text(*rows, 4), db_text(*rows, 5),
				   db_text(*rows, 6), db_text(*rows, 7) };
	return true;
}

bool letter_others(struct db *d, struct str issue, int64_t member, struct letter_others *out,
		   struct err *e)
{
	struct db_value args[] = { DB_T(issue), DB_I(member) };
	autorows r = NULL;

	if (!db_query(d, STATEMENT_LETTER_OTHERS, args, COUNTOF(args), &r, e) || !db_next(r, e))
		return false;
	*out = (struct letter_others){ db_int(r, 0), db_int(r, 1) };
	return true;
}

bool letter_told(struct db *d, int64_t finding, int64_t message, struct letter_told *out,
		 struct err *e)
{
	struct db_value args[] = { DB_I(finding), DB_I(message) };
	autorows r = NULL;

	if (!db_query(d, STATEMENT_LETTER_TOLD, args, COUNTOF(args), &r, e) || !db_next(r, e))
		return false;
	*out = (struct letter_told){ db_int(r, 0) > 0, db_int(r, 1), db_int(r, 2) > 0 };
	return true;
}
