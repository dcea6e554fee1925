#include "base/test.h"
#include "codec/mail/bounce_word.h"

enum { LIMIT = 1 << 20 };

TEST("bounce word: a code is three numbers, and no part of an address")
{
	CHECK(str_eq(bounce_status_in(S("550 5.1.10 <a@b>")), S("5.1.10")));
	CHECK(bounce_status_in(S("from 195.1.1.1 and 5.1.1.1 on 5.1")).n == 0);
	CHECK(str_eq(bounce_status_in(S("(#4.4.7)")), S("4.4.7")));
	CHECK(bounce_status_in(S("Exim 4.92.3")).n == 0);
	CHECK(str_eq(bounce_status_in(S("5.1.0 - Unknown address error 550-'5.7.1 no")),
		     S("5.7.1")));
}

TEST("bounce word: a reply is three numbers that stand alone, and refuse")
{
	static const struct {
		const char *says;
		unsigned code;
	} rows[] = {
		{ "550 no", 550 },
		{ "host [192.0.2.5]:25 said: 421-4.7.0 later", 421 },
		{ "SIZE=1024: 450 wait", 450 },
		{ "[550 5.1.1 User unknown]", 550 },
		{ "port 587, 250 ok", 0 },
		{ "451.example", 0 },
		{ "203.0.113.450", 0 },
		{ "after 450 s: 554 5.7.1 no", 554 },
		{ "55", 0 },
		{ "550", 550 },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(bounce_reply_in(str_of(rows[i].says)) == rows[i].code);
}

TEST("bounce word: words are one line in lower case, without addresses")
{
	autoarena a = { 0 };
	struct str s;

	arena_init(&a, LIMIT);
	CHECK(str_eq(bounce_fold(S(" <No.Such.User@x.example>... USER\r\n\t unknown "), &a),
		     S(">... user unknown")));
	s = bounce_fold(S("the user unknown"), &a);
	CHECK(bounce_holds(s, S("user unknown")) && bounce_holds(s, S("the user")));
	CHECK(!bounce_holds(s, S("ser unknown")) && !bounce_holds(s, S("known")));
	CHECK(bounce_holds(bounce_fold(S("requota quota"), &a), S("quota")));
	CHECK(!bounce_holds(bounce_fold(S(""), &a), S("quota")));
}
