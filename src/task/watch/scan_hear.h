// The parent's ear: one child at a time is heard, in the order of the parts of the file;
// what the others tell meanwhile is read ahead, or they would wait for a full pipe.
// Private to task/watch/scan*.c.
#pragma once

#include "task/watch/scan_child.h"

#include <sys/types.h>

enum { SCAN_AHEAD = 16 << 20 }; // bytes of one child that are read before its turn

struct scan_worker { // a child under way, and the pipe by which it tells
	pid_t child;
	int from;    // -1: none under way
	char *ahead; // SCAN_AHEAD, where parts are read at once
	size_t held, taken;
	bool over; // it has told all
};

struct scan_others { // all that are read at once
	struct scan_worker *at;
	unsigned count; // 0: this one alone
};

// As read(2) of w->from, and 0 at its end. Waits as long as the child says nothing: it is
// caged, and ends.
ssize_t scan_hear(struct scan_worker *w, const struct scan_others *others, char *to, size_t room);
