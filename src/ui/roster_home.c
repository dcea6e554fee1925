#include "ui/roster_home.h"

#include "os/idn.h"
#include "os/suffix.h"

bool roster_home_open(const struct app *app, struct roster_home *h, struct err *e)
{
	struct home home;

	arena_init(&h->a, (size_t)ROSTER_ARENA_GIB << 30);
	if (!home_open(app->home, &h->a, &home, e) || !home_store(&home, &h->d, e))
		return false;
	h->change = (struct roster_change){
		.rules = { idn_to_ascii, suffix_is_public, home.example },
		.now = home_now(&home),
		.dry_run = app->dry_run,
		.yes = app->yes,
	};
	return true;
}

void roster_home_done(struct roster_home *h)
{
	db_close(h->d);
	h->d = NULL;
	if (h->a.start != NULL)
		arena_done(&h->a);
}
