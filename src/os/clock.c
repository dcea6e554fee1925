#include "os/clock.h"

#include "base/time.h"

#include <time.h>

static int64_t read_clock(clockid_t which)
{
	struct timespec t;

	clock_gettime(which, &t);
	return t.tv_sec * TIME_SECOND + t.tv_nsec / 1000;
}

int64_t clock_now(void)
{
	return read_clock(CLOCK_REALTIME);
}

int64_t clock_since(void)
{
	return read_clock(CLOCK_MONOTONIC);
}
