#include "base/test.h"
#include "codec/mail/bounce_reason.h"

TEST("bounce reason: by code where that says it, else by the words")
{
	static const struct {
		const char *status, *says;
		enum bounce_reason reason;
	} rows[] = {
		{ "5.1.1", "", BOUNCE_USER },
		{ "5.1.1", "552 mailbox full", BOUNCE_FULL },
		{ "5.0.0", "550 No Such User here", BOUNCE_USER },
		{ "5.7.1", "550 5.7.1 User unknown", BOUNCE_USER },
		{ "5.7.1", "blocked by policy", BOUNCE_POLICY },
		{ "4.4.7", "", BOUNCE_EXPIRED },
		{ "", "554 looks like SPAM", BOUNCE_SPAM },
		{ "", "", BOUNCE_UNSAID },
		{ "2.1.1", "", BOUNCE_UNSAID },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(bounce_reason_of(str_of(rows[i].status), str_of(rows[i].says)) ==
		      rows[i].reason);
}

TEST("bounce reason: a code is three numbers, and no part of an address")
{
	CHECK(str_eq(bounce_status_in(S("550 5.1.10 <a@b>")), S("5.1.10")));
	CHECK(bounce_status_in(S("from 195.1.1.1 and 5.1.1.1 on 5.1")).n == 0);
	CHECK(str_eq(bounce_status_in(S("(#4.4.7)")), S("4.4.7")));
}
