#include "base/test.h"
#include "codec/text/exposition.h"

#include <stdint.h>

TEST("exposition: a family is its help, its type, and its samples")
{
	char room[512];
	struct buf b = BUF_ON(room);
	const struct exposition_label one[] = { { "feed", S("lab") }, { NULL, S("x") } };
	const struct exposition_label two[] = { { NULL, S("") }, { "a", S("1") }, { "b", S("") } };

	exposition_head(&b, "waker_x", EXPOSITION_GAUGE, "What \"it\" is \\ of\ntwo lines.");
	exposition_int(&b, "waker_x", NULL, 0, 12);
	exposition_int(&b, "waker_x", one, COUNTOF(one), -3);
	exposition_int(&b, "waker_x", two, COUNTOF(two), INT64_MIN);
	CHECK(str_eq(buf_view(&b), S("# HELP waker_x What \"it\" is \\\\ of\\ntwo lines.\n"
				     "# TYPE waker_x gauge\n"
				     "waker_x 12\n"
				     "waker_x{feed=\"lab\"} -3\n"
				     "waker_x{a=\"1\",b=\"\"} -9223372036854775808\n")));
}

TEST("exposition: the value of a label cannot end it")
{
	char room[256];
	struct buf b = BUF_ON(room);
	const struct exposition_label bad[] = { { "feed", S("a\"} 9\n\\") } };

	exposition_int(&b, "x", bad, COUNTOF(bad), 1);
	CHECK(str_eq(buf_view(&b), S("x{feed=\"a\\\"} 9\\n\\\\\"} 1\n")));
}

TEST("exposition: microseconds are told in seconds, none is lost")
{
	static const struct {
		int64_t us;
		struct str says;
	} rows[] = {
		{ 0, S("x 0.000000\n") },
		{ 1500000, S("x 1.500000\n") },
		{ 7, S("x 0.000007\n") },
		{ -1500000, S("x -1.500000\n") },
		{ INT64_MIN, S("x -9223372036854.775808\n") },
		{ INT64_MAX, S("x 9223372036854.775807\n") },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		char room[64];
		struct buf b = BUF_ON(room);

		exposition_seconds(&b, "x", NULL, 0, rows[i].us);
		CHECK(str_eq(buf_view(&b), rows[i].says));
	}
}
