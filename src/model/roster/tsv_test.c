#include "base/test.h"
#include "model/roster/tsv.h"

TEST("roster tsv: members by slug, comments and CR LF passed over")
{
	autoarena a;
	struct roster r;
	struct err e = { 0 };

	arena_init(&a, 1 << 20);
	CHECK(roster_read_tsv(S("# org\tkind\tvalue\r\norg1\tipv4-prefix\t192.0.2.0/24\r\n\n"
				"org2\tdomain\tm.example\norg1\tasn\tAS64500"),
			      &a, &r, &e));
	CHECK(r.members.count == 2 && r.assets.count == 3);
	CHECK(r.assets.at[2].member == 0 && r.assets.at[2].kind == ASSET_ASN &&
	      r.assets.at[2].line == 5);
	CHECK(str_eq(r.assets.at[0].value, S("192.0.2.0/24")));
}

TEST("roster tsv: what cannot be a line is refused with its number")
{
	static const struct {
		struct str text;
		const char *complaint;
	} cases[] = {
		{ { "a\tprefix\n", 9 },
		  "line 1: three columns, separated by tabs: member, kind, value" },
		{ { "\n\ta\tb\n", 6 },
		  "line 2: three columns, separated by tabs: member, kind, value" },
		{ { "a\tprefix\tx\ty\n", 13 },
		  "line 1: three columns, separated by tabs: member, kind, value" },
		{ { "a\tprefiks\tx\n", 12 }, "line 1: \"prefiks\" is no kind of asset" },
		{ { "a\tdomain\tx\xff\n", 12 }, "line 1: not UTF-8" },
		{ { "a\tdomain\tx\0y\n", 13 }, "line 1: a NUL byte" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		autoarena a;
		struct roster r;
		struct err e = { 0 };

		arena_init(&a, 1 << 20);
		CHECK(!roster_read_tsv(cases[i].text, &a, &r, &e) && e.kind == ERR_INPUT);
		CHECK(strcmp(e.text, cases[i].complaint) == 0);
	}
}
