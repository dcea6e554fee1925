// Folders with all that is in them: looking through one, making what leads to a file, putting
// what was written to the disk, removing. Links are followed where they lead to.
#pragma once

#include "base/err.h"
#include "base/list.h"

enum { FOLDER_DEPTH = 16 }; // of folders in folders that are looked into

struct folder_file {
	struct str path; // below the folder: "lab/one.csv"
	uint64_t bytes;
	int64_t changed; // as base/time.h
};
struct folder_files {
	LIST(struct folder_file) at;
};
// All files in it, and in its folders, whose names, and whose folders' names, do not begin with
// a dot; sorted by the bytes of their paths. A folder that is not there has none, and what goes
// meanwhile is not there. ERR_LIMIT: deeper than FOLDER_DEPTH.
bool folder_walk(const char *path, struct arena *a, struct folder_files *out, struct err *e)
	MUST_USE;

// The folders between `folder`, which is there, and the file at `path` below it. Mode 0700.
bool folder_make_to(const char *folder, struct str path, struct err *e) MUST_USE;

// Whatever is in it, and itself. One that is not there is well. A link is removed, not followed.
bool folder_remove(const char *path, struct err *e) MUST_USE;

// All that was written to the file system that it is on is on the disk. ERR_SYSTEM: it is not.
bool folder_settle(const char *path, struct err *e) MUST_USE;

// Of two folders that are there: is the one the other, or in it?
bool folder_within(const char *path, const char *of, bool *out, struct err *e) MUST_USE;

bool folder_is(const char *path);
// Its path from the root, without links; in a. ERR_ABSENT: it is not there.
bool folder_real(const char *path, struct arena *a, struct str *out, struct err *e) MUST_USE;
// The names in it that begin with a dot count too. One that is not there is empty.
bool folder_empty(const char *path, bool *out, struct err *e) MUST_USE;

// All of its name becomes another's, and stands so on the disk. What is at `to` must be nothing.
bool folder_rename(const char *from, const char *to, struct err *e) MUST_USE;

// A new one for the time of one command, of mode 0700, below TMPDIR where that is short, else /tmp.
// It is the caller's to remove, and *held to close: as long as that is open, it is somebody's. ERR_SYSTEM:
// it cannot be made.
bool folder_scratch(char *out, size_t room, int *held, struct err *e) MUST_USE;
// Those that nobody holds, and in which nothing changed for a minute: their commands were killed. Each is given
// to `end`, for what runs in it, and removed; at most 64. What cannot be is left.
void folder_scratch_left(void (*end)(const char *folder));
