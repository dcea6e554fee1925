// What of the world a change of the roster can concern: all that the members hold, before
// and after, whose assets it touches, and those assets themselves. A record that meets none
// of it is the same on both sides, and is not looked at further.
#pragma once

#include "model/match/index.h"
#include "model/roster/difference.h"

struct gate {
	struct roster roster; // of one nameless member: no holes in it
	struct index *index;
	size_t members; // so many are concerned
};

// The difference's places are those of `old` and `file`; `was` and `would` are the rosters
// to be asked. All must outlive the gate.
struct gate_of {
	const struct difference *difference;
	const struct roster *old, *file, *was, *would;
	name_idn idn;
};
bool gate_make(const struct gate_of *of, struct arena *a, struct gate *out, struct err *e) MUST_USE;
