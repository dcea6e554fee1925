// What is still to be said of what was told: reminders while nobody answers, that it is over, that
// it was wrong. By the clock; model/notice/again.h says when.
#pragma once

#include "task/tell/compose.h"

enum { AGAIN_OVER_DAYS = 7 }; // what ended longer ago, and could not be said, is not said any more

// Belongs in a transaction of the caller's. Nothing where the store says that nothing leaves. That
// something is over goes with the digests of working days; a correction at once. In the mode
// `shadow` nobody is reminded: of what the older system told, that one does.
bool again_due(struct db *d, int64_t now, struct composed *out, struct err *e) MUST_USE;
