// Delimited records (RFC 4180 and its cousins) cut out of bytes in memory, giving
// only the columns that are wanted: the matcher looks at three of fifteen. A quote
// counts where a field begins with it; anywhere else it is a letter. No I/O, no
// allocation: everything points into the input.
//
// Two cutters give the same rows: one in plain C, a field at a time, and one that
// takes 64 bytes at a time (AVX2 and carry-less multiplication) and hands every
// record with a quote in an odd place to the plain one.
#pragma once

#include "base/str.h"

enum {
	CSV_MAX_WANTED = 8,
	CSV_MAX_COLUMNS = 1 << 16, // more are counted as this many
	CSV_MAX_QUOTED = 1 << 20,  // a quote that is not closed within so many bytes never was
};

struct csv_shape {
	char separator;
	char quote;      // '\0': none
	char comment;    // a record that begins with it is none; '\0': none
	unsigned wanted; // how many columns of want[], ascending, from 0
	unsigned want[CSV_MAX_WANTED];
};

enum csv_state { CSV_ROW, CSV_BLANK, CSV_COMMENT, CSV_UNCLOSED };

struct csv_row {
	const char *start;
	size_t length;    // without the line end
	unsigned columns; // 0 for what is no CSV_ROW
	enum csv_state state;
	struct str field
		[CSV_MAX_WANTED]; // without its quotes, doubled ones still doubled; p NULL: not there
};

// Cuts at most `most` records off the front of bytes, which begin at the start of a
// record; `last`: nothing follows them, so an unfinished record is one. Returns how
// many; *used: the bytes that they and their line ends take. 0 rows: more bytes are
// needed. A record whose quote is never closed is CSV_UNCLOSED and ends with its line.
typedef size_t (*csv_cutter)(const struct csv_shape *shape, struct str bytes, bool last,
			     struct csv_row *out, size_t most, size_t *used);
size_t csv_cut(const struct csv_shape *shape, struct str bytes, bool last, struct csv_row *out,
	       size_t most, size_t *used);
size_t csv_cut_avx2(const struct csv_shape *shape, struct str bytes, bool last, struct csv_row *out,
		    size_t most, size_t *used);

// All fields of one record (as csv_cut gave it), at most `most` of them. Returns how
// many there are, which may be more.
size_t csv_fields(const struct csv_shape *shape, struct str record, struct str *out, size_t most);

// The text of a field: "" becomes ". `out` has room for s.n bytes. Returns its length.
size_t csv_undouble(struct str s, char quote, char *out);
