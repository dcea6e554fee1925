// What is written to a mail server (RFC 5321): the addresses of the envelope, and a message
// with its dots doubled. Pure; it copies into memory of the caller.
#pragma once

#include "base/buf.h"
#include "base/err.h"

enum {
	SMTP_MAX_MESSAGE = 25 << 20,
	SMTP_MAX_TEXT_LINE = 998, // without CRLF (RFC 5322, 2.1.1)
	SMTP_MAX_LOCAL = 64,
	SMTP_MAX_ADDRESS = 254,
};

// A mailbox as it may stand between < and >: a local part of letters, digits and the signs of
// an atom (RFC 5321, Dot-string), and a domain in ASCII. ERR_INPUT: it is none, with why; what
// needs quotes, or letters other than ASCII before the @, is refused. *domain points into s.
bool smtp_address(struct str s, struct str *domain, struct err *e) MUST_USE;

// Is it a message that means the same to every server? 7-bit, without NUL, each line ended by
// CRLF and no CR or LF elsewhere (a bare one is where one server sees an end of the message
// and another none), no line over SMTP_MAX_TEXT_LINE. ERR_INPUT with the line; ERR_LIMIT.
bool smtp_message(struct str bytes, struct err *e) MUST_USE;

// A message on its way: what is left of it, and whether a line begins there.
struct smtp_body {
	struct str rest;
	bool inside;  // of a line
	bool written; // the end, too
};

// The next of it into b, as much as fits, dots doubled (4.5.2), and the dot that ends it. False
// when all was written before.
bool smtp_body_next(struct smtp_body *m, struct buf *b) MUST_USE;
