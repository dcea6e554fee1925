#include "ui/watch_home.h"

#include "os/idn.h"
#include "store/roster.h"
#include "task/watch/warnings.h"
#include "ui/feed_choice.h"

#define WATCH_ARENA ((size_t)16 << 30) // address space; a million assets take some 0.7 GiB

static bool load_warnings(const struct app *app, struct watch_home *h, struct err *e)
{
	struct places places = warning_places(h->home.path, &h->a);
	struct warnings_loaded loaded;

	if (!warnings_load(&places, &(struct warnings_how){ .example = h->home.example }, &h->a,
			   &loaded, e))
		return false;
	LIST_EACH (const struct str, problem, &loaded.problems)
		app_say(app, "warninglists: left out: " STR_FMT, STR_ARG(*problem));
	h->run.warnings = loaded.set;
	return true;
}

bool watch_home_open(const struct app *app, struct str jobs, struct watch_home *h, struct err *e)
{
	arena_init(&h->a, WATCH_ARENA);
	if (!home_open(app->home, &h->a, &h->home, e) ||
	    !roster_load(h->home.db, &h->a, &h->roster, e) ||
	    !index_build(&h->roster, idn_to_ascii, &h->a, &h->index, e))
		return false;
	h->run = (struct run){
		.db = h->home.db,
		.roster = &h->roster,
		.index = h->index,
		.archive = home_path(&h->home, "archive", &h->a),
		.public = home_path(&h->home, HOME_PUBLIC, &h->a),
		.now = h->home.now,
		.dry = app->dry_run,
	};
	return load_warnings(app, h, e) && jobs_choice(jobs, h->home.jobs, &h->run.jobs, e);
}

void watch_home_done(struct watch_home *h)
{
	home_close(&h->home);
	if (h->a.start != NULL)
		arena_done(&h->a);
}
