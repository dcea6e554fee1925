// Base64 (RFC 4648, 4), with padding when written; read with or without it, blanks and line
// ends passed over.
#pragma once

#include "base/buf.h"

void base64_write(struct buf *b, struct str bytes);
#define BASE64_ROOM(n) (((n) + 2) / 3 * 4)

// Into out, which has room for s.n bytes. False: not base64.
bool base64_read(struct str s, char *out, size_t *n) MUST_USE;
