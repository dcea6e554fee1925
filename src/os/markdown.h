// Markdown (CommonMark) as a document of codec/text/prose.h, by libcmark-gfm, which only this file
// calls. Taken are paragraphs, headings, lists of two levels, blocks and words of code, emphasis and
// links to https:// and mailto:. What a mail cannot show as it was meant (HTML, pictures, quotations)
// is refused with its line, never dropped.
#pragma once

#include "base/err.h"
#include "codec/text/prose.h"

enum {
	MARKDOWN_MAX_BYTES = 64 << 10,
	MARKDOWN_MAX_DEPTH = 16, // of blocks and words in each other
};

// Behind what is in *out, whose arena has the copies. ERR_INPUT: "line 4: …", counted from
// `line` for the first; ERR_LIMIT. False leaves *out with some of it.
bool markdown_read(struct str text, unsigned line, struct prose *out, struct err *e) MUST_USE;
