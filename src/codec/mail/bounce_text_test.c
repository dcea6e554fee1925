#include "base/test.h"
#include "codec/mail/bounce_text.h"
#include "codec/mail/bounce_word.h"

enum { LIMIT = 4 << 20 };

TEST("bounce text: what came back begins at its mark, or at its first field")
{
	static const struct {
		const char *text, *says, *sent;
	} rows[] = {
		{ "no\n--- Below this line is a copy of the message.\n\nSubject: x\n", "no\n",
		  "Subject: x\n" },
		{ "no\nReceived: from x\nSubject: y\n", "no\n", "Received: from x\nSubject: y\n" },
		{ "no\n\nOriginal message follows.\n\nMessage-Id: <a@b>\n", "no\n\n",
		  "Message-Id: <a@b>\n" },
		{ "The original message was received at 1\n",
		  "The original message was received at 1\n", "" },
		{ "no\n----- Original message -----", "no\n", "" },
		{ "", "", "" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct bounce_text t = bounce_text_cut(str_of(rows[i].text));

		CHECK(str_eq(t.says, str_of(rows[i].says)) && str_eq(t.sent, str_of(rows[i].sent)));
	}
}

TEST("bounce text: of whom it is, as servers write it")
{
	static const struct {
		const char *says, *address;
	} rows[] = {
		{ "<a@m1.example>:\nno mailbox", "a@m1.example" },
		{ "  a@m1.example\n    no", "a@m1.example" },
		{ "\"a@m1.example\":\nno", "a@m1.example" },
		{ ">>> a@m1.example <a@m1.example>", "a@m1.example" },
		{ "   * a@m1.example", "a@m1.example" },
		{ "a@m1.example: 550 no", "a@m1.example" },
		{ "MAIL FROM: x@m1.example\nRCPT TO:<a@m1.example>", "a@m1.example" },
		{ "Unknown user: a@m1.example", "a@m1.example" },
		{ "cert@z.example\nwrote to\na@m1.example\n", "a@m1.example" },
		{ "ask postmaster@m1.example of cert@z.example", "cert@z.example" },
		{ "nobody @ all", "" },
	};
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct heard_whole h = { 0 };
		struct bounce b = { 0 };

		h.field[HEARD_TO] = S("CERT <cert@z.example>");
		bounce_text_recipients(&h, str_of(rows[i].says), &a, &b);
		CHECK(b.of.count == (rows[i].address[0] != '\0'));
		CHECK(b.of.count == 0 || str_eq(b.of.at[0].address, str_of(rows[i].address)));
	}
}

TEST("bounce text: a sentence of servers, and one that they still try")
{
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	CHECK(bounce_text_opens(bounce_fold(S("Your message could\n not be delivered to x"), &a)));
	CHECK(bounce_text_opens(bounce_fold(S("Uw bericht kon niet worden bezorgd."), &a)));
	CHECK(!bounce_text_opens(bounce_fold(S("We delivered the server to the rack."), &a)));
	CHECK(bounce_text_waits(bounce_fold(S("THIS IS A WARNING MESSAGE ONLY."), &a)));
	CHECK(!bounce_text_waits(bounce_fold(S("This is a permanent error."), &a)));
}
