// Is a backup whole: every file is there with the bytes that were written, and its store, put
// into a scratch place that goes with the command, is sound and fits with the archive and the
// audit. Nothing of the backup is changed, nor anything of a home.
#pragma once

#include "task/backup/place.h"

struct proof {
	int64_t files, rows, audit; // that were looked at
	uint64_t bytes;
	int64_t lacks;           // files that the home lacked when it was made
	LIST(struct str) faults; // of the store: they were in the home too, or came since
};

// The files alone. ERR_INPUT: one is not there, or damaged: which.
bool prove_files(const struct backup_at *b, const struct manifest *m, struct arena *a,
		 struct proof *out, struct err *e) MUST_USE;

// The store in `d` (of today's schema), with the archive and audit.head in `folder`.
struct prove_store {
	struct db *d;
	struct str folder;
	const struct manifest *m;
};
bool prove_store(const struct prove_store *p, struct arena *a, struct proof *out, struct err *e)
	MUST_USE;

// All of it, by its manifest. ERR_INPUT: what is wrong, also where the store is; ERR_CONFIG: its
// schema is newer than this program.
bool prove_backup(const struct backup_at *b, const struct manifest *m, int64_t now, struct arena *a,
		  struct proof *out, struct err *e) MUST_USE;

// That a backup was proven goes into the home's store, with a row of the audit.
struct audit_by;
struct home;
bool prove_note(const struct home *h, const struct backup_at *b, const struct proof *p,
		const struct audit_by *by, struct arena *a, struct err *e) MUST_USE;
