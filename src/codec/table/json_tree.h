// JSON documents that nest: the objects at given paths cut out as the bytes come, and an
// object as cells. What is skipped is read just enough to keep the place (brackets, and
// texts with their escapes); a record that is no JSON shows when its cells are read.
#pragma once

#include "codec/table/cells.h"
#include "codec/table/tree.h"

// A tree_cutter. Several top-level values one after the other are well, too.
size_t json_tree_cut(struct tree_cut *t, struct str bytes, bool last, struct csv_row *out,
		     size_t most, size_t *used);

// The values of one object, named by their keys with dots between; those in an array have
// the name of the array, so several values stay several. null, {} and [] give none. False
// where it is not one valid object (or deeper than JSON_MAX_DEPTH); *out is then untouched.
bool json_cells(struct str record, struct arena *a, struct cells *out) MUST_USE;

// The context's own: what does not lie under a path of shape->records, each name with "^."
// before it ("^.info", "^.Tag.name").
bool json_cells_own(struct str context, const struct tree_shape *shape, struct arena *a,
		    struct cells *out) MUST_USE;
