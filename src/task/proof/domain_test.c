#include "base/test.h"
#include "task/proof/domain.h"

static struct arena a;

TEST("domain: the organisation's, by the public suffix list")
{
	static const struct {
		const char *name, *of;
	} rows[] = {
		{ "m1.nl", "m1.nl" },
		{ "mx.a.M1.nl", "m1.nl" },
		{ "m1.co.uk", "m1.co.uk" },
		{ "mx.m1.co.uk", "m1.co.uk" },
		{ "x.m1.example", "m1.example" },
		{ "a.github.io", "a.github.io" }, // whose names are anybody's
		{ "b.a.github.io", "a.github.io" },
		{ "nl", "" },
		{ "co.uk", "" },
		{ "github.io", "" },
		{ "", "" },
		{ "a..nl", "" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct name room;

		CHECK(str_eq(domain_organisation(str_of(rows[i].name), &room), str_of(rows[i].of)));
	}
}

TEST("domain: what the program prints is read again, and nothing else is")
{
	static const char *const wrong[] = {
		"",
		"pass\tm1.example\ts1\t2048\tfrom\t-\t-\tfrom\t\n",
		"all\nmore\n",
		"well\tm1.example\ts1\t2048\tfrom\t-\t-\tfrom\t\nall\n",
		"pass\tm1.example\ts1\t-1\tfrom\t-\t-\tfrom\t\nall\n",
		"pass\tm1.example\ts1\t2048\tyes\t-\t-\tfrom\t\nall\n",
		"pass\nall\n",
	};
	struct dkim_found f;

	arena_init(&a, 1 << 20);
	CHECK(domain_read(S("pass\tm1.example\ts1\t2048\tfrom\tsubject\t-\tfrom:to\t\n"
			    "fail\tm2.example\ts2\t0\t-\t-\tsecure\tto\tit is\tbroken\nmore\n"),
			  &a, &f));
	CHECK(f.all.count == 2 && f.more);
	CHECK(f.all.at[0].end == DKIM_PASS && f.all.at[0].bits == 2048 && f.all.at[0].from &&
	      f.all.at[0].subject && !f.all.at[0].secure && f.all.at[0].why.n == 0);
	CHECK(f.all.at[1].end == DKIM_FAIL && !f.all.at[1].from && f.all.at[1].secure &&
	      str_eq(f.all.at[1].why, S("it is\tbroken")));
	CHECK(domain_read(S("all\n"), &a, &f) && f.all.count == 0 && !f.more);
	for (size_t i = 0; i < COUNTOF(wrong); i++)
		CHECK(!domain_read(str_of(wrong[i]), &a, &f));
	CHECK(str_eq(domain_end_word(DOMAIN_DENIED), S("denied")));
}
