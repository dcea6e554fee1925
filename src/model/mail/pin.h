// The keys that mail servers must show, as an operator writes them into mail.pins: a line for each,
// `NAME sha256//BASE64`, NAME being a server or a recipient's domain (then each of its servers);
// a name may have several lines, for the next key beside the present one. Blank lines and lines
// that begin with # are passed over. Pure.
#pragma once

#include "base/err.h"
#include "model/mail/tls.h"

enum { PINS_MAX_BYTES = 1 << 20 };

// What the file says of a server of a domain: out->keys 0 where that is nothing. ERR_CONFIG with
// the line: it is wrong anywhere, and then nothing is sent.
bool pins_find(struct str file, struct str host, struct str domain, struct tls_want *out,
	       struct err *e) MUST_USE;
