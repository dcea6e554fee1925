// An address in a field of a struct heard_whole: "\"name\" <a@b>", or bare where it has no name. A name can
// pass for no address, since it stands in quotes whatever is in it. Pure.
#pragma once

#include "base/buf.h"

enum {
	HEARD_MAILBOX_NAME = 1024,   // bytes of a name; the rest is cut
	HEARD_MAILBOX_ADDRESS = 512, // an address that is longer stands as a name does
};

// Adds it to the list, behind ", " where it is not the first; nothing where it does not fit whole.
// An address with blanks, quotes, commas or brackets stands as a name does.
void heard_mailbox(struct buf *list, struct str name, struct str address);
