#include "base/test.h"
#include "model/key/key.h"

static const int64_t now = INT64_C(1795640866) * 1000000;

TEST("key: its owner is asked for another 30 and 7 days before its end, and when it is over")
{
	static const int64_t day = TIME_DAY;
	const struct {
		struct key_known k;
		enum key_chase chase;
	} cases[] = {
		{ { KEY_VERIFIED, TIME_NEVER, TIME_NEVER }, KEY_CHASE_NONE },
		{ { KEY_VERIFIED, now + 30 * day + 1, TIME_NEVER }, KEY_CHASE_NONE },
		{ { KEY_VERIFIED, now + 30 * day, TIME_NEVER }, KEY_CHASE_SOON },
		{ { KEY_VERIFIED, now + 7 * day + 1, now - 1 }, KEY_CHASE_SOON },
		{ { KEY_VERIFIED, now + 7 * day, TIME_NEVER }, KEY_CHASE_LAST },
		{ { KEY_VERIFIED, now + 1, TIME_NEVER }, KEY_CHASE_LAST },
		{ { KEY_VERIFIED, now, TIME_NEVER }, KEY_CHASE_OVER },
		{ { KEY_REVOKED, TIME_NEVER, TIME_NEVER }, KEY_CHASE_OVER },
		{ { KEY_OFFERED, now + day, 0 }, KEY_CHASE_NONE },
		{ { KEY_REFUSED, now - day, 0 }, KEY_CHASE_NONE },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++)
		CHECK(key_chase(&cases[i].k, now) == cases[i].chase);
}

TEST("key: only one that somebody checked, and that both lasts and was checked for now, is used")
{
	static const int64_t day = TIME_DAY;
	const struct {
		struct key_known k;
		enum key_trouble trouble;
		bool usable;
	} cases[] = {
		{ { KEY_VERIFIED, TIME_NEVER, TIME_NEVER }, KEY_WELL, true },
		{ { KEY_VERIFIED, now + 31 * day, now + 31 * day }, KEY_WELL, true },
		{ { KEY_VERIFIED, now + 30 * day, now + 31 * day }, KEY_ENDS, true },
		{ { KEY_VERIFIED, now + 31 * day, now + 30 * day }, KEY_STALES, true },
		{ { KEY_VERIFIED, now + 1, now + 1 }, KEY_ENDS, true },
		{ { KEY_VERIFIED, now, now + day }, KEY_ENDED, false },
		{ { KEY_VERIFIED, TIME_NEVER, now }, KEY_STALE, false },
		{ { KEY_OFFERED, TIME_NEVER, 0 }, KEY_UNCHECKED, false },
		{ { KEY_OFFERED, TIME_NEVER, TIME_NEVER }, KEY_UNCHECKED, false },
		{ { KEY_OFFERED, now - 1, 0 }, KEY_ENDED, false },
		{ { KEY_REFUSED, TIME_NEVER, TIME_NEVER }, KEY_UNWANTED, false },
		{ { KEY_REVOKED, now - 1, TIME_NEVER }, KEY_WITHDRAWN, false },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		CHECK(key_trouble(&cases[i].k, now) == cases[i].trouble);
		CHECK(key_usable(&cases[i].k, now) == cases[i].usable);
	}
}

TEST("key: the team's ends at noon of 31 December, with two months at least to go")
{
	CHECK(key_year_end(time_of_date(2026, 3, 1), 60) ==
	      time_of_date(2026, 12, 31) + 12 * TIME_HOUR);
	CHECK(key_year_end(time_of_date(2026, 11, 26), 60) ==
	      time_of_date(2027, 12, 31) + 12 * TIME_HOUR);
	CHECK(key_year_end(time_of_date(2027, 1, 1), 60) ==
	      time_of_date(2027, 12, 31) + 12 * TIME_HOUR);
}

TEST("key: a fingerprint is read as people type it, and shown in fours")
{
	char out[64], spelled[KEY_SPELLED], whole[KEY_DIGITS];
	struct str s;
	size_t n;

	CHECK(key_fingerprint_read(S("0x9f31 2A07:4b5c6d7e"), out, sizeof out, &n) && n == 16);
	CHECK(str_eq((struct str){ out, n }, S("9F312A074B5C6D7E")));
	CHECK(key_spell((struct str){ out, n }, spelled) == 19);
	CHECK(str_eq(str_of(spelled), S("9F31 2A07 4B5C 6D7E")));
	CHECK(!key_fingerprint_read(S("9F312A074B5C6D7"), out, sizeof out, &n));
	CHECK(key_fingerprint_whole(S("9f31 2a07 4b5c 6d7e 9f31  2a07 4b5c 6d7e 9f31 2a07"), whole,
				    &s));
	CHECK(str_eq(s, S("9F312A074B5C6D7E9F312A074B5C6D7E9F312A07")));
	CHECK(!key_fingerprint_whole(S("9F312A074B5C6D7E9F312A074B5C6D7E9F312A0"), whole, &s));
	CHECK(!key_fingerprint_read(S("9F312A074B5C6D7G"), out, sizeof out, &n));
	CHECK(!key_fingerprint_read(S("9F312A074B5C6D7E9F312A074B5C6D7E9F312A074B5C6D7E9F312A074B5C"
				      "6D7E00"),
				    out, sizeof out, &n));
}

TEST("key: each method has its word")
{
	enum key_method m;

	for (unsigned i = 0; i < KEY_METHOD_COUNT; i++)
		CHECK(key_method_read(key_method_word((enum key_method)i), &m) && m == i);
	CHECK(!key_method_read(S("trust"), &m));
}

TEST("key: it names an address as a whole, not as a part of another")
{
	CHECK(key_names(S("ciso@m1.example soc@m1.example"), S("soc@m1.example")));
	CHECK(!key_names(S("soc@m1.example.evil.example"), S("soc@m1.example")));
	CHECK(!key_names(S("asoc@m1.example"), S("soc@m1.example")) && !key_names(S("a b"), S("")));
}
