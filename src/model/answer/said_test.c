#include "base/test.h"
#include "base/time.h"
#include "codec/text/id.h"
#include "model/answer/said.h"

enum { LIMIT = 1 << 20, WORD = 562085664 }; // WORD: a number that is all letters

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
		{ "Opgelost door versie 13.1-55", ANSWER_FIXED },
		{ "RESOLVED - patched and tested", ANSWER_FIXED },
		{ "*Fixed* by upgrade", ANSWER_FIXED },
		{ "vals alarm: de poort is niet open", ANSWER_FALSE_ALARM },
		{ "Mee bezig, nog niet klaar", ANSWER_WORKING },
		{ "Bezig met onderzoek", ANSWER_WORKING },
		{ "Received, thank you", ANSWER_SEEN },
		{ "aanvaard tot en met vrijdag 1 december 2026", ANSWER_ACCEPTED },
		{ "opgelost, zie https://x.example/a?b=1", ANSWER_FIXED },
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
		"fixed? yes",
		"opgelost\nKlopt dat?",
		"Fixed addresses are used there",
		"Done with the report",
		"Working as it should",
		"Fixed, but not on the second server",
		"Opgelost, deels",
		"Opgelost zodra het kan",
		"will be fixed",
		"opgelost, bezig tot een dag, vals alarm", // our own words, wrapped by a program
		"fixed\nnot yet fixed",
		"fixed F-AAAAAA-A", // its check does not fit
		"fixed\nF-AAAAAA-A",
		"bezig tot 1 dec\nbezig tot 2 dec",
		"accepted until 31 feb",
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
	s = with(&a, S("fixed "), one, arena_fmt(&a, "\nMaar %s is iets anders", two));
	CHECK(!s.clear);
	s = with(&a, S("fixed\n"), one, arena_fmt(&a, "\n\nOpen: %s", two));
	CHECK(!s.clear);
	s = with(&a, S("fixed\n\nnot ours "), one, S(""));
	CHECK(!s.clear); // what is fixed: the other, or all?
	s = with(&a, S(""), one, arena_fmt(&a, ", %s – opgelost door patch", two));
	CHECK(s.clear && s.at.count == 2 && s.at.at[1].finding == 2 && !s.at.at[1].all);
	s = with(&a, S("Opgelost: "), one, arena_fmt(&a, " en %s\nvals alarm\n", two));
	CHECK(!s.clear);
	s = with(&a, S("bezig "), one, arena_fmt(&a, " tot 1 dec\nopgelost %s", two));
	CHECK(s.clear && s.at.count == 2 && s.at.at[0].answer == ANSWER_WORKING &&
	      s.at.at[0].until != TIME_NEVER && s.at.at[1].answer == ANSWER_FIXED);
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
		{ "bezig tot 1-12-26", 2026, 12, 1 },
		{ "bezig tot en met ma 1 dec.", 2026, 12, 1 },
		{ "working until December 1, 2026", 2026, 12, 1 },
		{ "working until the 1st of December", 2026, 12, 1 },
		{ "working (until: 1 sept 2027)", 2027, 9, 1 },
		{ "bezig tot 24 november", 2026, 11, 24 },
		{ "bezig tot 2-12-2026.", 2026, 12, 2 },
		{ "bezig tot wij 3 servers hebben", 0, 0, 0 },
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

TEST("said: numbers as people write them back, and no word is one")
{
	static const struct {
		int upper, dashes; // 0: none, 1: as they are, 2: en dashes, 3: blanks
		const char *before, *after;
	} rows[] = {
		{ 1, 1, "", "" },     { 0, 1, "(", ")" },  { 1, 0, "see ", " now" },
		{ 0, 0, "", "." },    { 1, 2, "", ", x" }, { 1, 3, "", " x" },
		{ 1, 1, "x:", ":y" },
	};
	static const char *const gaps[] = { "", "-", "–", " " };
	autoarena a = { 0 };
	uint32_t number = 0;
	char id[ID_TEXT];

	arena_init(&a, LIMIT);
	id_write('F', 123456789, id);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const char *gap = gaps[rows[i].dashes];
		struct str s =
			arena_fmt(&a, "%s%c%s%.6s%s%c%s", rows[i].before, rows[i].upper ? 'F' : 'f',
				  gap, id + 2, gap, id[9], rows[i].after);

		number = 0;
		CHECK(said_number(s, 'F', &number) && number == 123456789);
		CHECK(!said_number(s, 'N', &number));
	}
	CHECK(!said_number(S("feedback of the firewall for 1 of 7"), 'F', &number));
	id_write('F', WORD, id);
	CHECK(str_eq(str_of(id), S("F-KKKKKK-V")) && said_number(str_of(id), 'F', &number));
	CHECK(!said_number(S("FKKKKKKV"), 'F', &number));
	CHECK(!said_number(arena_fmt(&a, "x%s", id), 'F', &number));
	CHECK(!said_number(arena_fmt(&a, "%sx", id), 'F', &number));
}
