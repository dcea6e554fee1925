#include "task/home.h"
#include "ui/audited.h"
#include "ui/nouns.h"

static const struct column columns[] = {
	{ "home", "Home", false },
	{ "example", "Example", false },
	{ "made", "Made", false },
};

static void tell_key(const struct app *app, struct str path)
{
	app_say(app,
		"archive.key opens the archive of feeds with secrets, and Waker runs without it: "
		"move " STR_FMT "/archive.key off this machine, to where officers keep secrets",
		STR_ARG(path));
}

static void tell(const struct app *app, const struct home_wish *w, enum home_made made)
{
	struct str path = w->path;
	const char *did = app->dry_run ? "would make" : "made";

	if (made == HOME_KEY_ADDED) {
		app_say(app, "%s " STR_FMT "/archive.pub and archive.key: the rest was there", did,
			STR_ARG(path));
		tell_key(app, path);
		return;
	}
	app_say(app,
		"%s " STR_FMT ": waker.conf, %sarchive.pub, archive.key, advice/, archive/, "
		"credentials/, feeds/, inbox/, run/, spool/, warninglists/%s" STR_FMT,
		did, STR_ARG(path), w->store.n == 0 ? "waker.db, " : "",
		w->store.n == 0 ? "" : "; the store is at ", STR_ARG(w->store));
	tell_key(app, path);
	app_say(app, "next: waker -C " STR_FMT " member import FILE", STR_ARG(path));
}

static bool init(struct app *app, const struct call *call, struct err *e)
{
	struct str path = call->arg[0];
	struct home_wish wish = { path, call_has(call, "example"), call_option(call, "store") };
	enum home_made made;

	if (app->dry_run ? !home_may_make(path, app->arena, &made, e)
			 : !home_make(&wish, app->arena, &made, e))
		return false;
	if (app->out.form == OUT_JSON) {
		out_record(&app->out, columns, COUNTOF(columns));
		out_text(&app->out, path);
		out_flag(&app->out, wish.example && made == HOME_NEW);
		out_text(&app->out, made == HOME_NEW ? S("home") : S("key"));
		out_end(&app->out);
	}
	tell(app, &wish, made);
	return true;
}

static const struct option init_options[] = {
	{ "store", "URL", NULL,
	  "the store is a PostgreSQL server, postgresql://…, not a file of the home" },
	{ "example", NULL, NULL,
	  "for trying out: documentation and private addresses, a clock to set" },
	AUDITED_BY,
	{ 0 },
};

static const struct command init_rows[] = {
	{ "init",
	  "DIR",
	  "Make a home: configuration, store and archive in a new folder",
	  CHANGES | AUDITS_MADE,
	  1,
	  1,
	  init_options,
	  { "waker init /var/lib/waker",
	    "waker init --store postgresql://waker@db.example/waker /var/lib/waker" },
	  "Other commands find it by -C DIR or the environment variable WAKER_HOME. It also makes "
	  "the "
	  "officers' key: the archive of feeds with secrets is sealed to archive.pub, and only "
	  "archive.key opens it. Move archive.key off the machine. A home that was made before "
	  "there "
	  "was such a key gets one when its DIR is named again; nothing else of it is touched. "
	  "A server's database is empty and in UTF-8 (createdb --encoding=UTF8 "
	  "--template=template0 waker). Its password is in no URL and no argument: a file "
	  "DIR/credentials/postgresql, mode 0600, may have a line password = …, before DIR is "
	  "made; "
	  "or PGPASSFILE says where.",
	  init },
};

const struct noun noun_init = { "init", "make a home", init_rows, COUNTOF(init_rows) };
