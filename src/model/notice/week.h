// Weeks of the wall in Central Europe, as ISO 8601 numbers them: Monday to Sunday, the first with the
// year's first Thursday. Pure.
#pragma once

#include <stdint.h>

struct week {
	int year, number;
	int64_t from, until; // moments
};
struct week week_of(int64_t t);
struct week week_before(int64_t t); // the last that is over
