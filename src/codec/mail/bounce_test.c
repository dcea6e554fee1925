#include "base/test.h"
#include "codec/mail/bounce.h"

enum { LIMIT = 4 << 20 };

static struct heard_whole mail(struct arena *a, const char *from, const char *subject,
			       const char *type, const char *text)
{
	struct heard_whole h = { 0 };

	h.field[HEARD_FROM] = str_of(from);
	h.field[HEARD_SUBJECT] = str_of(subject);
	*list_add(&h.parts, a) =
		(struct heard_part){ .type = str_of(type), .parent = -1, .text = str_of(text) };
	return h;
}

TEST("bounce: a report says of each recipient what became of it")
{
	static const char text[] =
		"Reporting-MTA: dns; mx.m1.example\r\n\r\n"
		"Final-Recipient: rfc822; soc@m1.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
		"Diagnostic-Code: smtp; 550 5.1.1\r\n <soc@m1.example>: User unknown\r\n\r\n"
		"Original-Recipient: rfc822;it@m1.example\r\nAction: delayed\r\nStatus: "
		"4.2.2\r\n\r\n"
		"Final-Recipient: rfc822; ciso@m1.example\r\nAction: relayed\r\nStatus: 2.0.0\r\n";
	autoarena a = { 0 };
	struct heard_whole h;
	struct bounce b;

	arena_init(&a, LIMIT);
	h = mail(&a, "x@m1.example", "", "message/delivery-status", text);
	CHECK(bounce_read(&h, &a, &b) && b.of.count == 3);
	CHECK(str_eq(b.of.at[0].address, S("soc@m1.example")) &&
	      b.of.at[0].action == BOUNCE_FAILED && b.of.at[0].reason == BOUNCE_USER &&
	      str_eq(b.of.at[0].status, S("5.1.1")));
	CHECK(str_contains(b.of.at[0].says, S("User unknown")));
	CHECK(b.of.at[1].action == BOUNCE_DELAYED && b.of.at[1].reason == BOUNCE_FULL);
	CHECK(b.of.at[2].action == BOUNCE_DELIVERED);
	CHECK(bounce_of_address(BOUNCE_USER) && !bounce_of_address(BOUNCE_FULL));
}

TEST("bounce: free text of a daemon is one, the same text of a person is not")
{
	static const char text[] =
		"Hi. I'm afraid I wasn't able to deliver your message.\n"
		"<soc@m1.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
		"--- Below this line is a copy of the message.\n\nquota\n";
	autoarena a = { 0 };
	struct heard_whole h;
	struct bounce b;

	arena_init(&a, LIMIT);
	h = mail(&a, "MAILER-DAEMON@mx.m1.example", "failure notice", "text/plain", text);
	CHECK(bounce_read(&h, &a, &b) && b.of.count == 1);
	CHECK(str_eq(b.of.at[0].address, S("soc@m1.example")) && b.of.at[0].reason == BOUNCE_USER &&
	      str_eq(b.of.at[0].status, S("5.1.1")));
	h = mail(&a, "j.doe@m1.example", "failure notice", "text/plain", text);
	CHECK(!bounce_read(&h, &a, &b));
	h = mail(&a, "postmaster@m1.example", "delayed 24 hours (warning: message)", "text/plain",
		 "it will be retried\n");
	CHECK(bounce_read(&h, &a, &b) && b.of.at[0].action == BOUNCE_DELAYED);
}

TEST("bounce: who calls a mail spam is no bounce of an address")
{
	autoarena a = { 0 };
	struct heard_whole h;
	struct bounce b;

	arena_init(&a, LIMIT);
	h = mail(&a, "fbl@isp.example", "", "message/feedback-report", "Feedback-Type: abuse\n");
	CHECK(bounce_read(&h, &a, &b) && b.complaint && b.of.count == 0);
}
