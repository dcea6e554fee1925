// What is over its time, row by row of model/retention's table: how much there is, and
// letting it go. Writing belongs in a transaction of the caller's.
#pragma once

#include "model/retention/retention.h"
#include "os/db.h"

struct retained {
	int64_t count;  // files of RETAIN_ARCHIVE and RETAIN_SEALED, else rows
	int64_t oldest; // from when; 0 where there is none
};

// What is over, of what, and by which term.
struct retain_term {
	enum retain kind;
	int64_t now;
	struct str
		feed; // of RETAIN_ARCHIVE and RETAIN_SEALED, where its file says fewer days: what is
	int days;     // this feed's alone, and the table's days do not let go yet. Empty: all
};
bool retention_due(struct db *d, const struct retain_term *t, struct retained *out, struct err *e)
	MUST_USE;

// Paths below the archive, of RETAIN_ARCHIVE, RETAIN_SEALED and RETAIN_MAIL. Never one that a batch
// still needs: all that came with these bytes is done, discarded, replaced or recalled.
bool retention_files(struct db *d, const struct retain_term *t, struct db_rows **out, struct err *e)
	MUST_USE;
bool retention_next_file(struct db_rows *r, struct str *path, struct err *e) MUST_USE;

// The rows go, or say that their files are gone: what retention_due counted.
bool retention_drop(struct db *d, const struct retain_term *t, struct err *e) MUST_USE;
