// The wall around a process that is no cage: it works on, but what it has no need of is refused
// to it and to its children, for good (os/landlock.h, os/syscalls.h). To be called when what it
// needs at first is open. One wall of several: where the kernel has none, it works without.
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct wall {
	const char *const *writes; // where it may write, make, move and remove, at and below
	size_t n;
	bool exec; // it may start programs
	bool inet; // it may have sockets of the network
};

// Which of the two stand now, for the log.
const char *wall_enter(const struct wall *w); // "files, calls", "files", "calls", "none"
