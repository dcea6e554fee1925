// The character sets of mails, as UTF-8, by iconv of the C library, which loads one as a file when it
// is first asked for: so those that mails have are opened before a cage (os/cage.h), and work in it.
// One that was not is unknown there.
#pragma once

#include "base/arena.h"

struct mime_text;
struct mime_text *mime_text_new(void); // never NULL
void mime_text_free(struct mime_text *t);

// Bytes in a set ("windows-1252"; empty: none was said) as UTF-8, in a or where they stand. What was
// not said, or is said to be ASCII, and is no UTF-8, is taken for windows-1252. Of a set that is not
// known the bytes stay as they are. What the set does not have is U+FFFD. May be no UTF-8 and have
// controls: for heard_text and header_clean. At most three bytes come of one.
struct str mime_text_utf8(struct str charset, struct str bytes, struct arena *a);

// A field's value with its words (RFC 2047) as such text.
struct str mime_text_words(struct str value, struct arena *a);
