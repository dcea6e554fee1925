#include "base/test.h"
#include "codec/wire/imap.h"

TEST("imap: what a server says is known by its first words")
{
	static const struct {
		const char *line;
		enum imap_kind kind;
		uint32_t uid;
		uint64_t bytes;
	} rows[] = {
		{ "* OK ready", IMAP_OTHER, 0, 0 },
		{ "+ idling", IMAP_GO_ON, 0, 0 },
		{ "w1 OK [READ-WRITE] Select completed", IMAP_GOOD, 0, 0 },
		{ "w1 NO no such folder", IMAP_BAD, 0, 0 },
		{ "w1 BAD what", IMAP_BAD, 0, 0 },
		{ "w12 OK of another", IMAP_OTHER, 0, 0 },
		{ "* BYE shutting down", IMAP_BYE, 0, 0 },
		{ "* 23 EXISTS", IMAP_EXISTS, 0, 0 },
		{ "* 23 FETCH (UID 77 BODY[] {1234}", IMAP_FETCH, 77, 1234 },
		{ "* 23 FETCH (FLAGS (\\Seen) UID 77)", IMAP_FETCH, 77, 0 },
		{ "* 23 FETCH (BODY[] {99999999999999999999}", IMAP_FETCH, 0, 0 },
		{ "* SEARCH", IMAP_SEARCH, 0, 0 },
		{ "", IMAP_OTHER, 0, 0 },
		{ "}", IMAP_OTHER, 0, 0 },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct imap_line l = imap_line(str_of(rows[i].line), S("w1"));

		CHECK(l.kind == rows[i].kind && l.uid == rows[i].uid);
		CHECK(l.bytes == rows[i].bytes && l.literal == (rows[i].bytes > 0));
	}
}

TEST("imap: the numbers of a search, and no others")
{
	struct str says = imap_line(S("* SEARCH 3 14  4294967295 x 5"), S("w1")).says;
	uint32_t uid;

	CHECK(imap_next_uid(&says, &uid) && uid == 3);
	CHECK(imap_next_uid(&says, &uid) && uid == 14);
	CHECK(imap_next_uid(&says, &uid) && uid == 4294967295u);
	CHECK(!imap_next_uid(&says, &uid));
}

TEST("imap: what would end a command or a quote is not quoted")
{
	CHECK(imap_may_quote(S("INBOX/Waker 2")));
	CHECK(!imap_may_quote(S("a\r\nb")) && !imap_may_quote(S("a\"b")) &&
	      !imap_may_quote(S("caf\xC3\xA9")));
}
