// The structure of a mail, read in a cage (os/cage.h) by GMime: a child that may only compute parses the
// bytes, and what it says is checked before anybody believes it (codec/mail/heard.h). GMime is here and
// nowhere else. Its character sets are opened before the cage is shut, for it opens files for them.
#pragma once

#include "base/err.h"
#include "codec/mail/heard.h"

enum {
	MIME_BYTES = 100 << 20, // of a mail
	MIME_BOUNDARIES = 8192, // lines that begin with "--": what stands behind more is left out
	MIME_PART_BYTES = 32 << 20, // of one part, decoded
	MIME_SECONDS = 20,          // for one mail; then its reader is ended
};

// To be called once, by one thread, before the first mail: 2 ms.
void mime_begin(void);

// `mail` is in memory that a child has, too: in no arena that is alone. Into the arena: at most HEARD_BYTES. ERR_LIMIT: the mail, or what it made of the reader, is over a
// bound; ERR_SYSTEM: the reader died: nothing is known of the mail.
bool mime_heard(struct str mail, struct arena *a, struct heard_whole *out, struct err *e) MUST_USE;

// The bytes of one part, decoded as its Content-Transfer-Encoding says; `index` as in heard.parts.
// ERR_LIMIT: more than MIME_PART_BYTES; ERR_ABSENT: it holds other parts, or there is none.
bool mime_part_bytes(struct str mail, size_t index, struct arena *a, struct str *out, struct err *e)
	MUST_USE;
