// What an IMAP server says (RFC 3501, RFC 2177), line by line, as far as fetching mail needs it: a
// line is at most IMAP_LINE bytes, without its CRLF; a literal stands behind one that announces it.
// Pure; texts point into the line.
#pragma once

#include "base/str.h"

enum { IMAP_LINE = 16 << 10, IMAP_UIDS = 200 };

enum imap_kind {
	IMAP_OTHER,  // nothing that matters here
	IMAP_GO_ON,  // "+ …"
	IMAP_GOOD,   // "TAG OK …": the command is done
	IMAP_BAD,    // "TAG NO …", "TAG BAD …": it was refused
	IMAP_BYE,    // "* BYE …": it hangs up
	IMAP_EXISTS, // "* 12 EXISTS": there may be something new
	IMAP_FETCH,  // "* 12 FETCH (UID 345 BODY[] {6789}"
	IMAP_SEARCH, // "* SEARCH 345 346": imap_next_uid
};

struct imap_line {
	enum imap_kind kind;
	struct str says; // of GOOD, BAD, BYE: its words; of SEARCH: the numbers
	uint32_t uid;    // of FETCH; 0: not said before the literal
	bool body;       // of FETCH: it has BODY[]
	bool literal;    // this many bytes follow, and then a line goes on
	uint64_t bytes;
};

// `tag`: of the command whose end is waited for.
struct imap_line imap_line(struct str line, struct str tag);

// What an opened folder says of itself, line by line (RFC 3501, 7.1): a line that says nothing of
// that leaves it as it is.
struct imap_folder {
	uint32_t validity; // UIDVALIDITY; 0: not said
	bool no_marks; // it keeps no keyword `mark`: PERMANENTFLAGS has neither it nor \*, or it is READ-ONLY
};
void imap_folder_line(struct imap_folder *f, struct str line, struct str mark);

// Takes the next number off SEARCH's. False: no more, or what is no number.
bool imap_next_uid(struct str *says, uint32_t *uid) MUST_USE;

// A text as a command may carry it between quotes; false: it has a character that cannot (a line end,
// NUL, or one beyond ASCII).
bool imap_may_quote(struct str s);
