// A pull tokenizer for XML and HTML, one for both: tags, their attributes, texts. No
// allocation, no tree, no entity of a document's own: a DOCTYPE in XML is refused, in HTML
// passed over; comments and processing instructions are passed over. In HTML void elements
// (<br>) close themselves, and what stands in script and style is one raw text. Names are
// given as they stand.
#pragma once

#include "base/str.h"

enum { MARKUP_MAX_TAG = 1 << 20 }; // bytes of a tag with its attributes

enum markup_kind {
	MARKUP_END,  // the bytes are over
	MARKUP_MORE, // as END, where they are not the last
	MARKUP_BAD,  // not XML
	MARKUP_OPEN,
	MARKUP_TEXT,
	MARKUP_CLOSE, // also of <a/> and of void elements, behind their MARKUP_OPEN
};

enum markup_in { // what the bytes begin in the middle of
	MARKUP_IN_NOTHING,
	MARKUP_IN_COMMENT,
	MARKUP_IN_CDATA,
	MARKUP_IN_INSTRUCTION,
	MARKUP_IN_DECLARATION,
	MARKUP_IN_SCRIPT,
	MARKUP_IN_STYLE,
};

struct markup {
	const char *p, *end;
	bool html;
	bool loose;  // XML as tolerant as HTML: a "<" that begins nothing is text
	bool last;   // no more bytes follow. Where more do, only tags are of use: texts come
		     // in pieces, or not at all
	bool closes; // the tag just given has no content: its MARKUP_CLOSE is next
	enum markup_in in;

	const char *start; // of the token
	struct str name;   // of the tag
	struct str text;   // as it stands; of a tag its attributes
	bool raw;          // no entities stand in the text (CDATA, script, style); it may be empty
};

struct markup markup_of(struct str bytes, bool html); // all of them
enum markup_kind markup_next(struct markup *m);

// The next attribute off *attributes, its value without quotes, entities still in it.
bool markup_attribute(struct str *attributes, struct str *name, struct str *value) MUST_USE;

// Undo &amp; &lt; &gt; &quot; &apos; and numbers, in HTML &nbsp; (a blank) too; others stay as
// they stand. `out` has room for s.n bytes. Returns the length.
size_t markup_text(struct str s, bool html, char *out);

// All texts of a stretch of markup, tags dropped (in HTML those that break a line leave a
// blank), script and style too; entities undone, and in HTML blanks folded to one and none
// at the ends. `out` has room for s.n bytes.
size_t markup_plain(struct str s, bool html, char *out);
