// What some mailers and archives make of a mail, put right before it is read, where all readers agree
// on what was meant: a mailbox's line or one of blanks before the head is taken off; lines that end in
// CR alone end in LF; a head that runs into the first boundary ends before it. Pure; a copy only of
// what must be one, and of no more than MIME_MEND_BYTES: what is longer stays as it is.
#pragma once

#include "base/arena.h"

enum { MIME_MEND_BYTES = 4 << 20 };

// *mended is set where bytes were changed, and otherwise left as it was.
struct str mime_mend(struct str mail, struct arena *a, bool *mended);
