// What a new roster changes in the old one. Members are known by their slug, contacts
// by member, role, mail and name, assets by member, kind and key. What the file has no
// column for stays as it is; what it does not hold at all stays too, but for what was
// of a member that is gone. Pure.
#pragma once

#include "model/roster/file.h"
#include "model/roster/key.h"

enum change_kind { CHANGE_ADDED, CHANGE_CHANGED, CHANGE_GONE, CHANGE_KINDS };

struct change {
	enum record record;
	enum change_kind kind;
	size_t place; // in the new roster; of what is gone: in the old one
	size_t was;   // of what changed: its place in the old one
};

struct difference {
	LIST(struct change) list;
	size_t count[RECORD_COUNT][CHANGE_KINDS];
	size_t had[RECORD_COUNT]; // in the old roster, without what was over by then
};

// `now`: what ended before is not gone a second time. Sets the ids of what is there
// already, and fills what the file has no columns for.
void roster_difference(const struct roster *old, const struct asset_key *old_keys,
		       struct roster_file *file, const struct asset_key *keys, int64_t now,
		       struct arena *a, struct difference *out);

// How many things go, where it is more than 5 % of any record; else 0.
size_t difference_many(const struct difference *d);
