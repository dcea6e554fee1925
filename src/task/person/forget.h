// Erasing what a person asks to be erased (RULES 10), wherever it can be. Belongs in a
// transaction of the caller's, who previews by undoing it.
#pragma once

#include "store/person.h"

struct forgetting {
	struct str search;
	int64_t now;
};

struct forgotten {
	int64_t count[PERSON_PLACE_COUNT]; // rows in which something was erased
	int64_t all;
};

// Findings of an account that is no longer named are over. The audit's chain stays whole.
bool person_forget(struct db *d, const struct forgetting *f, struct arena *a, struct forgotten *out,
		   struct err *e) MUST_USE;
