// What a mail server answers: one or more lines with a code (RFC 5321, 4.2), and mostly an
// enhanced status code (RFC 3463, 2034). Pure. Bounded: SMTP_REPLY_LINE bytes a line,
// SMTP_REPLY_LINES lines; of the text the first SMTP_REPLY_TEXT printable bytes are kept.
#pragma once

#include "base/err.h"
#include "base/str.h"

enum { SMTP_REPLY_LINE = 2048, SMTP_REPLY_LINES = 64, SMTP_REPLY_TEXT = 160 };

struct smtp_status { // 5.2.2: the mailbox is full; kind 0: not said
	unsigned kind, subject, detail;
};

// "5.2.2 ", with a blank behind it; empty where it was not said.
struct smtp_status_text {
	char text[16];
};
struct smtp_status_text smtp_status_text(const struct smtp_status *s);

struct smtp_reply {
	unsigned code; // 200 to 599; 0: no line yet
	struct smtp_status status;
	unsigned lines;
	bool whole; // the last line has come
	size_t n;
	char text[SMTP_REPLY_TEXT]; // of all lines, without codes, joined by blanks
};

// The next line, without its line end, into a reply that began as { 0 }. ERR_REMOTE: it is no
// line of a reply, has another code than the one before, or is one too many.
bool smtp_reply_line(struct smtp_reply *r, struct str line, struct err *e) MUST_USE;

static inline struct str smtp_reply_text(const struct smtp_reply *r)
{
	return (struct str){ r->text, r->n };
}
