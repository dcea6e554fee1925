#include "base/test.h"
#include "codec/text/json_blank.h"

TEST("json: every value that has some bytes in it becomes another, and nothing else does")
{
	static const struct {
		const char *json, *inner, *is;
		size_t count;
	} rows[] = {
		{ "{\"a\":\"J.Jansen@x.example\",\"b\":1}", "j.jansen@x", "{\"a\":\"-\",\"b\":1}",
		  1 },
		{ "{\"jansen\":\"x\",\"b\":[\"jansen\",\"y\"]}", "jansen",
		  "{\"jansen\":\"x\",\"b\":[\"-\",\"y\"]}", 1 },
		{ "{\"a\":31612345678, \"b\":true}", "612345", "{\"a\":\"-\", \"b\":true}", 1 },
		{ "{\"a\":\"q\\\"jan\\\"\",\"b\":\"jan\"}", "\\\"jan",
		  "{\"a\":\"-\",\"b\":\"jan\"}", 1 },
		{ "{\"a\":\"jan", "jan", "{\"a\":\"-\"", 1 },
		{ "{\"a\":\"\\", "jan", "{\"a\":\"\\", 0 },
		{ "", "jan", "", 0 },
		{ "{\"a\":{\"b\":\"jan\"}}", "", "{\"a\":{\"b\":\"jan\"}}", 0 },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		char text[200];
		struct buf b = BUF_ON(text);
		size_t n = json_blank(&b, str_of(rows[i].json), str_of(rows[i].inner), S("\"-\""));

		CHECK(n == rows[i].count && str_eq(buf_view(&b), str_of(rows[i].is)));
	}
}
