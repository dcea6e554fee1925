#include "task/service/supervise.h"
#include "ui/nouns.h"

static bool run(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };

	(void)call;
	if (!home_open(app->home, app->arena, &h, e))
		return false;
	home_close(&h); // each process has the store for itself
	return supervise(&h, e);
}

static const struct command rows[] = {
	{ "run",
	  "",
	  "Watch: fetch what is due, read what comes, end what is over, until it is told to stop",
	  READS,
	  0,
	  0,
	  NULL,
	  { "waker -C /var/lib/waker run", "waker run" },
	  "It starts its roles, each a process of its own, and starts them again where one dies. "
	  "Files "
	  "that are renamed into inbox/FEED/ are read at once. SIGTERM ends it within ten seconds, "
	  "with "
	  "what is at hand done or to be done again; SIGHUP takes over waker.conf, if that is "
	  "right, else "
	  "the last one stays. It speaks to systemd (Type=notify, watchdog), and writes a JSON "
	  "object a "
	  "line to its error output. One runs in a home; several may share a PostgreSQL store and "
	  "the "
	  "archive folder. `waker status` shows how it is.",
	  run },
};

const struct noun noun_run = { "run", "the service", rows, COUNTOF(rows) };
