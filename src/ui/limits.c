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

void limits_say(const struct app *app, const struct past_limits *l, struct str feed, int64_t since)
{
	LIST_EACH (const struct past_limit, x, &l->at) {
		if (feed.n > 0 && !str_eq(feed, x->feed))
			continue;
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

static const struct column columns[] = {
	{ "limits", "Feed", false },
	{ "no_evidence_before", "No evidence before", false },
	{ "why", "Why", true },
	{ "not_known_to_publisher", "Not known to its publisher", false },
	{ "gone", "Batches gone", false },
};

static const struct column left_columns[] = {
	{ "left_out", "Left out", true },
	{ "batches", "Batches", false },
	{ "first", "The first", true },
};

void limits_put(struct app *app, const struct past_limits *l, const struct past_lefts *left,
		struct str feed)
{
	struct out *o = &app->out;

	out_table(o, columns, COUNTOF(columns));
	LIST_EACH (const struct past_limit, x, &l->at) {
		if (feed.n > 0 && !str_eq(feed, x->feed))
			continue;
		out_text(o, x->feed);
		out_day(o, x->from);
		out_text(o, x->why);
		out_flag(o, x->unsaid);
		out_int(o, x->gone);
	}
	out_end(o);
	out_table(o, left_columns, COUNTOF(left_columns));
	for (unsigned i = 0; i < PAST_LEFT_COUNT; i++) {
		if (left->count[i] == 0)
			continue;
		out_text(o, str_of(past_left_says((enum past_left)i)));
		out_int(o, (int64_t)left->count[i]);
		out_text(o, left->first[i]);
	}
	out_end(o);
}
