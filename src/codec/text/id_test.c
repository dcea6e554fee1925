#include "base/test.h"
#include "codec/text/id.h"

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXY";

static struct str text(uint32_t number, char out[ID_TEXT])
{
	id_write('F', number, out);
	return (struct str){ out, ID_TEXT - 1 };
}

TEST("id: the example of the screens is written and read")
{
	static const struct {
		const char *in;
		bool good;
	} rows[] = {
		{ "F-7K2QXM-5", true },  { "f-7k2qxm-5", true },   { "F7K2QXM5", true },
		{ "N-7K2QXM-5", false }, { "F-7K2QXM-6", false },  { "F-7K2QXM5", false },
		{ "F-7K2QX-5", false },  { "F-7K2QXML-5", false }, { "F-7K2QXL-5", false },
		{ "", false },           { "F", false },           { "F-", false },
		{ "F-7K2QXM-", false },  { " F-7K2QXM-5", false },
	};
	char out[ID_TEXT];
	uint32_t n;

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(id_read(str_of(rows[i].in), 'F', &n) == rows[i].good);
	CHECK(id_read(S("F-7K2QXM-5"), 'F', &n));
	CHECK(str_eq(text(n, out), S("F-7K2QXM-5")));
}

TEST("id: the first, the last and numbers between are read as written")
{
	char out[ID_TEXT];
	uint32_t n;

	for (uint32_t i = 0; i < ID_COUNT - 99991; i += 99991)
		CHECK(id_read(text(i, out), 'F', &n) && n == i);
	CHECK(id_read(text(ID_COUNT - 1, out), 'F', &n) && n == ID_COUNT - 1);
	CHECK(str_eq(text(0, out), S("F-000000-0")));
}

static const unsigned char places[] = { 2, 3, 4, 5, 6, 7, 9 };

TEST("id: every single wrong character is refused")
{
	char out[ID_TEXT];
	uint32_t n;

	for (uint32_t i = 0; i < ID_COUNT - 9999991; i += 9999991) {
		struct str s = text(i, out);

		for (size_t p = 0; p < COUNTOF(places); p++) {
			char was = out[places[p]];

			for (const char *c = letters; *c != '\0'; c++) {
				out[places[p]] = *c;
				CHECK(id_read(s, 'F', &n) == (*c == was));
			}
			out[places[p]] = was;
		}
	}
}

TEST("id: every two exchanged characters are refused")
{
	char out[ID_TEXT];
	uint32_t n;

	for (uint32_t i = 0; i < ID_COUNT - 999983; i += 999983) {
		struct str s = text(i, out);

		for (size_t p = 0; p < COUNTOF(places); p++)
			for (size_t q = p + 1; q < COUNTOF(places); q++) {
				char a = out[places[p]], b = out[places[q]];

				out[places[p]] = b;
				out[places[q]] = a;
				CHECK(id_read(s, 'F', &n) == (a == b));
				out[places[p]] = a;
				out[places[q]] = b;
			}
	}
}
