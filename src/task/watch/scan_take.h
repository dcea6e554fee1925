// What the parent of a scan makes of the frames that its children tell (codec/wire/hit.h).
// Private to task/watch/scan*.c.
#pragma once

#include "task/watch/scan_hear.h"

struct scan_parent {
	const struct scan *s;
	struct scan_tally *tally;
	struct arena a; // frames, and the event at hand
	char *frames;
	size_t have;
	struct scan_hit hit;
	struct event event;
	uint64_t size;             // of the file; 0: unknown
	uint64_t records;          // of the parts before
	uint64_t start, end;       // where the part at hand must begin, and where it ended
	unsigned more;             // that the child at hand reads after this one
	bool done, astray;         // astray: its child began elsewhere
	bool onward;               // the child has begun the next part
	bool given;                // something of it was handed on already
	struct scan_others others; // what is read at once
};

// All whole frames of p->frames, but none of the next part; what is left of it stays. ERR_SYSTEM:
// a child said what cannot be.
bool scan_take_frames(struct scan_parent *p, struct err *e) MUST_USE;
bool scan_strange(struct err *e); // that error
