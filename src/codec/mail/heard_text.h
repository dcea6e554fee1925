// Foreign text as a struct heard_whole has it (heard.h), whatever it was. Pure.
#pragma once

#include "base/arena.h"
#include "base/buf.h"

// Of a part: UTF-8 in lines that end in LF. A bare CR is an end of a line, too; what is no UTF-8, and
// controls but tabs, are U+FFFD. Appends it. False: it was cut, before the first character that had no room.
bool heard_text(struct str bytes, struct buf *out) MUST_USE;

// Of a field, or a file's name: one line as header_clean makes it (header_word.h), `most` bytes at
// the most; .p is never NULL.
struct str heard_line(struct str s, size_t most, struct arena *a);

// A type in lower case; empty where it has what no type has, or is longer than HEARD_TYPE.
struct str heard_type(struct str s, struct arena *a);
