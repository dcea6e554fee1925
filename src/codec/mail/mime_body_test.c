#include "base/test.h"
#include "codec/mail/mime_body.h"

static char room[1 << 12];

static bool is(const struct buf *b, const char *wanted)
{
	if (!str_eq(buf_view(b), str_of(wanted)))
		printf("# got:    " STR_FMT "\n# wanted: %s\n", STR_ARG(buf_view(b)), wanted);
	return !b->over && str_eq(buf_view(b), str_of(wanted));
}

#define X25 "xxxxxxxxxxxxxxxxxxxxxxxxx"

TEST("quoted-printable: only what a mail server may change is escaped, and long lines are broken")
{
	static const struct {
		const char *text, *wanted;
	} rows[] = {
		{ "", "" },
		{ "a\nb\r\n\nc", "a\r\nb\r\n\r\nc\r\n" },
		{ "a=b \u00e9", "a=3Db =C3=A9\r\n" },
		{ "-- \na\t\n  \n", "--=20\r\na=09\r\n =20\r\n" },
		{ "From x\nFrom\n", "=46rom x\r\nFrom\r\n" },
		{ ".\n..\n", "=2E\r\n..\r\n" },
		{ "a\rb\x7f\x01", "a=0Db=7F=01\r\n" },
		{ X25 X25 X25 "\n", X25 X25 X25 "\r\n" },
		{ X25 X25 X25 "y\n", X25 X25 X25 "=\r\ny\r\n" },
		{ X25 X25 X25 ".\n", X25 X25 X25 "=\r\n=2E\r\n" },
		{ X25 X25 X25 "From x\n", X25 X25 X25 "=\r\n=46rom x\r\n" },
		{ X25 X25 X25 " \n", X25 X25 X25 "=\r\n=20\r\n" },
		{ X25 X25 "xxxxxxxxxxxxxxxxxxxxxx=\n", X25 X25 "xxxxxxxxxxxxxxxxxxxxxx=3D\r\n" },
		{ X25 X25 "xxxxxxxxxxxxxxxxxxxxxxx=\n",
		  X25 X25 "xxxxxxxxxxxxxxxxxxxxxxx=\r\n=3D\r\n" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct buf b = BUF_ON(room);

		mime_quoted(&b, str_of(rows[i].text));
		CHECK(is(&b, rows[i].wanted));
	}
}

TEST("base64: lines have 76 letters, and the last one does not end")
{
	struct buf b = BUF_ON(room);

	mime_base64(&b, S(""));
	CHECK(is(&b, ""));
	mime_base64(&b, S(X25 X25 "xxxxxxx"));
	CHECK(b.n == 76);
	mime_base64(&b, S(X25 X25 "xxxxxxxab"));
	CHECK(b.n == 76 + 76 + 2 + 4 && str_has_suffix(buf_view(&b), S("\r\nYWI=")));
}
