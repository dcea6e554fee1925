// What the commands that read a feed's file have in common: which report it is, and by
// how many processes it is read.
#pragma once

#include "base/err.h"
#include "model/feed/feed.h"

// The type that `given` names (an option; .p NULL: not given), else that the file's name
// tells, else the only one; and the day that the name tells (TIME_EVER: none). `file` may
// have folders before it. ERR_USAGE: neither tells; ERR_ABSENT: no such type.
bool feed_choice(const struct feed *f, struct str given, struct str file,
		 const struct feed_type **type, int64_t *day, struct err *e) MUST_USE;

// --jobs; not given: `standard`.
bool jobs_choice(struct str given, unsigned standard, unsigned *out, struct err *e) MUST_USE;
