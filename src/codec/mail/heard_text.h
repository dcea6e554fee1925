// Text of a mail's part as a struct heard has it: UTF-8 in lines that end in LF. A bare CR is an end
// of a line, too; what is no UTF-8, and controls but tabs, are U+FFFD. Pure.
#pragma once

#include "base/buf.h"

// Appends it. False: it was cut, before the first character that had no room.
bool heard_text(struct str bytes, struct buf *out) MUST_USE;
