// What may stand in a roster, whatever it came from. Everything that is wrong is
// remarked with the line of the thing, not just the first. Pure: the public suffix
// list and IDN come in by function pointers.
#pragma once

#include "model/roster/key.h"
#include "model/roster/remark.h"

struct check_rules {
	name_idn idn;
	bool (*is_suffix)(struct str name); // is this a public suffix? A-labels; NULL: nothing is
	bool example; // documentation and private addresses and AS numbers are welcome too
};

// Members and contacts of `r` and its assets as they stand; keys[i] is set for each
// asset that has one (its text is empty where the value was refused).
void roster_check(const struct roster *r, const struct check_rules *rules, struct arena *a,
		  struct asset_key *keys, struct remarks *remarks);

// Does any asset of the special registries hold all of this range (or lie in it)?
// The name of the block, NULL: ordinary public space. Example homes pass over some.
const char *special_range(struct range r, bool example, bool *inside);
const char *special_asn(uint32_t asn, bool example); // why it may not stand; NULL: it may
