// UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include "base/str.h"

// The length (1 to 4) of the character at the start of s, and the character
// itself; 0 where s is empty or does not start with one (*out then untouched).
size_t utf8_next(struct str s, uint32_t *out);

bool utf8_is(struct str s);                 // all of s
size_t utf8_write(uint32_t c, char out[4]); // 0 for a surrogate or above U+10FFFF
size_t utf8_columns(struct str s);          // characters, for aligning a table
