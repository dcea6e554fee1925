// Keys that a person must see to, as needs: those of contacts that end or that nobody has checked,
// before mail to them can no longer be sealed, and the team's own.
#pragma once

#include "task/service/status.h"

enum { KEYS_NEED_MOST = 20 }; // that are named one by one; more are one need

// s->now is set.
bool keys_need(struct db *d, struct arena *a, struct status *s, struct err *e) MUST_USE;
