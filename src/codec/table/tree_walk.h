// What the cutters of nested records share: which paths hold where the reader stands, rows
// out of what is whole, contexts, and the end of the input.
#pragma once

#include "codec/table/tree.h"

struct tree_walk { // a cutter's work in hand
	struct tree_cut *t;
	const char *p, *end;
	bool last;
	struct csv_row *out;
	size_t n, most;
};

// One step of a cutter; false where it can do no more with these bytes. It is called only
// where there is room for a row.
typedef bool (*tree_step)(struct tree_walk *w);

// All of a tree_cutter but its steps.
size_t tree_run(struct tree_walk *w, tree_step step, size_t *used);

enum tree_place { TREE_NOWHERE, TREE_ON_THE_WAY, TREE_AT_CONTEXT, TREE_AT_RECORD };

void tree_meet(struct tree_cut *t, struct str name);  // a name in the innermost object
enum tree_place tree_place(const struct tree_cut *t); // of a value that begins here
void tree_leave(struct tree_cut *t);                  // a value in the innermost object is over

// What begins at p is to be skipped or cut, as its place says.
void tree_take(struct tree_walk *w, enum tree_place place);

// What was begun by tree_take ends before `behind`: a row, a context to go through, or nothing.
void tree_taken(struct tree_walk *w, const char *behind);

// The bytes at p are no such document. Always false.
bool tree_bad(struct tree_walk *w);
