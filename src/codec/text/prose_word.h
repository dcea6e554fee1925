// What the writers of a document (prose.h) ask about the words in it: which character stands
// next, made harmless, and which address may be a link.
#pragma once

#include "base/str.h"

enum { PROSE_LOST = 0xfffd }; // stands for what may not be shown

// The next character off the front of *rest, which is not empty. '\n' stays; another end of a
// line, a tab or a space of ASCII is ' '; what is not UTF-8, a control, a mark that turns the
// direction of writing, or one that nobody sees is PROSE_LOST.
uint32_t prose_char(struct str *rest);

// May it be a link: http or https with a host, mailto or tel, without blanks, quotes, brackets
// and controls?
bool prose_url_good(struct str url) MUST_USE;

// Does the text say all that the address does, so that plain text can do without it?
bool prose_url_said(struct str text, struct str url) MUST_USE;
