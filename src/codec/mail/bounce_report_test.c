#include "base/test.h"
#include "codec/mail/bounce_report.h"

enum { LIMIT = 4 << 20 };

TEST("bounce report: what a server calls a thing of its own is told by its code")
{
	static const struct {
		const char *group;
		enum bounce_action action;
		const char *status;
	} rows[] = {
		{ "Action: failed\nStatus: 5.0.0 (permanent)\nDiagnostic-Code: smtp; 550 5.2.2 "
		  "full",
		  BOUNCE_FAILED, "5.2.2" },
		{ "Action: failed\nStatus: 4.4.7\nDiagnostic-Code: smtp; 450 4.7.1 no PTR",
		  BOUNCE_FAILED, "4.7.1" },
		{ "Action: RELAYED\nStatus: 2.0.0", BOUNCE_DELIVERED, "2.0.0" },
		{ "Action: deliverable\nStatus: 2.1.5", BOUNCE_DELIVERED, "2.1.5" },
		{ "ction: failed\nStatus: 5.3.0", BOUNCE_FAILED, "5.3.0" },
		{ "Action: Delayed\nStatus: x", BOUNCE_DELAYED, "" },
	};
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct bounce b = { 0 };

		bounce_report(arena_fmt(&a,
					"Reporting-MTA: dns; x\n\n"
					"Final-Recipient: rfc822;<a@m1.example>\n%s\n",
					rows[i].group),
			      &a, &b);
		CHECK(b.of.count == 1 && b.of.at[0].action == rows[i].action);
		CHECK(str_eq(b.of.at[0].status, str_of(rows[i].status)) &&
		      str_eq(b.of.at[0].address, S("a@m1.example")));
	}
}

TEST("bounce report: one that lost its part is found in the text; of many some are kept")
{
	static const char text[] =
		"Sorry.\n\nreporting-mta: x\n\nFinal-Recipient: rfc822; a@b.example\n"
		"Action: failed\n";
	autoarena a = { 0 };
	struct bounce b = { 0 };
	char room[8 << 10];
	struct buf many = BUF_ON(room);

	arena_init(&a, LIMIT);
	bounce_report(bounce_report_in(str_of(text)), &a, &b);
	CHECK(b.of.count == 1 && str_eq(b.of.at[0].address, S("a@b.example")));
	CHECK(bounce_report_in(S("Sorry.\nno Final-Recipient: x\n")).n == 0);
	b = (struct bounce){ 0 };
	for (unsigned i = 0; i < BOUNCE_RECIPIENTS + 9; i++)
		buf_fmt(&many, "Final-Recipient: rfc822; u%u@b.example\nAction: failed\n\n", i);
	bounce_report(buf_view(&many), &a, &b);
	CHECK(!many.over && b.of.count == BOUNCE_RECIPIENTS);
}
