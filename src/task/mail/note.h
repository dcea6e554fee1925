// A short mail of ours that is of no notice: a test, a page. 7-bit, plain text, for smtp_mail.bytes.
#pragma once

#include "base/arena.h"
#include "base/time.h"

struct note {
	struct str from, to; // addresses, as smtp_address has them
	struct str subject;  // printable ASCII, one line
	struct str text;     // printable ASCII, lines that end in CRLF
	int64_t now;
};
struct str note_mail(const struct note *n, struct arena *a);
