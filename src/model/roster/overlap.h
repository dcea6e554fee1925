// What assets are to each other: part of roster_check. keys[i] belongs to assets.at[i];
// those without a text are passed over.
#pragma once

#include "model/roster/check.h"

// The same asset twice: refused under one member, a warning under two (joint).
void check_same(const struct roster *r, const struct asset_key *keys, struct remarks *out);
// A domain below one of another member.
void check_parents(const struct roster *r, const struct asset_key *keys, struct remarks *out);
// Ranges that lie in another member's, or partly over them.
void check_overlaps(const struct roster *r, const struct asset_key *keys, struct remarks *out);
