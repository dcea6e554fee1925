// What the caged child of a scan says to its parent: frames of codec/wire/hit.h, kept
// until there are many. Private to task/watch/scan*.c.
#pragma once

#include "base/buf.h"
#include "task/watch/scan.h"
#include "task/watch/scan_record.h"

enum { TELL_OUT = 1 << 20 }; // of frames not yet written

struct scan_tell {
	const struct scan *s;
	const struct scan_shape *shape;
	struct arena *a; // for the length of a call
	int to, text_to; // text_to: where lines go; -1: as frames to the parent
	struct buf out;
	struct scan_tally tally; // records and bytes are the child's to count
	bool secrets;            // of this type no row is shown as it came
	uint64_t told;           // offset at the last word of progress
	bool texts;              // lines are open, and begin (or their frame does) at text
	size_t text;
};

void tell_next(struct scan_tell *t);                  // that it outlived the part before this one
void tell_hello(struct scan_tell *t, uint64_t start); // the first word: where the part begins
void tell_junk(struct scan_tell *t, enum junk junk, uint64_t number, struct str row);
void tell_progress(struct scan_tell *t, uint64_t at, uint64_t in);
void tell_done(struct scan_tell *t, uint64_t end);
_Noreturn void tell_error(struct scan_tell *t, const struct err *e); // the input is at fault

struct told {
	uint64_t number, offset;
	const struct matched *match;
	unsigned count;
	unsigned view;
};
void tell_hit(struct scan_tell *t, const struct scan_record *r, const struct told *what);
void tell_text(struct scan_tell *t, const struct scan_record *r, uint64_t number);
