// What bounces are searched with: words in lower case on one line, and the codes of mail servers.
// Private to codec/mail/bounce*.c.
#pragma once

#include "base/arena.h"

enum {
	BOUNCE_WORDS = 16 << 10
}; // bytes of one recipient's words that are searched; the rest is not

// In lower case (ASCII), blanks and ends of lines as one blank, without the words that have an @:
// the address of "no.such.user@x.example" says nothing.
struct str bounce_fold(struct str says, struct arena *a);
// Do the words, in lower case, stand in what bounce_fold gave, and begin a word?
bool bounce_holds(struct str folded, struct str words);

// The code of RFC 3463 in a text: one that follows a code of SMTP, else the first; empty: none.
struct str bounce_status_in(struct str says);
// The code of SMTP (RFC 5321, 4.2) that refuses, in a text: one with a code of RFC 3463 behind it, else
// the first; 0: none.
unsigned bounce_reply_in(struct str says);
