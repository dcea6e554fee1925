#include "base/test.h"
#include "codec/mail/sender.h"

#include <stdlib.h>

enum { LIMIT = 1 << 20 };

static struct arena a;

static struct sender of(const char *head)
{
	struct sender s;

	if (a.start == NULL)
		arena_init(&a, LIMIT << 4);
	sender_read(str_of(head), &a, &s);
	return s;
}

TEST("sender: one plain address, however it is written")
{
	static const struct {
		const char *head, *address, *name;
	} rows[] = {
		{ "From: a@m1.example\r\n", "a@m1.example", "" },
		{ "From: A.B+c@M1.Example\r\n", "A.B+c@M1.Example", "" },
		{ "From: <a@m1.example>\n", "a@m1.example", "" },
		{ "From: \"Doe, J.\" <a@m1.example>\r\n", "a@m1.example", "Doe, J." },
		{ "from: J. Doe\r\n <a@m1.example>\r\n", "a@m1.example", "J. Doe" },
		{ "From: =?utf-8?Q?Ze=C3=AB?= <a@m1.example>\r\n", "a@m1.example", "Zeë" },
		{ "From: a@m1.example (J. Doe)\r\n", "a@m1.example", "a@m1.example  J. Doe" },
		{ "From: \"a@m1.example\" <a@m1.example>\r\n", "a@m1.example", "a@m1.example" },
		{ "From: \"Team @ CERT\" <a@m1.example>\r\n", "a@m1.example", "Team @ CERT" },
		{ "Subject: x\r\nFrom: a@m1.example\r\n\r\nFrom: b@m2.example\r\n", "a@m1.example",
		  "" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct sender s = of(rows[i].head);

		CHECK(s.end == SENDER_ONE);
		CHECK(str_eq(s.address, str_of(rows[i].address)));
		CHECK(str_eq(s.name, str_of(rows[i].name)));
	}
	CHECK(str_eq(of("From: x <a@M1.Example>\n").domain, S("M1.Example")));
}

TEST("sender: what programs read differently, or shows another address, is nobody")
{
	static const struct {
		const char *head;
		enum sender_end end;
	} rows[] = {
		{ "Subject: x\r\n", SENDER_NONE },
		{ "From: a@m1.example\r\nFrom: b@m2.example\r\n", SENDER_SEVERAL },
		{ "From: a@m1.example\r\nFROM : a@m1.example\r\n", SENDER_SEVERAL },
		{ "From: a@m1.example, b@m2.example\r\n", SENDER_SEVERAL },
		{ "From: a@m1.example,\r\n", SENDER_SEVERAL },
		{ "From: <a@m1.example> <b@m2.example>\r\n", SENDER_BROKEN },
		{ "From: \"soc@m1.example\" <x@evil.example>\r\n", SENDER_TRICK },
		{ "From: soc@m1.example <x@evil.example>\r\n", SENDER_TRICK },
		{ "From: \"'SOC' via soc@m1.example\" <x@evil.example>\r\n", SENDER_TRICK },
		{ "From: =?utf-8?Q?soc=40m1.example?= <x@evil.example>\r\n", SENDER_TRICK },
		{ "From: =?utf-8?B?c29j77ygbTEuZXhhbXBsZQ==?= <x@evil.example>\r\n", SENDER_TRICK },
		{ "From: x@evil.example (soc@m1.example)\r\n", SENDER_TRICK },
		{ "From: \"<soc@m1.example>\" <x@evil.example>\r\n", SENDER_TRICK },
		{ "From: team: a@m1.example;\r\n", SENDER_BROKEN },
		{ "From: <@m1.example:x@evil.example>\r\n", SENDER_BROKEN },
		{ "From: <a@m1.example@evil.example>\r\n", SENDER_BROKEN },
		{ "From: \"a@m1.example\"@evil.example\r\n", SENDER_BROKEN },
		{ "From: a@[192.0.2.1]\r\n", SENDER_BROKEN },
		{ "From: a@localhost\r\n", SENDER_BROKEN },
		{ "From: a\r\n", SENDER_BROKEN },
		{ "From:\r\n", SENDER_BROKEN },
		{ "From: a@m1.example <\r\n", SENDER_BROKEN },
		{ "From: a@m1.example (x\r\n", SENDER_BROKEN },
		{ "From: a@m1.ex\xc3\xa4mple\r\n", SENDER_BROKEN },
		{ "From: a@m1.example\r\nSubject: x\r\nsubject: y\r\n", SENDER_DOUBLED },
		{ "Content-Type: text/plain\nFrom: a@m1.example\nContent-type: text/html\n",
		  SENDER_DOUBLED },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct sender s = of(rows[i].head);

		if (s.end != rows[i].end)
			printf("# row %zu is %u\n", i, s.end);
		CHECK(s.end == rows[i].end);
		CHECK(sender_end_says(s.end).n > 0);
		CHECK(s.end == SENDER_TRICK || s.address.n == 0);
	}
}

TEST("sender: a head of more fields than are looked at, or a longer one, is nobody's")
{
	enum { MOST = SENDER_FIELDS * 8 };
	char *head = calloc(1, MOST + 100);

	CHECK(head != NULL);
	for (unsigned i = 0; i < MOST; i += 4)
		memcpy(head + i, "a:b\n", 4);
	memcpy(head, "From:a@m1.example\nx:y\n", 20);
	CHECK(of(head).end == SENDER_BROKEN);
	memcpy(head + MOST, "From:b@m2.example\nFrom:b@m2.example\n", 36);
	CHECK(of(head).end == SENDER_BROKEN);
	memset(head, 'x', MOST);
	memcpy(head, "From:", 5);
	head[MOST] = '\0';
	CHECK(of(head).end == SENDER_BROKEN);
	free(head);
}
