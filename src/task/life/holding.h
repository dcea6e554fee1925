// When the roster moved: what members are found with and no longer hold is over, with that
// reason; what another of their assets holds (a prefix was split) goes on (RULES 4).
// Belongs in the transaction that changed the roster.
#pragma once

#include "os/db.h"

bool life_holding(struct db *d, int64_t now, int64_t *ended, struct err *e) MUST_USE;
