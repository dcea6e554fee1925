// DNS names in the one form in which Waker compares them: A-labels, lower case,
// no trailing dot (RFC 5890; UTS 46 non-transitional, so that ß stays ß).
#pragma once

#include "base/str.h"

enum { NAME_MAX_BYTES = 253, NAME_MAX_LABEL = 63, NAME_MAX_LABELS = 127 };

// Turns UTF-8 with non-ASCII letters into A-labels; comes from os/idn.h, since
// the tables are a library's. Returns the length written to out, 0 where refused.
typedef size_t (*name_idn)(struct str name, char out[NAME_MAX_BYTES + 1]);

struct name {
	unsigned char n;               // bytes in text
	unsigned char labels;          // 1 to NAME_MAX_LABELS
	char text[NAME_MAX_BYTES + 1]; // NUL-terminated
};

static inline struct str name_str(const struct name *n)
{
	return (struct str){ n->text, n->n };
}

// One trailing dot is dropped. False for an empty label, a label over 63 or a name
// over 253 bytes, bytes that are no UTF-8, and what IDNA refuses. ASCII labels are
// taken as they stand otherwise (hosts in feeds have underscores and worse).
// idn may be NULL: names with other than ASCII are then refused.
bool name_read(struct str s, name_idn idn, struct name *out) MUST_USE;
// The same a byte at a time, where there is no SIMD and for what is rare.
bool name_read_plain(struct str s, name_idn idn, struct name *out) MUST_USE;

// Is a the name b, or below it by whole labels? In any case of their letters; else both as name_read
// made them. Of no name ("") there is nothing.
bool name_within(struct str a, struct str b);
