#include "base/test.h"
#include "model/mail/pin.h"

#define KEY "sha256//AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

TEST("mail pins: keys of a server, and of a domain for each of its servers")
{
	const struct str file = S("# ours\n\nmx.member.example " KEY "\nMember.example  " KEY "\r\n"
				  "other.example " KEY);
	struct tls_want w;
	struct err e = { 0 };

	CHECK(pins_find(file, S("mx.member.example"), S("member.example"), &w, &e) && w.keys == 2);
	CHECK(w.level == TLS_MUST && w.by == TLS_BY_PIN && w.key[1].sha256[31] == 31);
	CHECK(pins_find(file, S("mx2.member.example"), S("member.example"), &w, &e) && w.keys == 1);
	CHECK(pins_find(file, S("mx.third.example"), S("third.example"), &w, &e) && w.keys == 0);
	CHECK(pins_find(S(""), S("a.example"), S("a.example"), &w, &e) && w.keys == 0);
}

TEST("mail pins: a line that is wrong stops all, with its number")
{
	static const char *const wrong[] = {
		"\nmember.example",
		"\nmember.example sha256//short",
		"# x\n..example " KEY,
		"\n" KEY,
	};

	for (size_t i = 0; i < COUNTOF(wrong); i++) {
		struct tls_want w;
		struct err e = { 0 };

		CHECK(!pins_find(str_of(wrong[i]), S("a.example"), S("a.example"), &w, &e));
		CHECK(e.kind == ERR_CONFIG && str_contains(str_of(e.text), S("line 2")));
	}
}

TEST("mail pins: a name with more keys than can be held is told, not cut")
{
	char text[9 * (sizeof "a.example " KEY "\n")];
	struct buf b = BUF_ON(text);
	struct tls_want w;
	struct err e = { 0 };

	for (unsigned i = 0; i < 8; i++)
		buf_str(&b, S("a.example " KEY "\n"));
	CHECK(pins_find(buf_view(&b), S("a.example"), S("b.example"), &w, &e) && w.keys == 8);
	buf_str(&b, S("a.example " KEY "\n"));
	CHECK(!pins_find(buf_view(&b), S("a.example"), S("b.example"), &w, &e));
}
