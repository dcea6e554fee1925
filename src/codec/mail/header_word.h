// Words of a field's value on their way to lines, for header.c: made harmless, folded, and
// encoded where they are not ASCII (RFC 2047).
#pragma once

#include "base/buf.h"

enum { HEADER_MAX_WORD = 60 }; // bytes of a word that stands as it is

// A field that is being written: where its line has got to.
struct header_line {
	struct buf *b;
	size_t column;
};

// "Name:".
struct header_line header_begin(struct buf *b, const char *name);
void header_end(struct header_line *h);

// A blank and the word, on the next line where this one is full.
void header_word(struct header_line *h, struct str word);

// A blank and all of s, which header_clean gave, as encoded words.
void header_encoded(struct header_line *h, struct str s);

// s with controls of ASCII and ends of lines as blanks, runs of blanks as one, none at the ends, and
// U+FFFD where it is not UTF-8 or one of the characters that prose_char takes out; at most
// out->cap bytes of it.
void header_clean(struct str s, struct buf *out);

// Can it stand as it is among words that a reader decodes?
bool header_word_plain(struct str word) MUST_USE;
