// Records of a format that nests (JSON, XML, HTML), cut out of bytes in memory as they
// come: the elements at a path. A cutter of this kind keeps where it is between calls,
// since a record stands in the middle of something. No I/O, no allocation: rows point into
// the input. How deep what is skipped or cut nests costs nothing and has no bound here;
// who reads the record has one.
#pragma once

#include "codec/table/csv.h"

enum {
	TREE_MAX_RECORDS = 4,
	TREE_MAX_STEPS = 12,
	TREE_MAX_DEPTH = 256,     // of what encloses the records, arrays included
	TREE_MAX_NAME = 64 << 10, // a key on the way to a record; more is no such document
};

struct tree_shape {
	// Paths of keys or element names with dots between; arrays are passed through
	// ("response.Event.Attribute" meets every attribute of every event). Empty: the
	// top-level value, or each element of a top-level array; of XML the root element.
	struct str records[TREE_MAX_RECORDS];
	unsigned count;
	// The enclosing object whose own values belong to each of its records
	// ("response.Event"), the beginning of their paths; records of other paths have none,
	// and those do not lie in such an object. Such an object is cut
	// whole, so it must fit into the reader's buffer. ".": the top-level object, or each
	// element of a top-level array. Empty: none.
	struct str context;
	// Of an HTML page, instead of paths: the table whose rows are the records. Its tag
	// has this attribute of this value (of class: among its words); an empty attribute
	// means any. Of those that have it the one of this number, from 0.
	struct str attribute, value;
	unsigned number;
};

// False: a path has too many steps, or none begins with the context. A cutter leaves the
// former out.
bool tree_shape_fits(const struct tree_shape *shape);

struct tree_path {
	unsigned steps;
	struct str step[TREE_MAX_STEPS];
};

enum tree_doing {
	TREE_WALKING,    // around the records
	TREE_LEAVING,    // what was cut or skipped is over
	TREE_SKIPPING,   // over what leads to none
	TREE_IN_TEXT,    // over a text
	TREE_IN_SCALAR,  // over a number or word
	TREE_IN_RECORD,  // its end is looked for
	TREE_IN_CONTEXT, // as of a record
};

struct tree_cut { // = { .shape = … } to begin with
	const struct tree_shape *shape;
	// The caller sets it where its buffer is full and no row came: what stands at its
	// front is too long, and will be passed over. The next call gives what is behind.
	bool pass;

	// For the caller to read. begun: there is a document (of HTML: the table); over: it
	// was seen to its end; bad: it is none, and nothing more comes.
	bool begun, over, bad;
	struct str context; // of the rows just given; holds as long as they do
	uint64_t stray;     // what stood at a record's place and is none (a number, a text)

	// The cutter's own: the place where the bytes begin.
	bool rooted;        // the context is the top-level object
	bool ready, within; // within: the records of a context that is whole are being given
	bool in_text, escaped;
	enum tree_doing doing;
	unsigned want, in;
	unsigned depth, level; // containers, and objects (elements, tables) among them
	unsigned context_depth, context_steps;
	uint64_t in_object[TREE_MAX_DEPTH / 64]; // a bit a container
	uint64_t deep, name;                     // of what is skipped or cut: levels open; its name
	unsigned paths, met[TREE_MAX_RECORDS];   // steps of each path that hold at this place
	struct tree_path path[TREE_MAX_RECORDS];
	bool inside[TREE_MAX_RECORDS]; // the path begins with the context
	size_t at;                     // bytes of the record or context at the front that are done
	size_t context_length;
};

// As csv_cutter, but *used may be more than the rows take (what stands between them), or
// less (a context whose records are not all given stays). 0 rows: more bytes are needed,
// or, with `last`, it is over; so with `last` call until there are none, though no bytes be
// left. The rows of one call have one context. Rows are whole records: start and length,
// one field (the record), CSV_ROW. A record or document that is cut off by the end of the
// input is CSV_UNCLOSED (perhaps of length 0), as is what is no such document, from there
// on: `bad` then. A context that is not well formed is CSV_UNCLOSED from there to its end.
typedef size_t (*tree_cutter)(struct tree_cut *t, struct str bytes, bool last, struct csv_row *out,
			      size_t most, size_t *used);
