#include "base/test.h"
#include "codec/text/ini.h"

TEST("ini: sections, pairs, comments, and where they stand")
{
	struct ini in = ini_of(S("\xef\xbb\xbf# head\n[feed]\r\nname = a b \n  url=x=y\n\n[type "
				 "scan_rdp]\nempty =\n"));
	struct err e;

	CHECK(ini_next(&in, &e) == INI_SECTION && str_eq(in.section, S("feed")) && in.line == 2);
	CHECK(ini_next(&in, &e) == INI_PAIR && str_eq(in.key, S("name")) &&
	      str_eq(in.value, S("a b")));
	CHECK(in.value_column == 8);
	CHECK(ini_next(&in, &e) == INI_PAIR && str_eq(in.key, S("url")) &&
	      str_eq(in.value, S("x=y")));
	CHECK(in.key_column == 3 && in.line == 4);
	CHECK(ini_next(&in, &e) == INI_SECTION && str_eq(in.section, S("type scan_rdp")));
	CHECK(ini_next(&in, &e) == INI_PAIR && str_eq(in.key, S("empty")) && in.value.n == 0);
	CHECK(ini_next(&in, &e) == INI_END && e.kind == ERR_NONE);
}

TEST("ini: a line that is nothing is refused with its place")
{
	static const struct {
		const char *in, *complaint;
	} cases[] = {
		{ "\n  words\n",
		  "line 2, column 3: neither `key = value` nor [section] nor # comment" },
		{ "[open\n", "line 1, column 1: a section is written as [name]" },
		{ "[ ]\n", "line 1, column 1: a section needs a name" },
		{ "= x\n", "line 1, column 1: a key stands before '=', of 1 to 128 bytes" },
		{ "a = \xff\n", "line 1, column 1: not UTF-8 text" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct ini in = ini_of(str_of(cases[i].in));
		struct err e;

		CHECK(ini_next(&in, &e) == INI_END && e.kind == ERR_CONFIG);
		CHECK(strcmp(e.text, cases[i].complaint) == 0);
	}
}

TEST("ini: an unknown key is told with the nearest right one")
{
	static const struct str words[] = { { "format", 6 }, { "presence", 8 } };
	struct ini in = ini_of(S("[feed]\nformt = x\nzzz = 1\n"));
	struct err e;

	CHECK(ini_next(&in, &e) == INI_SECTION && ini_next(&in, &e) == INI_PAIR);
	CHECK(!ini_unknown(&in, words, 2, &e));
	CHECK(strcmp(e.text, "line 2, column 1: unknown key \"formt\" in [feed]; did you mean "
			     "\"format\"?") == 0);
	CHECK(ini_next(&in, &e) == INI_PAIR && !ini_unknown(&in, words, 2, &e));
	CHECK(strcmp(e.text, "line 3, column 1: unknown key \"zzz\" in [feed]") == 0);
}
