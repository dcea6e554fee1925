// What this machine has and allows, for who asks whether Waker can live here: room on a file
// system, whose a path is, whether the clock is held, whether names are answered. It changes
// nothing.
#pragma once

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

// Room of the file system that a path is on. Free is what is left for other users than root.
struct machine_room {
	uint64_t bytes_free, bytes;
	uint64_t inodes_free, inodes; // both 0: this file system has no bound of them
};
// ERR_ABSENT: no such path; ERR_SYSTEM.
bool machine_room(const char *path, struct machine_room *out, struct err *e) MUST_USE;

// Whose a path is; of a link, what it leads to.
struct machine_owner {
	unsigned owner, caller; // user ids; the caller's is the effective one
	unsigned mode;          // permission bits, at most 07777
};
// ERR_ABSENT: no such path; ERR_SYSTEM.
bool machine_owner(const char *path, struct machine_owner *out, struct err *e) MUST_USE;

// Is it a folder in which the caller can make and remove files? A file system that is
// mounted for reading counts too.
bool machine_may_fill(const char *folder);

// Does the kernel say that something holds its clock to the true time? ERR_SYSTEM: it does
// not say.
bool machine_clock_held(bool *out, struct err *e) MUST_USE;

enum machine_name {
	NAME_SILENT, // no answer in time
	NAME_FOUND,
	NAME_ABSENT,  // there is no such name, or it has no address
	NAME_REFUSED, // who should know says that it cannot answer
};
// Asks for the addresses of n names, NUL-terminated, as programs of this machine do, each in a
// child of its own, MACHINE_MOST_AT_ONCE at a time. It comes back within `wait` microseconds,
// whatever the resolver does: who is not back by then is silent. Sets out[0] to out[n - 1].
// ERR_SYSTEM: no process can be started.
enum { MACHINE_MOST_AT_ONCE = 64 };
bool machine_look_up(const char *const *names, size_t n, int64_t wait, enum machine_name *out,
		     struct err *e) MUST_USE;

// What it is called: letters, digits, '-', '.' and '_'; "machine" where it has no name.
enum { MACHINE_CALLED = 65 };
void machine_called(char out[MACHINE_CALLED]);
