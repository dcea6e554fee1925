// The caged half of a scan: reads parts of the input and writes frames of
// codec/wire/hit.h. Private to task/watch/scan*.c.
#pragma once

#include "task/watch/scan.h"

struct scan_part {
	const struct scan *scan;
	int in, head;      // head: a second descriptor at the start of the input, for its header,
			   // or to be looked through first; -1
	int text;          // where lines of text go; -1: to `out`, as frames
	uint64_t from, to; // bytes: records that begin in [from, to); to UINT64_MAX: to the end
	bool exact;        // a record begins at `from` for sure
};

struct scan_parts {
	const struct scan_part *at;
	unsigned count; // of one publisher where they are several (scan.h)
	int out;
};

// One after the other, and of each all that it would tell if it were alone: the memory of one is
// gone before the next. At the first that is at fault it ends, as cage_fork wants it.
int scan_child(void *parts);
