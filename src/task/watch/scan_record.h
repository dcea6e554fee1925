// One record of a batch: its selecting texts read into picks, and, where it is asked for,
// the event that it is. Private to task/watch/scan*.c.
#pragma once

#include "model/match/select.h"
#include "task/watch/scan_shape.h"

struct scan_record {
	const struct csv_row *row;
	struct str context; // of a nested record: the object around it
};

// What can be matched of it, added to *out. Returns the kinds of junk met, a bit each
// (1u << JUNK_…); those of JUNK_REFUSES refuse the whole record. `a` is for the
// length of the call.
uint32_t scan_record_read(const struct scan_shape *x, const struct scan_record *r,
			  struct select_scratch *s, struct arena *a, struct picks *out);

// The whole of it.
void scan_record_event(const struct scan_shape *x, const struct scan_record *r, struct arena *a,
		       struct event *ev);

// Does the feed file leave it out?
bool scan_record_dropped(const struct scan_shape *x, const struct scan_record *r, struct arena *a);

// Is it none: nothing but blanks, or blanks before a comment?
bool scan_record_none(const struct scan_shape *x, const struct scan_record *r);

// A match is as strong as its select is for this record at most (RULES 2): what its `by` column says.
void scan_record_weaken(const struct scan_shape *x, const struct scan_record *r, struct arena *a,
			struct matched *m);
