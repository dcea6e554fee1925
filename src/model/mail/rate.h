// How many mails go to one domain: so many a minute, evenly, with a few at once after a pause
// (RATE_BURST seconds' worth, at least one). Pure; the caller keeps a struct rate for each domain.
#pragma once

#include <stdint.h>

enum { RATE_BURST = 10 };

struct rate {
	int64_t due; // when all that went would have gone evenly; { 0 }: nothing went
};

// When the next may go: `now`, and then it is counted as gone; or later, and then nothing is.
int64_t rate_next(struct rate *r, unsigned a_minute, int64_t now);
