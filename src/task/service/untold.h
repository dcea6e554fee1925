// What is not told though it should be, as needs of a person: messages that reached nobody, and
// that all sending is held.
#pragma once

#include "task/service/status.h"

enum { UNTOLD_MOST = 20 }; // messages that are named one by one; more are one need

bool untold_need(struct db *d, struct arena *a, struct status *s, struct err *e) MUST_USE;
