// Who else is concerned by a match: the owners of what encloses the matched asset
// and of the record's listed AS number, without the owners of the match itself.
// They are named to officers; told only by the inner owner's grant (RULES 7).
#pragma once

#include "model/match/select.h"

enum { ALSO_MAX = 256 }; // members; more are left out

// Places in the roster's members, sorted by slug, each once, holes left out. Returns how many.
unsigned match_also(const struct roster *r, const struct index *x, const struct matched *m,
		    int32_t out[ALSO_MAX]);
