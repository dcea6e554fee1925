#include "base/test.h"
#include "codec/table/csv.h"

static const csv_cutter cutters[] = { csv_cut, csv_cut_avx2 };

static const struct csv_shape shape = {
	.separator = ',', .quote = '"', .comment = '#', .wanted = 2, .want = { 0, 2 }
};

// What goes in, and the first record that comes out.
static const struct {
	const char *in;
	enum csv_state state;
	unsigned columns;
	const char *first, *third; // NULL: not there
} cases[] = {
	{ "a,b,c\n", CSV_ROW, 3, "a", "c" },
	{ "a,,\r\n", CSV_ROW, 3, "a", "" },
	{ "\"a\",\"b\",\"c\"\r\n", CSV_ROW, 3, "a", "c" },
	{ "\"a,x\",b,\"c\nd\"", CSV_ROW, 3, "a,x", "c\nd" },
	{ "\"a\"\"x\",b,\"\"\n", CSV_ROW, 3, "a\"\"x", "" },
	{ "a\"x,b\",c\"\n", CSV_ROW, 3, "a\"x", "c\"" },
	{ "\"a\"x,b,c\n", CSV_ROW, 3, "\"a\"x", "c" },
	{ "a\n", CSV_ROW, 1, "a", NULL },
	{ "\"a\r\nb\",,\"x\"\r\nnext", CSV_ROW, 3, "a\r\nb", "x" },
	{ "\r\n", CSV_BLANK, 0, NULL, NULL },
	{ "\n", CSV_BLANK, 0, NULL, NULL },
	{ "# it's \"quoted\"\nx", CSV_COMMENT, 0, NULL, NULL },
	{ "\"open,b,c\nnext,y,z\n", CSV_UNCLOSED, 0, NULL, NULL },
	{ "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",b,"
	  "\"c\"\nnext,,\n"
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
	  CSV_ROW, 3, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	  "c" },
};

static bool same(struct str s, const char *want)
{
	return want == NULL ? s.p == NULL : s.p != NULL && str_eq(s, str_of(want));
}

TEST("csv: a record gives the wanted columns, whoever cuts it")
{
	for (size_t k = 0; k < 2 * COUNTOF(cases); k++) {
		size_t i = k / 2, used;
		struct csv_row row = { 0 };

		CHECK(cutters[k % 2](&shape, str_of(cases[i].in), true, &row, 1, &used) == 1);
		CHECK(row.state == cases[i].state && row.columns == cases[i].columns);
		CHECK(row.state != CSV_ROW ||
		      (same(row.field[0], cases[i].first) && same(row.field[1], cases[i].third)));
	}
}

TEST("csv: an unfinished record waits for more, and is one at the end")
{
	static const char *const cut[] = { "a,b", "\"a,b\n", "\"a\"", "\"a\"\"", "# x", "a,b\r" };

	for (size_t k = 0; k < 2 * COUNTOF(cut); k++) {
		struct csv_row row;
		size_t used = 1;

		CHECK(cutters[k % 2](&shape, str_of(cut[k / 2]), false, &row, 1, &used) == 0 &&
		      used == 0);
		CHECK(cutters[k % 2](&shape, str_of(cut[k / 2]), true, &row, 1, &used) == 1 &&
		      used > 0);
	}
}

static uint64_t state = 1;

static uint64_t rnd(uint64_t below)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (state >> 33) % below;
}

static void check_same(struct str text, bool last)
{
	enum { MOST = 400 };
	static struct csv_row a[MOST], b[MOST];
	size_t used_a, used_b, n = csv_cut(&shape, text, last, a, MOST, &used_a);

	memset(b, 0, sizeof b);
	CHECK(csv_cut_avx2(&shape, text, last, b, MOST, &used_b) == n && used_a == used_b);
	for (size_t i = 0; i < n; i++) {
		CHECK(a[i].start == b[i].start && a[i].length == b[i].length);
		CHECK(a[i].state == b[i].state && a[i].columns == b[i].columns);
		for (unsigned f = 0; f < 2 && a[i].state == CSV_ROW; f++)
			CHECK((a[i].field[f].p == NULL) == (b[i].field[f].p == NULL) &&
			      str_eq(a[i].field[f], b[i].field[f]));
	}
}

TEST("csv: both cutters agree on any mix of quotes, commas and line ends")
{
	static const char letters[] = "\"\",,\n\nab\r#ccccccccc";
	static char text[300];

	for (unsigned round = 0; round < 60000; round++) {
		size_t n = rnd(sizeof text);

		for (size_t i = 0; i < n; i++)
			text[i] = letters[rnd(sizeof letters - 1)];
		check_same((struct str){ text, n }, round % 2 == 0);
	}
}

TEST("csv: all fields of a record, and doubled quotes undone")
{
	struct str f[3];
	char text[8];

	CHECK(csv_fields(&shape, S("\"a\"\r"), f, 3) == 1 && str_eq(f[0], S("\"a\"\r")));
	CHECK(csv_fields(&shape, S("\"a\"\"b\",,c,d"), f, 3) == 4);
	CHECK(str_eq(f[0], S("a\"\"b")) && f[1].n == 0 && str_eq(f[2], S("c")));
	CHECK(csv_undouble(f[0], '"', text) == 3 && memcmp(text, "a\"b", 3) == 0);
}
