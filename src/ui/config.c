#include "task/config.h"

#include "os/file.h"
#include "ui/nouns.h"

#include <stdlib.h>

// The one that was named, or that of the home.
static bool file_of(const struct app *app, const struct call *call, const char **out, struct err *e)
{
	struct str named = call->count > 0 ? call->arg[0] : S("");

	if (named.n == 0 && app->home.n == 0)
		return err_set(e, ERR_USAGE,
			       "which file? name one, or say -C DIR or set WAKER_HOME");
	*out = named.n > 0 ? arena_str(app->arena, named).p
			   : arena_fmt(app->arena, STR_FMT "/waker.conf", STR_ARG(app->home)).p;
	return true;
}

static const struct column check_columns[] = {
	{ "file", "File", false },
	{ "settings", "Settings", false },
};

// Each thing that is wrong is a sentence; the last is the command's own.
static bool tell_problems(const struct app *app, const struct call *call,
			  const struct config_problems *all, struct err *e)
{
	for (size_t i = 0; i + 1 < all->all.count; i++)
		app_fail(app, call, &all->all.at[i]);
	*e = all->all.at[all->all.count - 1];
	return false;
}

static bool config_check_file(struct app *app, const struct call *call, struct err *e)
{
	struct config_problems all;
	const char *file;

	if (!file_of(app, call, &file, e) || !config_check(file, app->home, app->arena, &all, e))
		return false;
	if (all.all.count > 0)
		return tell_problems(app, call, &all, e);
	out_record(&app->out, check_columns, COUNTOF(check_columns));
	out_text(&app->out, str_of(file));
	out_text(&app->out, S("right"));
	out_end(&app->out);
	return true;
}

static const struct column show_columns[] = {
	{ "setting", "Setting", false },   { "value", "Value", true },
	{ "origin", "Origin", false },     { "service", "Service", false },
	{ "in_force", "In force", false }, { "says", NULL, false },
};

// What the surroundings say, beside the file.
static const struct around {
	const char *name, *variable, *says;
} around[] = {
	{ "home", "WAKER_HOME", "The home: -C DIR, or this." },
	{ "clock", "WAKER_NOW", "The moment, in an example home." },
	{ "feeds", "WAKER_FEEDS", "Feed files, behind those of the home." },
	{ "warninglists", "WAKER_WARNINGLISTS", "Warninglists, behind those of the home." },
	{ "advice", "WAKER_ADVICE", "Texts of advice, behind those of the home." },
	{ "credentials", "CREDENTIALS_DIRECTORY",
	  "Credentials that the service manager hands over." },
};

static void put_around(struct app *app, const struct around *x)
{
	const char *given = getenv(x->variable);
	bool home = strcmp(x->variable, "WAKER_HOME") == 0, option;

	option = home && app->home.p != given; // -C goes before it
	if (given == NULL && !option)
		return;
	out_text(&app->out, str_of(x->name));
	out_text(&app->out, option ? app->home : str_of(given));
	out_text(&app->out,
		 option ? S("option -C") : arena_fmt(app->arena, "environment %s", x->variable));
	out_text(&app->out, S(""));
	out_text(&app->out, S(""));
	out_text(&app->out, str_of(x->says));
}

static struct str one_line(const char *says, struct arena *a)
{
	struct str s = arena_str(a, str_of(says));
	char *to = (char *)(uintptr_t)s.p; // our copy

	for (size_t i = 0; i < s.n; i++)
		if (to[i] == '\n')
			to[i] = ' ';
	return s;
}

static void put_row(struct app *app, const struct config_row *r)
{
	struct arena *a = app->arena;

	out_text(&app->out, arena_fmt(a, "%s.%s", r->setting->section, r->setting->key));
	out_text(&app->out, r->value);
	out_text(&app->out,
		 r->line > 0 ? arena_fmt(a, "waker.conf line %u", r->line) : S("default"));
	out_text(&app->out, config_force_word(r->force));
	out_text(&app->out, r->in_force);
	out_text(&app->out, one_line(r->setting->says, a));
}

static bool config_show_all(struct app *app, const struct call *call, struct err *e)
{
	struct config_rows all;
	autohome h = { 0 };

	(void)call;
	if (!home_read(app->home, app->arena, &h, e) || !config_show(&h, app->arena, &all, e))
		return false;
	out_table(&app->out, show_columns, COUNTOF(show_columns));
	LIST_EACH (const struct config_row, r, &all.rows)
		put_row(app, r);
	for (size_t i = 0; i < COUNTOF(around); i++)
		put_around(app, &around[i]);
	out_end(&app->out);
	return true;
}

// clang-format off
static const struct command rows[] = {
	{ "config check", "[FILE]", "Say whether a configuration is right, before the service gets it", READS, 0, 1, NULL,
	  { "waker config check", "waker config check /tmp/waker.conf" },
	  "The home's waker.conf, or the file that is named. All that is wrong is told, each with its line, what is "
	  "allowed there and the nearest right spelling; then the status is 78. What the values name is looked at too: "
	  "that the store's URL is one and has no password in it, that its credential can be read by nobody else. No "
	  "server is asked: `waker check` does that.", config_check_file },
	{ "config show", "", "Show each setting, where it comes from, and whether the service works by it", READS, 0, 0, NULL,
	  { "waker config show", "waker config show --json" },
	  "A setting comes from a line of waker.conf or is the default. A running service works by run/waker.conf, the "
	  "last one that was found right: what was changed since waits for a reload (SIGHUP), or for a restart. What the "
	  "environment says stands below. No secret is a setting, so that none is shown. waker.conf(5) describes them.",
	  config_show_all },
};
// clang-format on

const struct noun noun_config = { "config", "the settings of a home", rows, COUNTOF(rows) };
