#include "task/check/check.h"

#include "base/time.h"
#include "os/clock.h"
#include "os/file.h"
#include "task/check/checking.h"

static const struct {
	const char *what;
	void (*make)(struct checking *c);
} checks[] = {
	{ "configuration", checking_settings },
	{ "permissions", checking_permissions },
	{ "key", checking_key },
	{ "disk", checking_disk },
	{ "store", checking_store },
	{ "clock", checking_clock },
	{ "roles", checking_roles },
	{ "feeds", checking_feeds },
	{ "credentials", checking_credentials },
	{ "certificates", checking_certificates },
	{ "dns", checking_names },
	{ "mail", checking_mail },
	{ "openpgp", checking_openpgp },
	{ "advice", checking_advice },
	{ "retention", checking_retention },
	{ "duty", checking_duty },
};

const char *check_state_word(enum check_state state)
{
	static const char *const words[] = {
		[CHECK_OK] = "ok",
		[CHECK_WARNING] = "warning",
		[CHECK_WRONG] = "wrong",
	};

	return words[state];
}

void checking_tell(struct checking *c, enum check_state state, struct str says, struct str remedy)
{
	*list_add(&c->out->rows, c->a) = (struct check_row){ c->what, state, says, remedy };
}

void checking_ok(struct checking *c, struct str says)
{
	checking_tell(c, CHECK_OK, says, S(""));
}

void checking_failed(struct checking *c, const struct err *e, struct str remedy)
{
	checking_tell(c, CHECK_WRONG, arena_str(c->a, str_of(e->text)), remedy);
}

bool checking_open(struct checking *c, struct db **out)
{
	const char *file = home_path(&c->home, HOME_STORE, c->a);
	struct err e = { 0 };

	if (c->stored && (db_is_url(c->home.store) || file_exists(file)) &&
	    home_store_at(&c->home, c->home.store, STORE_LOOK, c->a, out, &e))
		return true;
	checking_ok(c, S("not looked at: see store"));
	return false;
}

// Also with a waker.conf that cannot be read: the rest can be looked at.
static bool open_home(struct checking *c, struct err *e)
{
	if (home_read(c->wish->home, c->a, &c->home, e))
		return true;
	if (e->kind == ERR_ABSENT || e->kind == ERR_USAGE)
		return false;
	c->unread = *e;
	c->home = (struct home){ .path = arena_str(c->a, c->wish->home), .now = clock_now() };
	return true;
}

bool check_all(const struct check_wish *w, struct arena *a, struct check_rows *out, struct err *e)
{
	struct checking c = { .wish = w, .a = a, .newest = TIME_EVER, .out = out };

	*out = (struct check_rows){ 0 };
	if (!open_home(&c, e))
		return false;
	for (size_t i = 0; i < COUNTOF(checks); i++) {
		c.what = checks[i].what;
		checks[i].make(&c);
	}
	return true;
}
