// A table as a spreadsheet writes it: CSV with "," or ";" or tabs, quotes, a comment behind "#",
// rows of nothing below the last. A row at a time, out of bytes in memory; no I/O.
#pragma once

#include "base/arena.h"
#include "codec/table/csv.h"

struct csv_sheet {
	struct csv_shape shape;
	struct str rest; // not yet read
	unsigned line;   // of the row last given, from 1
	unsigned lines;  // that it and its quotes take
};

// The separator is the one of "," ";" and tab that the first line has most of. `bare`: tabs, and
// a quote is a letter.
void csv_sheet_begin(struct csv_sheet *s, struct str bytes, bool bare);

// The next row that is neither blank nor a comment. *closed is false where a quote was opened and
// never closed, for which there is no row. False: there are no more.
bool csv_sheet_next(struct csv_sheet *s, struct str *row, bool *closed) MUST_USE;

// The cells of a row, at most `most` of them, without quotes; what had a doubled one lives in a.
// Returns how many there are, which may be more.
size_t csv_sheet_cells(const struct csv_sheet *s, struct str row, struct arena *a, struct str *out,
		       size_t most);
