// Does any of a few short texts stand in many bytes? ASCII letters in either case. For looking
// through what is mostly not it, at the speed of memory; what may be it is read by others. Pure.
#pragma once

#include "base/arena.h"

enum { NEEDLES_MOST = 64, NEEDLE_BYTES = 320 };

struct needles {
	unsigned count;
	size_t longest;
	struct str text[NEEDLES_MOST]; // lower case
};

// One more to be looked for; a copy lives in a. False: it is empty or too long, or there is no room.
bool needles_add(struct needles *x, struct str text, struct arena *a) MUST_USE;
bool needles_in(const struct needles *x, struct str hay);
// The same a byte at a time: what needles_in is where there is no SIMD.
bool needles_in_plain(const struct needles *x, struct str hay);
