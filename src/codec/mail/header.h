// The fields of a message's head, written (RFC 5322; words that are not ASCII by RFC 2047,
// parameters by RFC 2231). Every line is 7-bit, ends in CRLF, has no white space at its end and
// at most HEADER_WIDTH columns, but for an address or id that is longer by itself. Nothing that
// stands in a value ends a field: controls are blanks, runs of blanks are one; what is not UTF-8,
// and marks that turn the direction of writing, are U+FFFD. Pure; it allocates nothing.
#pragma once

#include "base/buf.h"
#include "base/err.h"

enum {
	HEADER_WIDTH = 76,       // RFC 2047, 2: where a word is encoded; RFC 5322 allows 78
	HEADER_MAX_VALUE = 1024, // bytes of a text, name or parameter; what is over is cut
	HEADER_MAX_ADDRESS = 254,
	HEADER_MAX_ID = 250,
	HEADER_MAX_IDS = 32, // of a field: the first, and the last of the others
};

struct header_mailbox {
	struct str name;    // UTF-8; empty: none
	struct str address; // "desk@z.example", as header_address_good
};

struct header_parameter {
	const char *name;
	struct str value;
};

// "Subject: …".
void header_text(struct buf *b, const char *name, struct str value);

// "To: …", n of at least 1. ERR_INPUT: an address is none; nothing was written then.
bool header_mailboxes(struct buf *b, const char *name, const struct header_mailbox *at, size_t n,
		      struct err *e) MUST_USE;

// Letters of ASCII without blanks, quotes, comments and brackets, and one @ within them: so it
// needs no quoting and is one address.
bool header_address_good(struct str address) MUST_USE;

// "Date: Wed, 25 Nov 2026 21:07:46 +0100": t by a clock that is so many microseconds ahead of
// UTC (base/zone.h; 0: UTC), in whole minutes, less than a day.
void header_date(struct buf *b, const char *name, int64_t t, int64_t ahead);

// "References: <…> <…>" of ids without their < and >. One that is none (empty, too long, a
// blank, a bracket, a byte that is not printed ASCII) is left out; without any, the field is.
void header_ids(struct buf *b, const char *name, const struct str *ids, size_t n);
bool header_id_good(struct str id) MUST_USE;

// "Content-Type: text/csv; charset=…". The value and the names are ours; a value of a parameter
// may be anybody's; in a "name" and a "filename" / and \ become _.
void header_parameters(struct buf *b, const char *name, struct str value,
		       const struct header_parameter *at, size_t n);
