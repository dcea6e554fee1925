// The words of a line as a person types them: between blanks, or in double quotes where a
// word has blanks or is empty. \t, \" and \\ inside quotes are a tab, a quote, a backslash.
#pragma once

#include "base/arena.h"

// The next word off the front of *rest; its text in a only where it has escapes. False:
// there is none. `quoted` (may be NULL): it stood in quotes. A quote that is not closed
// goes to the end.
bool words_next(struct str *rest, struct arena *a, struct str *word, bool *quoted) MUST_USE;
