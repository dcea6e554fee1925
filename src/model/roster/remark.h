// What is said about a roster: mistakes, what needs a yes, warnings. All are counted,
// at most REMARK_MOST of each weight are kept to be shown. Texts live in the arena.
#pragma once

#include "base/list.h"

enum { REMARK_MOST = 100 };

enum remark_weight {
	REMARK_REFUSED, // must be mended before anything is kept
	REMARK_CONSENT, // only with --yes
	REMARK_WARNING,
	REMARK_NOTE, // normal, but good to know
	REMARK_WEIGHTS,
};

struct remark {
	unsigned line; // of the file; 0: of no line
	enum remark_weight weight;
	struct str text;
};

struct remarks {
	LIST(struct remark) list;
	size_t count[REMARK_WEIGHTS];
	struct arena *a;
	unsigned line_from; // remarks about earlier lines are passed over
};

void remark_add(struct remarks *r, enum remark_weight weight, unsigned line, const char *fmt, ...)
	PRINTF(4, 5);
