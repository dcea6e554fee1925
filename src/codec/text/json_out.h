// Values as JSON (RFC 8259), into a buffer of the caller. Text is UTF-8 as it came; what
// is not UTF-8 becomes U+FFFD, so that the result can always be read.
#pragma once

#include "base/buf.h"

// The room that json_str needs at most for n bytes.
#define JSON_STR_ROOM(n) (6 * (n) + 2)

void json_str(struct buf *b, struct str s);   // with its quotes
void json_inner(struct buf *b, struct str s); // without
void json_int(struct buf *b, int64_t v);
