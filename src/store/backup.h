// What is known of backups, as rows, and what a backup asks of the store that it is of. Writing
// belongs in a transaction of the caller's.
#pragma once

#include "base/arena.h"
#include "os/db.h"

struct backup_row {
	int64_t at;       // when it was made: its name in the place
	struct str place; // the folder in which it lies
	int64_t files, bytes;
};
// One that is known already is left as it is.
bool backup_add(struct db *d, const struct backup_row *b, struct err *e) MUST_USE;
// By at and place: it was proven at `now`.
bool backup_proven(struct db *d, const struct backup_row *b, int64_t now, struct err *e) MUST_USE;
// When the newest of those in `place` that were proven was made; 0: none was.
bool backup_proof(struct db *d, struct str place, int64_t *at, struct err *e) MUST_USE;
bool backup_forget(struct db *d, int64_t before, struct err *e) MUST_USE; // but the last proven

struct backup_last { // moments; 0: never
	int64_t count, first, made;
	int64_t proven;   // when the last proof was
	struct str place; // of the newest; in a
};
bool backup_last(struct db *d, struct arena *a, struct backup_last *out, struct err *e) MUST_USE;

// The files of the archive that batches name, below its folder, sorted.
bool archive_paths(struct db *d, struct db_rows **out, struct err *e) MUST_USE;
bool archive_next_path(struct db_rows *r, struct str *path, struct err *e) MUST_USE;

bool store_bytes(struct db *d, int64_t *out, struct err *e) MUST_USE; // of its file or database

// A store that was restored is nobody's yet: no process works on it, and its jobs that could be
// done in the home at `was` alone (empty: in whichever) can be done in the one at `place`.
bool store_restored(struct db *d, struct str was, struct str place, int64_t now, struct err *e)
	MUST_USE;
