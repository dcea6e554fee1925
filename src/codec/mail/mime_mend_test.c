#include "base/test.h"
#include "codec/mail/mime_mend.h"

TEST("mime_mend: what a mailer broke is put right, and nothing else is touched")
{
	static const struct {
		struct str mail, is;
		bool mended;
	} cases[] = {
		{ S(""), S(""), false },
		{ S("\n\nA: b\n"), S("\n\nA: b\n"), false }, // the head ended before it began
		{ S("A: b\r\n\r\nx\ry\n--\n"), S("A: b\r\n\r\nx\ry\n--\n"), false },
		{ S("From a@b Thu Nov 26 15:47:00 2026\nA: b\n"), S("A: b\n"), false },
		{ S(">From a@b\r\nA: b\n"), S("A: b\n"), false },
		{ S("From nothing else"), S(""), false },
		{ S("  \n\t\r\nA: b\n"), S("A: b\n"), false },
		{ S(" A: b\n\nx"), S(" A: b\n\nx"), false },
		{ S(" "), S(""), false },
		{ S("A: b\r\rx\r"), S("A: b\n\nx\n"), true },
		{ S("From a@b\rA: b\r\rx"), S("A: b\n\nx"), true },
		{ S("A: b\n--x\nB: c\n\ny"), S("A: b\n\n--x\nB: c\n\ny"), true },
		{ S("A: b\r\n c\r\n--x\r\n\r\n--y"), S("A: b\r\n c\r\n\n--x\r\n\r\n--y"), true },
		{ S("<p style>\n--x: y\n"), S("<p style>\n--x: y\n"), false },
		{ S("--x\n\ny"), S("--x\n\ny"), false }, // there is no head at all
	};
	autoarena a = { 0 };

	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		bool mended = false;
		struct str is = mime_mend(cases[i].mail, &a, &mended);

		if (!str_eq(is, cases[i].is))
			printf("# row %zu: " STR_FMT "\n", i, STR_ARG(is));
		CHECK(str_eq(is, cases[i].is) && mended == cases[i].mended);
	}
}

TEST("mime_mend: what is long is not copied")
{
	autoarena a = { 0 };
	bool mended = false;
	struct str mail;
	char *p;

	arena_init(&a, 3 * (size_t)MIME_MEND_BYTES);
	p = arena_new(&a, char, MIME_MEND_BYTES + 1);
	memset(p, '\r', MIME_MEND_BYTES + 1);
	mail = mime_mend((struct str){ p, MIME_MEND_BYTES + 1 }, &a, &mended);
	CHECK(mail.p == p && !mended);
	mail = mime_mend((struct str){ p, MIME_MEND_BYTES }, &a, &mended);
	CHECK(mail.p != p && mended && mail.p[0] == '\n');
}
