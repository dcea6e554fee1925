// A small document: what a person is to read, as blocks with words in them, made by calls and
// written as plain text or as HTML. Both come from the same blocks, so that neither says more than
// the other. Words that came from elsewhere are text and never markup; control characters, marks
// that turn the direction of writing, and line ends in them become one space or U+FFFD each.
// Everything lives in the arena of the document; nothing is freed by itself.
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"

enum {
	PROSE_WIDTH = 72,        // columns of plain text; longer words and addresses are not broken
	PROSE_MAX_BLOCKS = 8192, // of a document; what is over is left out, and `over` is set
	PROSE_MAX_WORDS = 512,   // inlines of a block; likewise
	PROSE_MAX_FOREIGN = 512, // bytes of a foreign value; what is over is cut, with "…"
	PROSE_MAX_DEPTH = 2,     // of lists
};

enum prose_inline_kind { PROSE_TEXT, PROSE_STRONG, PROSE_CODE, PROSE_LINK };
struct prose_inline {
	enum prose_inline_kind kind;
	struct str text;
	struct str url; // of PROSE_LINK: http, https, mailto or tel; else it is written as text
};

enum prose_kind {
	PROSE_HEADING, // level 1 to 3
	PROSE_PARAGRAPH,
	PROSE_LINES,      // a paragraph whose inlines end their line where their text has '\n'
	PROSE_BULLET,     // one item; level: its depth, from 1
	PROSE_NUMBER,     // likewise, numbered by those before it
	PROSE_CODE_BLOCK, // as it is, one inline
	PROSE_PAIR,       // label: its words; pairs that follow each other are one table
	PROSE_RULE,       // a line across
};

struct prose_block {
	enum prose_kind kind;
	unsigned level;
	struct str label; // of PROSE_PAIR
	LIST(struct prose_inline) words;
};

struct prose {
	struct arena *a;
	LIST(struct prose_block) blocks;
	struct prose_block *at; // the last one, which takes the words
	bool over;              // it did not all fit
};

void prose_begin(struct prose *p, struct arena *a);

// A block; the words that follow go into it.
void prose_heading(struct prose *p, unsigned level);
void prose_paragraph(struct prose *p);
void prose_lines(struct prose *p);
void prose_bullet(struct prose *p, unsigned level);
void prose_number(struct prose *p, unsigned level);
void prose_code_block(struct prose *p, struct str text);
void prose_pair(struct prose *p, struct str label);
void prose_rule(struct prose *p);

// Words of our own: UTF-8 that lives as long as the document.
void prose_text(struct prose *p, struct str text);
void prose_strong(struct prose *p, struct str text);
void prose_code(struct prose *p, struct str text);
void prose_link(struct prose *p, struct str text, struct str url); // text empty: the url
// Words of somebody else, made harmless and copied.
void prose_foreign(struct prose *p, enum prose_inline_kind kind, struct str text);

// All blocks of another document, behind what is there; they are shared, not copied.
void prose_add(struct prose *p, const struct prose *other);

// Plain text, UTF-8, lines ended by '\n'. Links are "text <url>".
void prose_write_text(const struct prose *p, struct buf *out);

// A whole HTML page of that language ("nl", "en"): no image, script or anything from elsewhere,
// escaped by the place in which each value stands.
void prose_write_html(const struct prose *p, struct str language, struct str title,
		      struct buf *out);
