// Lines of the Common Event Format (ArcSight, revision 25; "CEF:0"), as a SIEM reads them: seven
// fields between bars, and pairs behind. Text is UTF-8 as it came, and cannot end a line, a field
// or a value: what would is escaped, other controls are blanks, what is not UTF-8 is U+FFFD. Names
// of pairs are ours. Pure, into a buffer of the caller.
#pragma once

#include "base/buf.h"

enum {
	CEF_FIELD = 200, // bytes of a field and of a value that are kept: what is longer is cut …
	CEF_VALUE = 1000,
	CEF_CUT = 3, // … and ends with "…"
};
// The room of n values at most: each byte may be a character of three, or two.
#define CEF_ROOM(values) \
	((values) * (3 * CEF_VALUE + CEF_CUT + 64) + 4 * (3 * CEF_FIELD + CEF_CUT + 8))

struct cef_head {
	struct str vendor, product, version;
	struct str id, name; // of what happened: the same for the same thing
	unsigned severity;   // 0 to 10
};
void cef_begin(struct buf *b, const struct cef_head *h);
// " key=value"; nothing where the value is empty.
void cef_pair(struct buf *b, const char *key, struct str value);
void cef_number(struct buf *b, const char *key, int64_t value);
// A value of a numbered field, under a name of our own: " cs1Label=Notice cs1=N-…".
void cef_custom(struct buf *b, const char *key, const char *label, struct str value);
