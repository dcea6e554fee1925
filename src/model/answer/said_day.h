// Days as people write them: "2026-12-01", "1-12-2026", "1/12", "1 dec", "1 december 2026", "December 1".
// Private to model/answer/said*.c.
#pragma once

#include "base/str.h"

// The day behind "until", "tot" and their like; its last second. Without a year it is the next day of
// that date. False: there is none, or it is no day of the calendar.
bool said_day(struct str words, int64_t now, int64_t *out) MUST_USE;
