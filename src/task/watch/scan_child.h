// The caged half of a scan: reads a part of the input and writes frames of
// codec/wire/hit.h. Private to task/watch/scan*.c.
#pragma once

#include "task/watch/scan.h"

struct scan_part {
	const struct scan *scan;
	csv_cutter cutter;
	int in, head,
		out; // head: a second descriptor at the start of the input, for its header, or to be
		     // looked through first; -1
	int text;    // where lines of text go; -1: to `out`, as frames
	uint64_t from, to; // bytes: records that begin in [from, to); to UINT64_MAX: to the end
	bool exact;        // a record begins at `from` for sure
};

int scan_child(void *part); // as cage_fork wants it
