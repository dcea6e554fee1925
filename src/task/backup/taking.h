// A backup that is being made: for the files of this folder.
#pragma once

#include "os/file_copy.h"
#include "os/folder.h"
#include "task/backup/backup.h"
#include "task/backup/place.h"

struct taking {
	const struct backup_wish *wish;
	const struct home *home;
	struct arena *a;
	struct str place;        // from the root
	const char *folder;      // in which it is made
	struct file_names older; // whole backups that are there already
	struct str before;       // folder of the backup that was made before; empty: none
	struct manifest was;     // of that
	struct seal_public seal; // where secrets are wished
	struct manifest is;      // files in any order, until they are written
	struct backup_made made;
};

// Where it goes and what was there before; what it will be and need.
bool taking_place(struct taking *t, struct err *e) MUST_USE;
bool taking_plan(struct taking *t, uint64_t *needs, struct err *e) MUST_USE;

// What lies in the home as it is, secrets where they are wished.
bool taking_parts(struct taking *t, struct err *e) MUST_USE;

// The archive and the store, in the order that backup.h says.
bool taking_store(struct taking *t, struct err *e) MUST_USE;

// A file of the home, to the path that it has below it. One that is gone by now is left out.
struct taken {
	struct str path;
	int64_t changed;
	unsigned mode;
};
bool taking_file(struct taking *t, const struct taken *x, struct err *e) MUST_USE;
// One that stands in the backup already is in the manifest.
bool taking_note(struct taking *t, struct str path, int64_t changed, struct err *e) MUST_USE;

const char *taking_from(const struct taking *t, struct str path); // of the home; in t->a
const char *taking_to(const struct taking *t, struct str path);   // of the backup
