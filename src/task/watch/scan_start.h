// What the first bytes tell of input that is no feed at all. Pure; private to
// task/watch/scan*.c.
#pragma once

#include "base/err.h"
#include "base/str.h"

// *skip: bytes of a mark before the text. ERR_INPUT: it is UTF-16, or a web page where none is
// wanted.
bool scan_start(struct str head, bool page, size_t *skip, struct err *e) MUST_USE;
