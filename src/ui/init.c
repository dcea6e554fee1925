#include "task/home.h"
#include "ui/nouns.h"

static bool init(struct app *app, const struct call *call, struct err *e)
{
	static const struct column columns[] = { { "home", "Home", false },
						 { "example", "Example", false } };
	struct str path = call->arg[0];
	bool example = call_has(call, "example");

	if (!app->dry_run && !home_make(path, example, app->arena, e))
		return false;
	if (app->out.form == OUT_JSON) {
		out_record(&app->out, columns, COUNTOF(columns));
		out_text(&app->out, path);
		out_flag(&app->out, example);
		out_end(&app->out);
		return true;
	}
	app_say(app,
		"%s " STR_FMT ": waker.conf, waker.db, archive/, credentials/, feeds/, inbox/, "
		"spool/, warninglists/",
		app->dry_run ? "would make" : "made", STR_ARG(path));
	app_say(app, "next: waker -C " STR_FMT " member import FILE", STR_ARG(path));
	return true;
}

static const struct option init_options[] = {
	{ "example", NULL, NULL,
	  "for trying out: documentation and private addresses, a clock to set" },
	{ 0 },
};

static const struct command init_rows[] = {
	{ "init",
	  "DIR",
	  "Make a home: configuration, store and archive in a new folder",
	  CHANGES,
	  1,
	  1,
	  init_options,
	  { "waker init /var/lib/waker", "waker init --example /tmp/home" },
	  "Other commands find it by -C DIR or the environment variable WAKER_HOME.",
	  init },
};

const struct noun noun_init = { "init", "make a home", init_rows, COUNTOF(init_rows) };
