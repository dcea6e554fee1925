#include "ui/watch_home.h"

#include "task/watch/feed_choice.h"

bool watch_home_open(const struct app *app, struct str jobs, struct watch_home *h, struct err *e)
{
	arena_init(&h->a, READY_ARENA);
	if (!home_open(app->home, &h->a, &h->home, e) || !ready_load(&h->home, &h->a, &h->ready, e))
		return false;
	LIST_EACH (const struct str, problem, &h->ready.warnings.problems)
		app_say(app, "warninglists: left out: " STR_FMT, STR_ARG(*problem));
	h->ready.run.dry = app->dry_run;
	return jobs_choice(jobs, h->home.jobs, &h->ready.run.jobs, e);
}

void watch_home_done(struct watch_home *h)
{
	home_close(&h->home);
	if (h->a.start != NULL)
		arena_done(&h->a);
}
