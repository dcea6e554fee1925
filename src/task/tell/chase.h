// Owners of keys are asked for another before theirs ends, and when it is over (model/key): by mail to
// the key's own address, of nothing that was found, in the form that needs no key of theirs.
#pragma once

#include "task/tell/compose.h"

// Each key and step once. Belongs in a transaction of the caller's. Nothing where the store says that
// nothing leaves.
bool chase_due(struct db *d, int64_t now, struct composed *out, struct err *e) MUST_USE;
