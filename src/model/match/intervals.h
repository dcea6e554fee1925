// Nested and overlapping ranges of addresses flattened to sorted, disjoint
// intervals, each with the most specific range that covers it: a look-up is
// then one step through a root table and a short binary search.
#pragma once

#include "base/arena.h"
#include "codec/net/address.h"

enum { INTERVAL_NONE = -1 };

struct interval_range {
	struct range range;
	int32_t node;   // what a look-up gives
	int32_t parent; // set by intervals_build: the node of the smallest range that
			// holds all of this one, or INTERVAL_NONE
};

struct intervals; // both families, side by side

// The ranges stand in interval_range_order, no two equal. Where two overlap only
// partly, the one with fewer addresses is the more specific, then the one that
// starts first. A range goes with the family of its first address. Lives in a.
struct intervals *intervals_build(struct interval_range *at, size_t n, struct arena *a);

int interval_range_order(const void *a, const void *b); // by start, then the larger first

bool intervals_cross(const struct intervals *x); // do two ranges overlap only partly?

int32_t intervals_find(const struct intervals *x, struct address a);
void intervals_prefetch(const struct intervals *x, struct address a);
