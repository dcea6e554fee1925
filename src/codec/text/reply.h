// What is new in the text of a reply: not what it quotes, and not the signature below. Lenient, and for
// a reader who wants the words above all else; a person reads the whole mail. Where it is not sure
// whose words follow, they are taken for the other's: an answer that is not heard is asked for again,
// one that nobody gave is worse. Pure; results point into the text, or live in the arena. A few looks
// at each line.
#pragma once

#include "base/arena.h"

enum { REPLY_DEPTH = 256 }; // of quotes in quotes, in HTML

// Lines of the text that are new, as one text; what is behind a signature, or behind "… wrote:" without
// marks of a quote, is left out; answers between quotes stay.
struct str reply_new(struct str text, struct arena *a);

// HTML as the lines that a person sees, a blockquote as a line ">", up to where a program put all that
// it answers (Outlook's and Gmail's marks): reply_new of it is what is new.
struct str reply_html(struct str html, struct arena *a);
