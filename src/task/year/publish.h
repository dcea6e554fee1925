// The keys are published: the files are written, and it is settled from when the new one signs.
#pragma once

#include "task/year/site.h"
#include "task/year/year.h"

struct publish_wish {
	struct site_wish site;
	unsigned overlap; // days, at most YEAR_OVERLAP_MOST; of the first time
	struct str who;
};
// In a transaction of the caller's. Again: the files alone, as the keys are now.
bool year_publish(const struct home *h, struct year_stands *y, const struct publish_wish *w,
		  struct arena *a, struct site *out, struct err *e) MUST_USE;
