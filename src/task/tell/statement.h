// The weekly statement: on Monday each member hears which messages went to it in the week before, and
// what was looked at, also where nothing was found. A mail that never came is noticed by it.
#pragma once

#include "task/tell/compose.h"

// Each member and week once. Belongs in a transaction of the caller's. Nothing where the store says that
// nothing leaves, or beside another system.
bool statement_due(struct db *d, int64_t now, struct composed *out, struct err *e) MUST_USE;
