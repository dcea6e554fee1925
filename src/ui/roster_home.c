#include "ui/roster_home.h"

#include "os/idn.h"
#include "os/suffix.h"

bool roster_home_open(const struct app *app, struct roster_home *h, struct err *e)
{
	arena_init(&h->a, (size_t)ROSTER_ARENA_GIB << 30);
	if (!home_open(app->home, &h->a, &h->home, e))
		return false;
	h->d = h->home.db;
	h->change = (struct roster_change){
		.rules = { idn_to_ascii, suffix_is_public, h->home.example },
		.now = h->home.now,
		.dry_run = app->dry_run,
		.yes = app->yes,
	};
	return true;
}

void roster_home_done(struct roster_home *h)
{
	home_close(&h->home);
	if (h->a.start != NULL)
		arena_done(&h->a);
}
