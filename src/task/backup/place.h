// Where backups lie: a folder, with a folder in it for each, called by its moment
// ("20261125T172000Z"). While one is made it is called "….part", and one that was interrupted
// stays so until the next is made; what has another name and a manifest that fits is whole.
//
//   manifest        codec/text/manifest.h: what there is, with digests; written last
//   waker.db        the store, as of one moment; also where it is on a server
//   waker.conf archive.pub audit.head mail.pins mail.anchors advice/ feeds/ warninglists/ inbox/ spool/
//                   of the home, as far as they are there
//   archive/        the files that the store's batches name; one that the backup before has too
//                   is a hard link to it
//   credentials/    NAME.sealed, where they were asked for: sealed to archive.pub
//
// Not in it: run/ (what is in force now), archive.key, credentials in plain.
#pragma once

#include "codec/text/manifest.h"
#include "os/file.h"

#define BACKUP_MANIFEST "manifest"
#define BACKUP_STORE    "waker.db"
#define BACKUP_PART     ".part"
#define BACKUP_SEALED   ".sealed"

enum { BACKUP_ARENA_GIB = 4, BACKUP_NAME = 17 }; // "20261125T172000Z" and a NUL

struct backup_at {
	struct str place;  // the folder in which it lies, from the root
	struct str folder; // its own; both NUL-terminated
	int64_t made;      // as its name says
};

void backup_name(int64_t made, char out[BACKUP_NAME]); // whole seconds
bool backup_name_read(struct str name, int64_t *made) MUST_USE;

// The names of the whole ones, oldest first; *others, which may be NULL: the first name that is
// no backup's, whole or not; empty: none. A place that is not there has none.
bool backup_names(const char *place, struct arena *a, struct file_names *whole, struct str *others,
		  struct err *e) MUST_USE;

// A backup by its own folder, or the newest whole one of a place. ERR_ABSENT: there is none;
// ERR_INPUT: it is unfinished.
bool backup_find(struct str path, struct arena *a, struct backup_at *out, struct err *e) MUST_USE;

// Its manifest, whose own digest fits. ERR_INPUT: it is damaged. It lives in a.
bool backup_manifest(const struct backup_at *b, struct arena *a, struct manifest *out,
		     struct err *e) MUST_USE;

// What of a home is copied as it lies: files, and folders with all that is in them.
struct backup_part {
	const char *name;
	bool folder;
	bool drops; // what somebody may be writing to is left out
	bool parts; // likewise "~…", which is fetched again
};
enum { BACKUP_PARTS = 10 };
extern const struct backup_part backup_parts[BACKUP_PARTS];
