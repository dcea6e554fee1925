#include "base/test.h"
#include "codec/mail/bounce_reason.h"

enum { LIMIT = 1 << 20 };

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
		{ "5.1.1", "553 see http://www.spamhaus.org/query", BOUNCE_POLICY },
		{ "4.4.7", "450 4.7.1 no PTR record", BOUNCE_POLICY },
		{ "", "User\n\tunknown", BOUNCE_USER },
		{ "", "<user.unknown@mailbox.full.example> no such user", BOUNCE_USER },
		{ "", "requota", BOUNCE_UNSAID },
		{ "5.7.900", "", BOUNCE_POLICY },
	};

	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(bounce_reason_of(str_of(rows[i].status), 0, str_of(rows[i].says), &a) ==
		      rows[i].reason);
}
