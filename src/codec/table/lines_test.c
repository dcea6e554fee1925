#include "base/test.h"
#include "codec/table/lines.h"

static const struct csv_shape list = { .comment = '#', .wanted = 1 };
static const struct csv_shape json = { .wanted = 1 };

TEST("lines: a value is what stands before a comment, without blanks around it")
{
	static const struct {
		const char *in, *out; // NULL: a blank record
	} cases[] = {
		{ "192.0.2.1\n", "192.0.2.1" },
		{ "192.0.2.1\r\n", "192.0.2.1" },
		{ "  192.0.2.1\t# seen\n", "192.0.2.1" },
		{ "192.0.2.1 ; SBL12345\n", "192.0.2.1" },
		{ "192.0.2.1#x;y", "192.0.2.1" },
		{ "# 192.0.2.1\n", NULL },
		{ "; note\n", NULL },
		{ "\n", NULL },
		{ " \t\r\n", NULL },
		{ "a b\n", "a b" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct csv_row row;
		size_t used;

		CHECK(lines_cut(&list, str_of(cases[i].in), true, &row, 1, &used) == 1);
		CHECK(used == strlen(cases[i].in));
		CHECK(row.state == (cases[i].out == NULL ? CSV_BLANK : CSV_ROW));
		CHECK(cases[i].out == NULL || str_eq(row.field[0], str_of(cases[i].out)));
	}
}

TEST("lines: a line of JSON holds no comments")
{
	struct csv_row row;
	size_t used;

	CHECK(lines_cut(&json, S("{\"a\":\"#;\"}\r\n"), true, &row, 1, &used) == 1);
	CHECK(str_eq(row.field[0], S("{\"a\":\"#;\"}")));
}

TEST("lines: a line without its end waits for more, and is one at the end")
{
	struct csv_row row[4];
	size_t used;

	CHECK(lines_cut(&list, S("a\nb\nc"), false, row, 4, &used) == 2 && used == 4);
	CHECK(lines_cut(&list, S("a\nb\nc"), true, row, 4, &used) == 3 && used == 5);
	CHECK(lines_cut(&list, S("a\nb\nc"), true, row, 2, &used) == 2 && used == 4);
	CHECK(lines_cut(&list, S(""), true, row, 4, &used) == 0 && used == 0);
}
