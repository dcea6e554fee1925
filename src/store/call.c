#include "store/call.h"

#include "store/statements.gen.h"

bool call_due(struct db *d, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_CALL_DUE, NULL, 0, out, e);
}

bool call_next_due(struct db_rows *r, struct call_due *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct call_due){
		.message = db_int(r, 0),
		.number = (uint32_t)db_int(r, 1),
		.member = db_int(r, 2),
		.slug = db_text(r, 3),
		.name = db_text(r, 4),
		.kind = (enum message_kind)db_int(r, 5),
		.made = db_int(r, 6),
		.worst = (enum severity)db_int(r, 7),
		.why = { (int)db_int(r, 8), db_int(r, 9) > 0 },
		.findings = db_int(r, 10),
	};
	return true;
}

bool call_contacts(struct db *d, const struct call_of *of, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { DB_I(of->member), DB_I(of->message) };

	return db_query(d, STATEMENT_CALL_CONTACTS, args, COUNTOF(args), out, e);
}

bool call_next_contact(struct db_rows *r, struct call_contact *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct call_contact){
		.id = db_int(r, 0),
		.role = db_text(r, 1),
		.name = db_text(r, 2),
		.phone = { db_text(r, 3), db_text(r, 4) },
		.tested = db_int(r, 5),
		.hours = db_text(r, 6),
		.language = db_text(r, 7),
		.tried = { db_int(r, 8), db_int(r, 10) },
		.outcome = { (enum call_outcome)db_int(r, 9), (enum call_outcome)db_int(r, 11) },
	};
	return true;
}

bool call_add(struct db *d, const struct call_row *c, struct err *e)
{
	struct db_value args[] = { DB_I(c->message), DB_I(c->contact), DB_I(c->phone), DB_I(c->at),
				   DB_T(c->who),     DB_I(c->outcome), DB_T(c->said) };

	return db_run(d, STATEMENT_CALL_ADD, args, COUNTOF(args), e);
}

bool call_tested(struct db *d, int64_t contact, int64_t at, struct err *e)
{
	struct db_value args[] = { DB_I(contact), DB_I(at) };

	return db_run(d, STATEMENT_CALL_TESTED, args, COUNTOF(args), e);
}
