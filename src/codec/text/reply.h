// What is new in the text of a reply: not what it quotes, and not the signature below. Lenient, and for
// a reader who wants the words above all else; a person reads the whole mail. Pure; results point into
// the text, or live in the arena. One look at each line.
#pragma once

#include "base/arena.h"

// Lines of the text that are new, as one text; what is behind a signature or "… wrote:" at its end is
// left out, answers between quotes stay.
struct str reply_new(struct str text, struct arena *a);

// HTML as the lines that a person sees, up to where a program put its quote (a blockquote, Outlook's and
// Gmail's marks): reply_new of it is what is new.
struct str reply_html(struct str html, struct arena *a);
