// Lines of pairs, key=value: 'a=1 b="x y"', 'k: v;k: v'. What is no pair (a word without
// the separator) is passed over.
#pragma once

#include "codec/table/cells.h"

struct pairs_shape {
	char pair_separator; // between pairs; a blank means any number of blanks and tabs
	char kv_separator;   // the first one in a pair is it
	char quote;          // around a value that may hold separators; '\0': none
};

// The pairs of a line as cells, blanks around keys and values dropped, quotes too. Within
// quotes a quote behind a backslash is text (and the backslash dropped); a quote that is
// never closed is a letter. Empty values give none. False: there is no pair.
bool pairs_cells(struct str line, const struct pairs_shape *shape, struct arena *a,
		 struct cells *out) MUST_USE;
