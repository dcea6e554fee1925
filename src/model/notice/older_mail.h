// What an older system told, read out of the mails that it sent: whom by its recipients, when by
// its date, of what by a table that is attached to it, else by the things of the net in its text.
// Pure, as model/notice/older.h.
#pragma once

#include "model/notice/older.h"

enum { OLDER_SPOTTED = 4096 }; // things in the text of a mail

// A table, a mail (RFC 5322) or a mailbox (RFC 4155) with many. A mail that says no issue is about
// the one whose word (of `words`) its subject or the name of a table has, if any. Each mail is at
// least one row, of the line on which it begins; one that cannot be read says why. ERR_INPUT: as
// older_read.
bool older_read_any(struct str bytes, const struct older_words *words, struct arena *a,
		    struct older *out, struct err *e) MUST_USE;
