#include "base/test.h"
#include "codec/table/csv_sheet.h"

enum { MOST = 4, LIMIT = 1 << 20 };

TEST("csv_sheet: rows have the lines on which they stand, and blank ones are none")
{
	static const struct {
		const char *text, *first[3];
		unsigned line[3];
		size_t cells[3];
	} rows[] = {
		{ "a;b,c;d\n", { "a" }, { 1 }, { 3 } },
		{ "a,b\r\n\r\n,,\r\n#x\r\nc,d\r\n", { "a", "c" }, { 1, 5 }, { 2, 2 } },
		{ "a\tb\n\"x\ny\"\tz\nq\n", { "a", "x\ny", "q" }, { 1, 2, 4 }, { 2, 2, 1 } },
		{ "a,b\n\"say \"\"no\"\"\",2", { "a", "say \"no\"" }, { 1, 2 }, { 2, 2 } },
		{ "", { NULL }, { 0 }, { 0 } },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct csv_sheet s;
		struct str row, cell[MOST];
		autoarena a = { 0 };
		bool closed;
		size_t n = 0;

		arena_init(&a, LIMIT);
		printf("# row %zu\n", i);
		csv_sheet_begin(&s, str_of(rows[i].text), false);
		for (; csv_sheet_next(&s, &row, &closed); n++) {
			CHECK(n < 3 && rows[i].first[n] != NULL && closed);
			CHECK(csv_sheet_cells(&s, row, &a, cell, MOST) == rows[i].cells[n]);
			CHECK(str_eq(cell[0], str_of(rows[i].first[n])));
			CHECK(s.line == rows[i].line[n]);
		}
		CHECK(n == 3 || rows[i].first[n] == NULL);
	}
}

TEST("csv_sheet: a quote that is never closed is said, and the next line is read")
{
	struct csv_sheet s;
	struct str row;
	bool closed;

	csv_sheet_begin(&s, S("a,b\n\"c,d\ne,f\n"), false);
	CHECK(csv_sheet_next(&s, &row, &closed) && closed && s.line == 1);
	CHECK(csv_sheet_next(&s, &row, &closed) && !closed && s.line == 2);
	CHECK(csv_sheet_next(&s, &row, &closed) && closed && s.line == 3 && row.p[0] == 'e');
	CHECK(!csv_sheet_next(&s, &row, &closed));
}
