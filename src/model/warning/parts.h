// Many short texts, and which of them stand somewhere in a longer one: sorted, each with
// the longest other that it begins with, so that one binary search a place finds all that
// begin there. A filter of the first three bytes spares most places the search.
#pragma once

#include "base/arena.h"
#include "base/str.h"

enum { PART_NONE = -1, PARTS_HEADS = 1 << 16, PARTS_FILTER = 1 << 17 };

struct part {
	struct str text; // not empty
	int32_t item;    // what a look-up gives
	int32_t parent;  // set by parts_build: the longest part that is a beginning of this one
};

struct parts {
	const struct part *at;
	size_t count;
	uint32_t *head;   // by the first two bytes: where those that begin so start
	uint64_t *filter; // bits: the first three bytes of one may be these
	uint64_t one[4];  // bits: one of one or two bytes begins with this byte
};

// Sorts `at`; equal texts must have been made one (parts_order tells which are). The texts
// must outlive x; all else lives in a.
void parts_build(struct part *at, size_t n, struct arena *a, struct parts *x);

int parts_order(const void *a, const void *b); // of two struct part, by text

// Those that stand in the text: each(context, item), an item maybe several times. Stops
// where it gives false.
void parts_find(const struct parts *x, struct str text, bool (*each)(void *, int32_t),
		void *context);
