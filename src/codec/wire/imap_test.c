#include "base/test.h"
#include "codec/wire/imap.h"

TEST("imap: what a server says is known by its first words")
{
	static const struct {
		const char *line;
		enum imap_kind kind;
		uint32_t uid;
		uint64_t bytes;
		bool body;
	} rows[] = {
		{ "* OK ready", IMAP_OTHER, 0, 0, false },
		{ "+ idling", IMAP_GO_ON, 0, 0, false },
		{ "w1 OK [READ-WRITE] Select completed", IMAP_GOOD, 0, 0, false },
		{ "w1 NO no such folder", IMAP_BAD, 0, 0, false },
		{ "w1 BAD what", IMAP_BAD, 0, 0, false },
		{ "w12 OK of another", IMAP_OTHER, 0, 0, false },
		{ "* BYE shutting down", IMAP_BYE, 0, 0, false },
		{ "* 23 EXISTS", IMAP_EXISTS, 0, 0, false },
		{ "* 23 FETCH (UID 77 BODY[] {1234}", IMAP_FETCH, 77, 1234, true },
		{ "* 23 FETCH (FLAGS (\\Seen) UID 77)", IMAP_FETCH, 77, 0, false },
		{ "* 23 FETCH (BODY[] {99999999999999999999}", IMAP_FETCH, 0, 0, true },
		{ "* 23 FETCH (BODY[] NIL UID 77)", IMAP_FETCH, 77, 0, true },
		{ "* 23 FETCH (body[]<0> {7}", IMAP_FETCH, 0, 7, true },
		{ "* SEARCH", IMAP_SEARCH, 0, 0, false },
		{ "", IMAP_OTHER, 0, 0, false },
		{ "}", IMAP_OTHER, 0, 0, false },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct imap_line l = imap_line(str_of(rows[i].line), S("w1"));

		CHECK(l.kind == rows[i].kind && l.uid == rows[i].uid);
		CHECK(l.bytes == rows[i].bytes && l.literal == (rows[i].bytes > 0));
		CHECK(l.body == rows[i].body);
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

TEST("imap: a folder says which of its numbers hold, and whether it keeps a mark")
{
	static const struct {
		const char *line;
		uint32_t validity;
		bool no_marks;
	} rows[] = {
		{ "* OK [UIDVALIDITY 3857529045] UIDs valid", 3857529045u, false },
		{ "* OK [UIDVALIDITY x]", 0, false },
		{ "* OK [PERMANENTFLAGS (\\Answered \\Seen \\*)] Flags permitted.", 0, false },
		{ "* OK [PERMANENTFLAGS (\\Seen $wakerhas)]", 0, false },
		{ "* OK [PERMANENTFLAGS (\\Seen \\Answered $MDNSent)] Permanent flags", 0, true },
		{ "* OK [PERMANENTFLAGS ()] none", 0, true },
		{ "w2 OK [READ-ONLY] done", 0, true },
		{ "w2 OK [READ-WRITE] done", 0, false },
		{ "* FLAGS (\\Seen)", 0, false },
		{ "", 0, false },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct imap_folder f = { 0 };

		imap_folder_line(&f, str_of(rows[i].line), S("$WakerHas"));
		CHECK(f.validity == rows[i].validity && f.no_marks == rows[i].no_marks);
	}
}

TEST("imap: what would end a command or a quote is not quoted")
{
	CHECK(imap_may_quote(S("INBOX/Waker 2")));
	CHECK(!imap_may_quote(S("a\r\nb")) && !imap_may_quote(S("a\"b")) &&
	      !imap_may_quote(S("caf\xC3\xA9")));
}
