// A change of what Waker goes by (roster, feed file, warninglist, the rules of those) that is
// large enough to be rehearsed before it is made (task/rehearse/asked.h): it changes more than
// so many things, and more than so much of what there is. Pure.
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { LARGE_THINGS = 20, LARGE_PERCENT = 5 };

static inline bool change_is_large(size_t things, size_t of)
{
	return things > LARGE_THINGS && things * 100 > of * LARGE_PERCENT;
}
