// A backup of a home, made while it is at work, that can be restored to one moment (restore.h).
//
// The order is what makes it one. First what lies in the inbox and the spool: a file is removed
// from there only when its findings are committed, so one that is gone by then is in the store
// that is taken later, and one that is in both is known by its digest and read again for nothing.
// audit.head too, for it must not be ahead of the rows. Then the archive's files, once by the
// rows of now; then the store as of one moment, at which nobody writes (retention removes files
// and then says so, in one transaction); then the files that its rows name and that are not here
// yet: they came meanwhile, and retention takes only old ones. What was taken and is named no
// more goes. At last the manifest. A file that the home itself lacks is told, and noted there: a
// backup of a home that is damaged is better than none.
//
// Files in the archive that no row names are not taken: their bytes are still where they came from.
#pragma once

#include "base/list.h"
#include "task/audit/write.h"
#include "task/home.h"

struct backup_wish {
	const struct home *home; // open
	struct str to;           // the place, as typed
	bool secrets;            // credentials/ too, sealed to archive.pub
	bool whole;              // nothing is linked to the backup before
	unsigned keep;           // so many, this one too, and the newest that was proven; 0: all
	struct audit_by by;
};

struct backup_made {
	struct str folder;      // of the backup
	int64_t made;           // the moment that it is called by
	int64_t files;          // in it
	uint64_t bytes;         // that all of it is
	uint64_t linked;        // of these, in files that the backup before has too
	int64_t credentials;    // that were left out
	LIST(struct str) lacks; // files that the home should have had
	LIST(struct str) gone;  // names of older backups that were removed
	LIST(struct str) left;  // of the inbox, that somebody was writing to: left out
};

// What backup_make would (gone: what would be removed), by what there is now; nothing is changed. ERR_CONFLICT: the place has
// something else in it, or is in the home; ERR_ABSENT: what leads to it is not there;
// ERR_CONFIG: there is no key to seal secrets to.
bool backup_plan(const struct backup_wish *w, struct arena *a, struct backup_made *out,
		 struct err *e) MUST_USE;

// Also notes it in the store, with a row of the audit. ERR_CONFLICT: another one is being made
// there; ERR_SYSTEM: there is no room for it. What was begun is removed where it fails, and by
// the next where it was killed.
bool backup_make(const struct backup_wish *w, struct arena *a, struct backup_made *out,
		 struct err *e) MUST_USE;
