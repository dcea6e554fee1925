#include "base/test.h"
#include "codec/mail/heard_text.h"

TEST("heard_text: lines end in LF, and no control comes through")
{
	static const struct {
		struct str bytes, text;
	} cases[] = {
		{ S(""), S("") },
		{ S("a\tb\n"), S("a\tb\n") },
		{ S("a\r\nb\rc\r\r\nd\r"), S("a\nb\nc\n\nd\n") },
		{ S("a\0b\x1b[2J\x7f"), S("a\uFFFDb\uFFFD[2J\uFFFD") },
		{ S("Opgelost – één"), S("Opgelost – één") },
		{ S("caf\xe9 x"), S("caf\uFFFD x") },
		{ S("\xc2\x85\xc2\xa0"), S("\uFFFD\u00a0") },
		{ S("\xed\xa0\x80"), S("\uFFFD\uFFFD\uFFFD") },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		char room[64];
		struct buf b = BUF_ON(room);

		CHECK(heard_text(cases[i].bytes, &b) && str_eq(buf_view(&b), cases[i].text));
	}
}

TEST("heard_text: it is cut between characters, and says so")
{
	char room[4];
	struct buf b = BUF_ON(room);

	CHECK(!heard_text(S("abcdef"), &b) && str_eq(buf_view(&b), S("abcd")) && !b.over);
	b.n = 0;
	CHECK(!heard_text(S("abcé"), &b) && str_eq(buf_view(&b), S("abc")) && !b.over);
	b.n = 0;
	CHECK(heard_text(S("abé"), &b) && str_eq(buf_view(&b), S("abé")));
}
