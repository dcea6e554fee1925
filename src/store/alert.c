#include "store/alert.h"

#include "store/statements.gen.h"

bool alert_add(struct db *d, struct alert_row *x, struct err *e)
{
	struct db_value args[] = { DB_I(x->made),    DB_T(x->who),      DB_T(x->tlp),
				   DB_T(x->title),   DB_T(x->title_nl), DB_T(x->body),
				   DB_T(x->body_nl), DB_T(x->audience) };

	return db_one(d, STATEMENT_ALERT_ADD, args, COUNTOF(args), &x->id, e);
}

bool alert_list(struct db *d, int64_t id, struct db_rows **out, struct err *e)
{
	struct db_value which = id > 0 ? DB_I(id) : DB_0;

	return db_query(d, STATEMENT_ALERT_LIST, &which, 1, out, e);
}

bool alert_next_row(struct db_rows *r, struct alert_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct alert_row){
		.id = db_int(r, 0),
		.made = db_int(r, 1),
		.who = db_text(r, 2),
		.tlp = db_text(r, 3),
		.title = db_text(r, 4),
		.title_nl = db_text(r, 5),
		.body = db_text(r, 6),
		.body_nl = db_text(r, 7),
		.audience = db_text(r, 8),
		.members = db_int(r, 9),
		.told = db_int(r, 10),
		.failed = db_int(r, 11),
	};
	return true;
}

bool alert_by_id(struct db *d, int64_t id, struct arena *a, struct alert_row *out, struct err *e)
{
	autorows r = NULL;

	if (!alert_list(d, id, &r, e) || !alert_next_row(r, out, e))
		return false;
	out->who = arena_str(a, out->who);
	out->tlp = arena_str(a, out->tlp);
	out->title = arena_str(a, out->title);
	out->title_nl = arena_str(a, out->title_nl);
	out->body = arena_str(a, out->body);
	out->body_nl = arena_str(a, out->body_nl);
	out->audience = arena_str(a, out->audience);
	return true;
}

bool alert_members(struct db *d, struct str issue, struct db_rows **out, struct err *e)
{
	bool family = str_has_suffix(issue, S(".*"));
	struct db_value args[] = { DB_T(issue), DB_0 };

	if (family)
		args[1] = DB_T(str_first(issue, issue.n - 1));
	return db_query(d, STATEMENT_ALERT_MEMBERS, args, COUNTOF(args), out, e);
}

bool alert_next_member(struct db_rows *r, int64_t *member, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*member = db_int(r, 0);
	return true;
}
