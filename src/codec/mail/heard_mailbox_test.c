#include "base/test.h"
#include "codec/mail/heard_mailbox.h"

TEST("heard_mailbox: a name stands in quotes, so that it passes for no address")
{
	static const struct {
		struct str name, address, list;
	} cases[] = {
		{ S(""), S("a@b"), S("a@b") },
		{ S("Zoë de Vries"), S("zoe@m.example"), S("\"Zoë de Vries\" <zoe@m.example>") },
		{ S("desk <d@z.example>"), S("evil@x"), S("\"desk <d@z.example>\" <evil@x>") },
		{ S("a\" <d@z>, \"\\"), S("e@x"), S("\"a\\\" <d@z>, \\\"\\\\\" <e@x>") },
		{ S("a\r\nBcc: c@d"), S("e@x"), S("\"a Bcc: c@d\" <e@x>") },
		{ S("a\0\u202eb"), S("e@x"), S("\"a \uFFFDb\" <e@x>") },
		{ S(""), S("\"a <d@z>\"@x"), S("\"\\\"a <d@z>\\\"@x\"") },
		{ S("n"), S("d@z>,<e@x"), S("\"n\"") },
		{ S(""), S("e@x\nf@y"), S("\"e@x f@y\"") },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		char room[64];
		struct buf b = BUF_ON(room);

		heard_mailbox(&b, cases[i].name, cases[i].address);
		CHECK(str_eq(buf_view(&b), cases[i].list));
	}
}

TEST("heard_mailbox: one that does not fit is left out, not cut")
{
	char room[14];
	struct buf b = BUF_ON(room);

	heard_mailbox(&b, S(""), S("a@b.example"));
	heard_mailbox(&b, S(""), S("c@d.example"));
	CHECK(str_eq(buf_view(&b), S("a@b.example")) && !b.over);
}

TEST("heard_mailbox: an address that is too long is none, and is not cut to another")
{
	static char address[HEARD_MAILBOX_ADDRESS + 100];
	static char room[4096];
	struct buf b = BUF_ON(room);

	memset(address, 'x', sizeof address);
	address[1] = '@';
	heard_mailbox(&b, S(""), (struct str){ address, sizeof address });
	CHECK(str_has_prefix(buf_view(&b), S("\"x@x")) && str_has_suffix(buf_view(&b), S("x\"")));
}
