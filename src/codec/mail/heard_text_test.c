#include "base/test.h"
#include "codec/mail/heard.h"
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

TEST("heard_text: a field is one line, and a type is lower case or nothing")
{
	static char much[HEARD_TYPE + 1];
	autoarena a = { 0 };

	arena_init(&a, 1 << 20);
	memset(much, 'x', sizeof much);
	CHECK(str_eq(heard_line(S(" a\r\n b\0\x1b\xe9 "), 64, &a), S("a b \uFFFD")));
	CHECK(str_eq(heard_line(S("abé"), 3, &a), S("ab")) && heard_line(S(""), 3, &a).p != NULL);
	CHECK(str_eq(heard_type(S("Text/PLAIN"), &a), S("text/plain")));
	CHECK(heard_type(S("text/plain x"), &a).n == 0 && heard_type(S("t\xe9/x"), &a).n == 0);
	CHECK(heard_type((struct str){ much, sizeof much }, &a).n == 0);
	CHECK(heard_type((struct str){ much, HEARD_TYPE }, &a).n == HEARD_TYPE);
}
