// What is kept longer than its time: nobody, and no timer, carries retention out.
#include "task/retention/retention.h"

#include "base/time.h"
#include "task/check/checking.h"

enum { DAYS_LATE = 3 }; // a timer may miss a night or two

struct late {
	struct checking *c;
	int64_t count, days; // so much is late, and by how many days at the most
	const char *what;    // of that
};

static void add(struct late *x, const char *what, const struct retained *due, int days)
{
	int64_t late = due->count == 0 ? 0 : (x->c->home.now - due->oldest) / TIME_DAY - days;

	if (late <= DAYS_LATE)
		return;
	x->count += due->count;
	if (late > x->days) {
		x->days = late;
		x->what = what;
	}
}

static void add_all(struct late *x, const struct retention_plan *p)
{
	for (unsigned i = 0; i < RETAIN_COUNT; i++)
		add(x, retentions[i].what, &p->due[i], retentions[i].days);
	LIST_EACH (const struct retention_own, own, &p->own)
		for (unsigned k = 0; k < COUNTOF(retention_of_feeds); k++)
			add(x, retentions[retention_of_feeds[k]].what, &own->due[k], own->days);
}

void checking_retention(struct checking *c)
{
	struct late late = { .c = c };
	struct retention_plan plan;
	autostore d = NULL;
	struct err e = { 0 };
	bool good;

	if (!checking_open(c, &d))
		return;
	c->home.db = d;
	good = retention_plan(&c->home, c->a, &plan, &e);
	c->home.db = NULL;
	if (!good) {
		checking_failed(c, &e, S("see store"));
		return;
	}
	add_all(&late, &plan);
	if (late.count == 0)
		checking_ok(c, S("nothing is kept longer than its time"));
	else
		checking_tell(
			c, CHECK_WARNING,
			arena_fmt(c->a,
				  "%lld things are kept longer than their time; the oldest, %s, by "
				  "%lld days",
				  (long long)late.count, late.what, (long long)late.days),
			S("`waker retention apply`, daily: waker-retention.timer does it"));
}
