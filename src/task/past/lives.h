// The life of an indicator, as the archive has it: by each feed and type, when it was said first and
// last, and since when it no longer is. Nothing of it is stored: the archive is. Pure, but for its arena.
#pragma once

#include "base/list.h"
#include "model/feed/feed.h"

struct past_life {
	struct str feed, type;
	int64_t first, last; // of its events; last of a list: the day of the newest that has it
	uint64_t records;
	bool has; // something of it was read, at all
	int64_t gone; // the day of the first batch since then without it; 0: it is in the newest, or no batch can tell
};
struct past_lives {
	LIST(struct past_life) at;
	struct past_life *now; // of the batch at hand
	bool held;             // it has it
};

// A batch, newest day first; texts must outlive the lives. Of each record that holds it, lives_hit; at
// the end, lives_end: whole, or it tells nothing.
void lives_begin(struct past_lives *l, struct str feed, struct str type, struct arena *a);
void lives_hit(struct past_lives *l, int64_t time);
struct lives_batch {
	int64_t day;
	enum feed_presence presence; // only a list or a report can tell that it is gone (RULES 4)
	bool whole;
};
void lives_end(struct past_lives *l, const struct lives_batch *b);
