// A roster as a file that reads back as the same roster (waker-roster(5)). Pure: the
// bytes go to a sink of the caller's.
#pragma once

#include "model/roster/file.h"

struct roster_sink {
	void (*put)(void *to, struct str bytes);
	void *to;
};

// `which` records; assets and members that ended by `now` are left out. TSV holds assets
// only, and of them no more than member, kind and value. Scratch is used and given back.
void roster_write(const struct roster *r, enum roster_form form, const bool which[RECORD_COUNT],
		  int64_t now, struct arena *scratch, struct roster_sink sink);
