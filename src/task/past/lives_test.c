#include "base/arena.h"
#include "base/test.h"
#include "task/past/lives.h"

struct batch_of {
	const char *feed;
	struct lives_batch is;
	int64_t time; // of its record; 0: it has none
};

static void play(struct past_lives *l, struct arena *a, const struct batch_of *all, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		lives_begin(l, str_of(all[i].feed), S(""), a);
		if (all[i].time != 0)
			lives_hit(l, all[i].time);
		lives_end(l, &all[i].is);
	}
}

TEST("lives: gone is since the first list without it; a list that could not be read tells nothing")
{
	static const struct batch_of all[] = {
		{ "list", { 90, PRESENCE_LIST, true }, 0 },
		{ "list", { 80, PRESENCE_LIST, true }, 0 },
		{ "list", { 70, PRESENCE_LIST, false }, 0 },
		{ "list", { 60, PRESENCE_LIST, true }, 12 },
		{ "list", { 50, PRESENCE_LIST, true }, 0 }, // it came and went before
		{ "list", { 40, PRESENCE_LIST, true }, 11 },
	};
	autoarena a = { 0 };
	struct past_lives l = { 0 };

	arena_init(&a, 1 << 16);
	play(&l, &a, all, COUNTOF(all));
	CHECK(l.at.count == 1 && l.at.at[0].has && l.at.at[0].gone == 80);
	CHECK(l.at.at[0].first == 11 && l.at.at[0].last == 60 && l.at.at[0].records == 2);
}

TEST("lives: what is in the newest is not gone, and no stream can tell")
{
	static const struct batch_of all[] = {
		{ "report", { 90, PRESENCE_REPORT, true }, 89 },
		{ "stream", { 90, PRESENCE_STREAM, true }, 0 },
		{ "stream", { 80, PRESENCE_STREAM, true }, 79 },
		{ "other", { 80, PRESENCE_LIST, true }, 0 },
	};
	autoarena a = { 0 };
	struct past_lives l = { 0 };

	arena_init(&a, 1 << 16);
	play(&l, &a, all, COUNTOF(all));
	CHECK(l.at.count == 3);
	CHECK(l.at.at[0].gone == 0 && l.at.at[0].last == 89);
	CHECK(l.at.at[1].gone == 0 && l.at.at[1].has && l.at.at[1].last == 79);
	CHECK(!l.at.at[2].has);
}
