// When members want their digests: what the first contact of each wishes.
#pragma once

#include "base/list.h"
#include "store/wish.h"

struct member_wish {
	int64_t member;
	struct wish wish;
};
struct member_wishes {
	LIST(struct member_wish) at; // by member; one that wishes nothing is not there
};
// Texts live in a.
bool wishes_load(struct db *d, struct arena *a, struct member_wishes *out, struct err *e) MUST_USE;

// NULL: it wishes nothing.
const struct wish *wishes_of(const struct member_wishes *w, int64_t member);
