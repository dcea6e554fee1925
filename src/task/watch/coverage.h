// What a publisher that sends only what was subscribed should know of the members, and does
// not (RULES 4).
#pragma once

#include "model/feed/feed.h"
#include "model/roster/roster.h"
#include "store/guardian.h"
#include "store/life.h"

// Kinds of asset that the feed can meet.
struct coverage_kinds {
	bool asked[ASSET_KIND_COUNT];
};
struct coverage_kinds coverage_kinds(const struct feed *f);

// Is this asset, at that moment, one that its publisher should know?
bool coverage_wants(const struct coverage_kinds *k, const struct asset *x, int64_t now);

// Where something is said of what the publisher of a subscribed feed looks at, what of the
// rest it should know becomes a fault of the feed, or is none any more. In a transaction of the
// caller's.
bool coverage_note(struct db *d, const struct feed *f, const struct roster *r, int64_t now,
		   struct arena *a, struct err *e) MUST_USE;
