// The whole roster out of the store, for matching and for comparing it with a file.
#pragma once

#include "model/roster/roster.h"
#include "os/db.h"

// Members by slug, also those who left; assets by their number, also those whose time
// is over: an event of the past belongs to whom it belonged. Texts go to a; some 120
// bytes an asset. ERR_SYSTEM where a row names what is not there.
bool roster_load(struct db *d, struct arena *a, struct roster *out, struct err *e) MUST_USE;
