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
		"Original-Recipient: rfc822;it@m1.example\r\nAction: Delayed\r\nStatus: "
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
	CHECK(b.of.at[0].code == 550 && !b.of.at[0].temporary);
	CHECK(b.of.at[1].action == BOUNCE_DELAYED && b.of.at[1].reason == BOUNCE_FULL &&
	      b.of.at[1].temporary);
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

TEST("bounce: of several in one text each has its own words")
{
	static const char text[] =
		"This message was created automatically by mail delivery software.\n\n"
		"  full@m1.example\n    host mx.m1.example [192.0.2.1]: 552 5.2.2 Over quota\n"
		"  none@m1.example\n    host mx.m1.example [192.0.2.1]: 550 User\n unknown\n"
		"  FULL@m1.example\n    again\n"
		"  cert@z.example\n    who wrote it\n\n"
		"------ This is a copy of the message, including all the headers. ------\n\n"
		"Return-path: <cert@z.example>\nMessage-ID: <N-9WKD47-K.tag@z.example>\n"
		"Subject: [Z-CERT N-9WKD47-K]\nX-Waker-Ref: N-9WKD47-K\n\nX-Waker-Ref: body\n";
	autoarena a = { 0 };
	struct heard_whole h;
	struct bounce b;

	arena_init(&a, LIMIT);
	h = mail(&a, "Mailer-Daemon@mx.m1.example", "Mail delivery failed", "text/plain", text);
	h.field[HEARD_TO] = S("cert@z.example");
	CHECK(bounce_read(&h, &a, &b) && b.of.count == 2);
	CHECK(str_eq(b.of.at[0].address, S("full@m1.example")) && b.of.at[0].code == 552 &&
	      b.of.at[0].reason == BOUNCE_FULL && str_eq(b.of.at[0].status, S("5.2.2")));
	CHECK(str_eq(b.of.at[1].address, S("none@m1.example")) && b.of.at[1].code == 550 &&
	      b.of.at[1].reason == BOUNCE_USER && b.of.at[1].status.n == 0);
	CHECK(str_eq(b.message, S("N-9WKD47-K.tag@z.example")) && str_eq(b.ref, S("N-9WKD47-K")) &&
	      str_eq(b.subject, S("[Z-CERT N-9WKD47-K]")));
	h.field[HEARD_FAILED] = S("none@m1.example");
	CHECK(bounce_read(&h, &a, &b) && b.of.count == 1 && b.of.at[0].reason == BOUNCE_USER);
}

TEST("bounce: an answer of a machine is none, whatever its words, and a person is none")
{
	static const struct {
		const char *from, *path, *subject, *text;
		bool bounce;
	} rows[] = {
		{ "j@m1.example", "<>", "Automatic reply: Kritiek",
		  "I have a new address: j@m2.example; the old account is disabled.", false },
		{ "j@m1.example", "<>", "Automatic reply: Undeliverable: Kritiek", "I am away.",
		  false },
		{ "j@m1.example", "<>", "Re: Kritiek", "That mailbox is full, 550 5.2.2.", false },
		{ "pp.jansen@m1.example", "<pp.jansen@m1.example>", "Returned mail",
		  "blocked by policy", false },
		{ "no-reply@shop.example", "<no-reply@shop.example>", "Delivery notification",
		  "Your parcel.", false },
		{ "no-reply@m1.example", "<no-reply@m1.example>", "Mail",
		  "Your mail could not be delivered to: <x@m1.example>", true },
		{ "postmaster@m1.example", "<>", "Undeliverable: Kritiek", "Sorry.", true },
		{ "MAILER-DAEMON <>", "", "Mail delivery failed", "Sorry.", true },
	};
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct heard_whole h =
			mail(&a, rows[i].from, rows[i].subject, "text/plain", rows[i].text);
		struct bounce b;

		h.field[HEARD_RETURN_PATH] = str_of(rows[i].path);
		CHECK(bounce_read(&h, &a, &b) == rows[i].bounce);
	}
}

TEST("bounce: one that a person sends on, in a mail of their own, is theirs")
{
	autoarena a = { 0 };
	struct heard_whole h;
	struct bounce b;

	arena_init(&a, LIMIT);
	h = mail(&a, "j@m1.example", "FYI", "multipart/mixed", "");
	*list_add(&h.parts, &a) = (struct heard_part){ .type = S("text/plain"), .text = S("see") };
	*list_add(&h.parts, &a) = (struct heard_part){ .type = S("message/rfc822"),
						       .text = S("From: MAILER-DAEMON@x\n") };
	*list_add(&h.parts, &a) = (struct heard_part){
		.type = S("message/delivery-status"),
		.parent = 2,
		.text = S("Final-Recipient: rfc822; a@m1.example\nAction: failed\n"),
	};
	CHECK(!bounce_read(&h, &a, &b));
	h.parts.at[3].parent = 0;
	CHECK(bounce_read(&h, &a, &b) && b.of.count == 1);
}
