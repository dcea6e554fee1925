// Letting go what was kept its time (RULES 10), all of it or, where that fails, what can be
// done again. A file is removed before its batch says so: what is interrupted between the
// two leaves a batch that names a file which is gone, and the next time says the rest. The
// other way round it would leave a file that nobody knows of, for ever.
#pragma once

#include "base/list.h"
#include "store/retention.h"
#include "task/audit/write.h"

extern const enum retain retention_of_feeds[2]; // RETAIN_ARCHIVE, RETAIN_SEALED

struct retention_own { // a feed whose file says how long its bytes are kept
	struct str feed;
	int days;
	struct retained due[2]; // of retention_of_feeds, beside what all feeds have due
};
struct retention_plan {
	struct retained due[RETAIN_COUNT];
	LIST(struct retention_own) own; // by name
	LIST(struct str) unread;        // feeds whose files cannot be read: as long as all are
	int64_t count;                  // of all together
};

// Texts go to a.
bool retention_plan(const struct home *h, struct arena *a, struct retention_plan *out,
		    struct err *e) MUST_USE;

// Does what was planned, and writes one row of the audit with the counts (none where nothing
// is due). ERR_CONFLICT: it is not what was planned any more, nothing was done.
bool retention_apply(const struct home *h, const struct retention_plan *planned,
		     const struct audit_by *by, struct arena *a, struct err *e) MUST_USE;
