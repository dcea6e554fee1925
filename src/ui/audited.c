#include "ui/audited.h"

#include "base/list.h"

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

// ---- by the command's row

struct telling {
	struct app *app;
	const struct call *call;
	LIST(struct audit_said) said;
};

static void say(struct telling *t, const char *key, struct str value)
{
	*list_add(&t->said, t->app->arena) = (struct audit_said){ key, value };
}

// All that was typed: the words, and the options that were given but who does it.
static void say_typed(struct telling *t)
{
	const struct call *c = t->call;
	const struct option *o = c->command->options;
	enum { MOST = 200 }; // words; a shell's pattern may be thousands

	for (size_t i = 0; i < c->count && i < MOST; i++)
		say(t, "word", c->arg[i]);
	for (; o != NULL && o->name != NULL; o++)
		if (strcmp(o->name, "by") != 0 && call_has(c, o->name))
			say(t, o->name, o->value != NULL ? call_option(c, o->name) : S("yes"));
}

static bool is_slug(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') &&
		    s.p[i] != '-')
			return false;
	return s.n > 1;
}

// The feed, where it is one; what else is typed may be personal, and stands beside the chain.
static struct str subject_of(const struct call *c)
{
	struct str name = str_of(c->command->name), noun = str_cut(&name, ' ');

	return str_eq(noun, S("feed")) && c->count > 0 && is_slug(c->arg[0]) ? c->arg[0] : noun;
}

static bool write_row(struct telling *t, const struct home *h, struct err *e)
{
	struct audit_entry x = {
		.by = audited_by(t->call, h->now),
		.subject = subject_of(t->call),
		.said = t->said.at,
		.count = t->said.count,
	};

	return audited_look(t->app, h, &x, e);
}

static bool look_first(struct app *app, const struct call *call, struct err *e)
{
	struct telling t = { .app = app, .call = call };
	autohome h = { 0 };

	if (app->home.n == 0)
		return true; // said when it is done
	if (!home_open(app->home, app->arena, &h, e))
		return false;
	say_typed(&t);
	return write_row(&t, &h, e);
}

// What failed half-way may have changed something; what was refused has not.
static bool may_have_changed(enum err_kind kind)
{
	switch (kind) {
	case ERR_INPUT:
	case ERR_LIMIT:
	case ERR_REMOTE:
	case ERR_SYSTEM:
		return true;
	case ERR_NONE:
	case ERR_USAGE:
	case ERR_DENIED:
	case ERR_ABSENT:
	case ERR_CONFLICT:
	case ERR_CONFIG:
	case ERR_KINDS:
		break;
	}
	return false;
}

static bool tell_done(struct app *app, const struct call *call, const struct err *failed,
		      struct err *e)
{
	struct telling t = { .app = app, .call = call };
	bool made = (call->command->effect & AUDITS_MADE) != 0;
	autohome h = { 0 };

	if (!made && app->home.n == 0)
		return true; // it needed none
	if (!home_open(made ? call->arg[0] : app->home, app->arena, &h, e)) {
		if (!made || e->kind != ERR_USAGE) // a clock that is set where none may be
			return false;
		app_say(app, "it is not in the audit: %s", e->text);
		e->kind = ERR_NONE;
		return true;
	}
	say_typed(&t);
	if (failed != NULL)
		say(&t, "failed", str_of(failed->text));
	else if (app->ended != EXIT_DONE)
		say(&t, "status", arena_fmt(app->arena, "%d", app->ended));
	return write_row(&t, &h, e);
}

bool audited_run(struct app *app, const struct call *call, struct err *e)
{
	unsigned effect = call->command->effect;
	struct err second = { 0 };
	bool ok;

	if ((effect & AUDITS_LOOK) != 0 && !look_first(app, call, e))
		return false;
	ok = call->command->run(app, call, e);
	if (ok && (effect & AUDITS_LOOK) != 0 && app->home.n == 0)
		app_say(app,
			"no home is named (-C DIR, WAKER_HOME): this look is not in the audit");
	if ((effect & (AUDITS_DONE | AUDITS_MADE)) == 0 || app->dry_run)
		return ok;
	if (!ok) // the first error is the one to be told
		return may_have_changed(e->kind) && !tell_done(app, call, e, &second) ? false : ok;
	return tell_done(app, call, NULL, e) || err_in(e, "it is done, but not in the audit");
}

bool audited_keep(const struct app *app, const struct home *h, bool ok, struct err *e)
{
	if (ok && !app->dry_run)
		return audit_commit(h, app->arena, e);
	db_abort(h->db);
	if (ok)
		app_say(app, "This was a dry run: nothing was changed.");
	return ok;
}
