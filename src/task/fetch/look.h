// What a publisher's listing says (Shadowserver's reports, a MISP manifest, a page of
// events): a JSON file read by a caged child that hands back a few short texts of each
// record. The listing may be anything; what comes back is rows of printable text.
#pragma once

#include "base/err.h"
#include "base/list.h"

enum {
	LOOK_MAX_FIELDS = 4,
	LOOK_MAX_TEXT = 256, // of a value; a longer one, or one with control characters, is empty
	LOOK_MAX_ROWS = 200000,
	LOOK_MAX_BYTES = 256 << 20, // of the file
};

struct look {
	// Where the records are: a path of keys to an array ("response"; "": the document is
	// one), or, with by_key, the object whose values they are.
	struct str path;
	bool by_key;
	struct str field[LOOK_MAX_FIELDS]; // dotted paths in a record
	unsigned fields;
};

struct look_row {
	struct str key; // with by_key
	struct str value[LOOK_MAX_FIELDS];
};

struct looked {
	LIST(struct look_row) rows; // texts live in the arena
};

// ERR_REMOTE: the file is no such JSON (cut off, a web page, an object with an error).
bool look_at_json(const char *path, const struct look *l, struct arena *a, struct looked *out,
		  struct err *e) MUST_USE;
