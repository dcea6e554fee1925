// The only reader of the clock. Who needs the time of day is given it (home_now in
// task/home.h), so that a scenario can be played at any moment.
#pragma once

#include <stdint.h>

int64_t clock_now(void);   // base/time.h: microseconds, UTC
int64_t clock_since(void); // microseconds that only grow, from no moment in particular
