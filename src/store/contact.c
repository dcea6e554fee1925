#include "store/contact.h"

#include "store/statements.gen.h"

bool contact_put(struct db *d, int64_t member, struct contact *c, struct err *e)
{
	struct db_value args[] = {
		DB_I(c->id == 0 ? member : c->id),
		DB_I(c->order),
		DB_T(c->role),
		DB_T(c->name),
		DB_T(c->mail),
		DB_T(c->phone),
		DB_T(c->phone2),
		DB_I(c->phone_tested),
		DB_T(c->hours),
		DB_T(c->language),
		DB_T(c->expertise),
		DB_T(c->key),
		DB_T(c->wishes),
	};

	if (c->id != 0)
		return db_run(d, STATEMENT_CONTACT_CHANGE, args, COUNTOF(args), e);
	return db_one(d, STATEMENT_CONTACT_ADD, args, COUNTOF(args), &c->id, e);
}

bool contact_drop(struct db *d, int64_t id, struct err *e)
{
	struct db_value args[] = { DB_I(id) };

	return db_run(d, STATEMENT_CONTACT_DROP, args, 1, e);
}

bool contact_whose(struct db *d, struct str address, struct arena *a, struct contact_whose *out,
		   struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_CONTACT_WHOSE, &DB_T(address), 1, &r, e) || !db_next(r, e))
		return false;
	*out = (struct contact_whose){
		.contact = db_int(r, 0),
		.member = db_int(r, 1),
		.name = arena_str(a, db_text(r, 2)),
		.role = arena_str(a, db_text(r, 3)),
		.slug = arena_str(a, db_text(r, 4)),
		.member_name = arena_str(a, db_text(r, 5)),
	};
	return true;
}
