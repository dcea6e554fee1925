#include "store/hook.h"

#include "store/statements.gen.h"

bool hook_add(struct db *d, struct hook_row *h, struct err *e)
{
	struct db_value args[] = { DB_I(h->member), DB_I(h->channel), DB_T(h->address),
				   DB_I(h->made), DB_T(h->who) };

	return db_one(d, STATEMENT_HOOK_ADD, args, COUNTOF(args), &h->id, e);
}

bool hook_list(struct db *d, struct str member, bool all, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { member.n > 0 ? DB_T(member) : DB_0, DB_I(all) };

	return db_query(d, STATEMENT_HOOK_LIST, args, COUNTOF(args), out, e);
}

bool hook_next_row(struct db_rows *r, struct hook_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct hook_row){
		.id = db_int(r, 0),
		.member = db_int(r, 1),
		.slug = db_text(r, 2),
		.channel = (enum channel)db_int(r, 3),
		.address = db_text(r, 4),
		.made = db_int(r, 5),
		.who = db_text(r, 6),
		.off = db_int(r, 7),
		.arrived = db_int(r, 8),
		.refused = db_int(r, 9),
	};
	return true;
}

bool hook_of(struct db *d, int64_t member, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_HOOK_OF, &DB_I(member), 1, out, e);
}

bool hook_next_of(struct db_rows *r, struct hook_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct hook_row){ .id = db_int(r, 0),
				  .channel = (enum channel)db_int(r, 1),
				  .address = db_text(r, 2) };
	return true;
}

bool hook_off(struct db *d, int64_t id, int64_t now, bool *was, struct err *e)
{
	struct db_value args[] = { DB_I(id), DB_I(now) };

	if (!db_run(d, STATEMENT_HOOK_OFF, args, COUNTOF(args), e))
		return false;
	*was = db_changed(d) > 0;
	return true;
}
