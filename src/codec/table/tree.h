// Records of a format that nests (JSON, XML, HTML), cut out of bytes in memory as they
// come: the elements at a path. A cutter of this kind keeps where it is between calls,
// since a record stands in the middle of something. No I/O, no allocation: rows point into
// the input.
#pragma once

#include "codec/table/csv.h"

enum { TREE_MAX_RECORDS = 4, TREE_MAX_STEPS = 12, TREE_MAX_DEPTH = 256 };

struct tree_shape {
	// Paths of keys or element names with dots between; arrays are passed through
	// ("response.Event.Attribute" meets every attribute of every event). Empty: the
	// top-level value, or each element of a top-level array.
	struct str records[TREE_MAX_RECORDS];
	unsigned count;
	// The enclosing object whose own values belong to each of its records
	// ("response.Event"), a beginning of every path in records. Such an object is cut
	// whole, so it must fit into the reader's buffer. Empty: none.
	struct str context;
};

struct tree_cut { // = { .shape = … } to begin with; everything else is the cutter's
	const struct tree_shape *shape;
	bool begun, over, bad;          // over: what ends the document was seen; bad: it is none
	unsigned depth;                 // of the place where the bytes begin
	uint64_t in_object;             // a bit a level
	unsigned met[TREE_MAX_RECORDS]; // steps of each path that hold at this place
	size_t at;                      // within the context that is being cut: the next record
	struct str context;             // of the rows just given; holds as long as they do
	uint64_t stray; // what stood at a record's place and is none (a number, a text)
};

// As csv_cutter, but *used may be more than the rows take (what stands between them), also
// with 0 rows: then more bytes are needed, or, with `last`, it is over. Rows are whole
// records: start and length, one field (the record), CSV_ROW; a record that is cut off by
// the end of the input is CSV_UNCLOSED, as is what is not well formed up to the end.
typedef size_t (*tree_cutter)(struct tree_cut *t, struct str bytes, bool last, struct csv_row *out,
			      size_t most, size_t *used);
