// A home made of a backup, in a folder that is not there or is empty. Its waker.conf is written
// first, as waker.conf.restoring, and becomes waker.conf when all the rest is done: where a
// restore was interrupted there is no home but that mark, by which the next one knows what it
// may clear. A server's database gets all of the store in one transaction; where an interrupted
// restore had done that, the next finds the same rows there and goes on.
//
// Every file's digest is compared as it is copied. The store is brought to today's schema; jobs
// that lay in the home's inbox are of the new home, and nobody is at work. What was in force in
// run/ is not restored.
#pragma once

#include "task/audit/write.h"
#include "task/backup/prove.h"

#define RESTORE_MARK "waker.conf.restoring"

struct restore_wish {
	struct str from;    // a backup, or the place where they lie
	struct str to;      // the home to be
	struct str store;   // "postgresql://…", an empty database; empty: a file of the home
	const char *key;    // archive.key, with which secrets are opened; NULL: they are left out
	bool partly;        // what is damaged or gone of the archive is left out
	struct audit_by by; // but the moment
};

struct restored {
	struct backup_at backup;
	int64_t made;          // when the backup was
	struct proof proof;    // of what was restored; faults: the home had them too
	int64_t left;          // files of the archive that were left out: damaged, or gone
	int64_t secrets, shut; // that were opened; that are sealed, and no key was given
	bool example;          // as waker.conf says
	struct str was;        // where the store was, if it was on a server; as in waker.conf
};

// Is there room and place, and is the backup one; what it would restore. Changes nothing.
bool restore_plan(const struct restore_wish *w, struct arena *a, struct restored *out,
		  struct err *e) MUST_USE;

// ERR_INPUT: the backup is damaged: which file; ERR_CONFIG: it is of a newer waker, or the URL;
// ERR_CONFLICT: the folder is not empty, or the server's database is not; ERR_DENIED: another key;
// the folder is another user's.
bool restore_home(const struct restore_wish *w, struct arena *a, struct restored *out,
		  struct err *e) MUST_USE;
