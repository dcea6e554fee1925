// How feeds are: what each brought lately, within which bounds, and what is wrong.
#pragma once

#include "base/list.h"
#include "model/feed/feed.h"
#include "store/guardian.h"
#include "task/home.h"

struct health { // of one report type; type empty: of the feed as a whole
	struct str feed, type;
	struct guardian_batch batch[GUARDIAN_BATCHES]; // newest first
	size_t count;
	struct guardian_usual usual;
	struct guardian_bounds bounds;
	struct pulse pulse; // of the feed
	struct faults faults;
};
struct health_all {
	LIST(struct health) at; // by feed and type
};

// Of the feed of that name; empty: of all that are on, or have brought something. Texts live
// in a. ERR_ABSENT: there is no feed file of this name; those that cannot be read are left out
// where all are asked for (`waker status` tells of them).
bool health_look(const struct home *h, struct str name, struct arena *a, struct health_all *out,
		 struct err *e) MUST_USE;
