// One record of a roster file after the other, cell by cell, whatever its form:
// shared by the readers of CSV and JSON. Not for others.
#pragma once

#include "model/roster/file.h"

struct build {
	struct roster_file *file;
	struct remarks *remarks;
	struct arena *a;
	enum record record; // of the one being read
	unsigned line;
	bool bad; // a cell of it was refused: it is not kept
	bool hole;
	struct str member; // whose it is
	union {
		struct member m;
		struct contact c;
		struct asset x;
	} thing;
};

void build_begin(struct build *b, enum record record, unsigned line);
// `name` is the column's; f its field, NULL for "member" of a contact or an asset.
void build_set(struct build *b, const struct field *f, struct str name, struct str value);
// One more text of a list that came as an array.
void build_add(struct build *b, const struct field *f, struct str value);
void build_end(struct build *b);
