#include "base/test.h"
#include "base/time.h"
#include "codec/text/id.h"
#include "model/answer/said.h"

enum { LIMIT = 1 << 20 };

static char one[ID_TEXT], two[ID_TEXT];

static struct said of(struct arena *a, const char *fmt)
{
	int64_t now = time_of_date(2026, 11, 24);

	id_write('F', 1, one);
	id_write('F', 2, two);
	return said_read(arena_fmt(a, "%s", fmt), now, a);
}

static struct said with(struct arena *a, struct str before, const char *id, struct str after)
{
	id_write('F', 1, one);
	id_write('F', 2, two);
	return said_read(arena_fmt(a, STR_FMT "%s" STR_FMT, STR_ARG(before), id, STR_ARG(after)),
			 time_of_date(2026, 11, 24), a);
}

TEST("said: an answer begins a line, in either language, and is for all where it names nothing")
{
	static const struct {
		const char *text;
		enum answer answer;
	} rows[] = {
		{ "OPGELOST", ANSWER_FIXED },
		{ "Fixed, thanks.", ANSWER_FIXED },
		{ "Hallo,\n\nniet van ons.\n", ANSWER_NOT_OURS },
		{ "- vals alarm: een honeypot", ANSWER_FALSE_ALARM },
		{ "mee bezig tot 1-12-2026", ANSWER_WORKING },
		{ "Gezien", ANSWER_SEEN },
		{ "accepted until 2026-12-24", ANSWER_ACCEPTED },
	};
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct said s = of(&a, rows[i].text);

		CHECK(s.clear && s.at.count == 1 && s.at.at[0].all &&
		      s.at.at[0].answer == rows[i].answer);
	}
}

TEST("said: what is not plain is not understood")
{
	static const char *const rows[] = {
		"Nog niet opgelost",
		"not fixed",
		"Is this fixed?\n",
		"fixed?",
		"OPGELOST\nniet van ons",
		"accepted",
		"accepted until soon",
		"We will look.",
		"",
		"refixed it",
	};
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(!of(&a, rows[i]).clear);
	CHECK(!of(&a, "We will look.").anything && of(&a, "fixed?").anything);
}

TEST("said: numbers on the line, or right below it, are what it is about")
{
	autoarena a = { 0 };
	struct said s;

	arena_init(&a, LIMIT);
	of(&a, "");
	s = with(&a, S("OPGELOST "), one, S(""));
	CHECK(s.clear && s.at.count == 1 && !s.at.at[0].all && s.at.at[0].finding == 1);
	s = with(&a, S("fixed:\n - "), one, arena_fmt(&a, "\n - %s\n\nthanks\n%s", two, two));
	CHECK(s.clear && s.at.count == 2 && s.at.at[1].finding == 2);
	s = with(&a, S(""), one, S(": opgelost"));
	CHECK(s.clear && s.at.count == 1 && s.at.at[0].finding == 1);
	s = with(&a, S("fixed "), one, arena_fmt(&a, "\nnot ours %s", one));
	CHECK(!s.clear);
	s = with(&a, S("fixed "), "F-AAAAAA-A", S("")); // no number: its check does not fit
	CHECK(s.at.count == 1 && s.at.at[0].all);
}

TEST("said: a day is the end of it, this year's or the next")
{
	static const struct {
		const char *text;
		int year;
		unsigned month, day; // 0: none
	} rows[] = {
		{ "bezig tot 2026-12-01", 2026, 12, 1 },
		{ "bezig tot 1-12-2026", 2026, 12, 1 },
		{ "bezig tot 1/12", 2026, 12, 1 },
		{ "working until 1 December", 2026, 12, 1 },
		{ "working until 3 jan", 2027, 1, 3 },
		{ "bezig tot 3 mrt 2027", 2027, 3, 3 },
		{ "bezig tot 31-2-2027", 0, 0, 0 },
		{ "bezig tot morgen", 0, 0, 0 },
		{ "bezig", 0, 0, 0 },
	};
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct said s = of(&a, rows[i].text);

		CHECK(s.clear && s.at.count == 1);
		if (rows[i].day == 0)
			CHECK(s.at.at[0].until == TIME_NEVER);
		else
			CHECK(time_day(s.at.at[0].until) ==
			      time_of_date(rows[i].year, rows[i].month, rows[i].day));
	}
}
