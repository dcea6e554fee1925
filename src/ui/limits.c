#include "ui/limits.h"

#include "base/time.h"

static void say_one(const struct app *app, const struct past_limit *x)
{
	char day[TIME_TEXT];

	if (x->from == TIME_NEVER) {
		app_say(app, "feed " STR_FMT ": no evidence is possible: " STR_FMT,
			STR_ARG(x->feed), STR_ARG(x->why));
		return;
	}
	time_write(x->from, day);
	app_say(app, "feed " STR_FMT ": no evidence is possible before %.10s: " STR_FMT,
		STR_ARG(x->feed), day, STR_ARG(x->why));
}

void limits_say(const struct app *app, const struct past_limits *l, int64_t since)
{
	LIST_EACH (const struct past_limit, x, &l->at) {
		if (x->from > since)
			say_one(app, x);
		if (x->unsaid)
			app_say(app,
				"feed " STR_FMT
				": its publisher is not known to look at this: what is not "
				"found proves nothing",
				STR_ARG(x->feed));
		if (x->gone > 0)
			app_say(app, "feed " STR_FMT ": %lld batches that came can be read no more",
				STR_ARG(x->feed), (long long)x->gone);
	}
}

void limits_say_left(const struct app *app, const struct past_lefts *l)
{
	for (unsigned i = 0; i < PAST_LEFT_COUNT; i++)
		if (l->count[i] > 0)
			app_say(app, "left out: %llu %s, the first " STR_FMT,
				(unsigned long long)l->count[i], past_left_says((enum past_left)i),
				STR_ARG(l->first[i]));
}
