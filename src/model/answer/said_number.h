// Numbers as people write them back (codec/text/id.h): in either case, with other dashes, blanks, or
// none at all. Private to model/answer/said*.c.
#pragma once

#include "base/str.h"

enum said_number_kind {
	SAID_NO_NUMBER,
	SAID_NUMBER,
	SAID_BAD_NUMBER, // it has the form, and its check character does not fit
};

// What stands at the front of s, and how long it is. Without dashes it must have a digit, so that no
// word is one.
enum said_number_kind said_number_at(struct str s, char kind, uint32_t *out, size_t *n);
