// A file that is written by degrees, by whoever has its descriptor, and stands in its
// folder whole or not at all: it begins as "~NAME.part" beside its place, is synced, renamed, and
// its folder synced.
#pragma once

#include "base/err.h"
#include "base/str.h"

#define PART_MARK "~"
enum { PART_PATH = 4096 };

struct part { // { .fd = -1 }: none
	int fd;
	char folder[PART_PATH], beside[PART_PATH], path[PART_PATH];
};
#define autopart CLEANUP(part_drop) struct part

// Over whatever an interrupted one left. Mode 0600.
bool part_open(const char *folder, struct str name, struct part *out, struct err *e) MUST_USE;
bool part_keep(struct part *p, struct err *e) MUST_USE;
void part_drop(struct part *p); // after part_keep a no-op

// Is locked for this process until the descriptor is closed; the file is made where there
// is none. ERR_CONFLICT: another process has it.
bool lock_take(const char *path, int *out, struct err *e) MUST_USE;
void lock_done(int *fd);
#define autolock CLEANUP(lock_done) int
