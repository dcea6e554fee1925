#include "base/test.h"
#include "codec/text/json_out.h"

TEST("json_out: a text is written so that every reader of JSON takes it back")
{
	static const struct {
		struct str in, out;
	} rows[] = {
		{ S(""), S("\"\"") },
		{ S("zorg \"x\" \\ / é"), S("\"zorg \\\"x\\\" \\\\ / é\"") },
		{ S("a\tb\nc\r\b\f"), S("\"a\\tb\\nc\\r\\b\\f\"") },
		{ S("\0\x1b\x7f"), S("\"\\u0000\\u001b\\u007f\"") },
		{ S("a\xff\xc3z"), S("\"a\xef\xbf\xbd\xef\xbf\xbdz\"") },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		char room[64];
		struct buf b = BUF_ON(room);

		json_str(&b, rows[i].in);
		CHECK(str_eq(buf_view(&b), rows[i].out));
		CHECK(b.n <= JSON_STR_ROOM(rows[i].in.n) && !b.over);
	}
}

TEST("json_out: the least and the greatest number are written whole")
{
	char room[64];
	struct buf b = BUF_ON(room);

	json_int(&b, INT64_MIN);
	buf_char(&b, ' ');
	json_int(&b, INT64_MAX);
	CHECK(str_eq(buf_view(&b), S("-9223372036854775808 9223372036854775807")));
}
