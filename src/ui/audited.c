#include "ui/audited.h"

#include <stdlib.h>

struct str audited_who(const struct call *call)
{
	const struct option *o = call->command->options;
	struct str who = str_of(getenv("USER"));

	for (; o != NULL && o->name != NULL; o++)
		if (strcmp(o->name, "by") == 0 && call_has(call, "by"))
			who = call_option(call, "by");
	return who.n > 0 ? who : S("officer");
}

struct audit_by audited_by(const struct call *call, int64_t now)
{
	return (struct audit_by){ audited_who(call), str_of(call->command->name), now };
}

bool audited_look(const struct app *app, const struct home *h, const struct audit_entry *x,
		  struct err *e)
{
	if (db_read_only(h->db)) {
		app_say(app, "the store is open for reading only: this look is not in the audit");
		return true;
	}
	if (!db_begin(h->db, e))
		return false;
	if (!audit_write(h->db, x, app->arena, e)) {
		db_abort(h->db);
		return false;
	}
	return audit_commit(h, app->arena, e);
}
