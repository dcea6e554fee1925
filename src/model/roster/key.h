// What an asset is, in the one form in which assets are compared: canonical prefix
// or range, AS number in decimal, name in A-labels, else the text as it stands. Two
// assets of one kind are the same thing exactly when their keys are equal. Pure.
#pragma once

#include "codec/net/name.h"
#include "model/roster/roster.h"

struct asset_key {
	struct str text;    // in the arena, or the asset's own value where that is it
	struct range range; // of prefixes and ranges only
	uint32_t asn;       // of AS numbers only
};

static inline bool asset_has_range(const struct asset *x)
{
	return x->kind == ASSET_PREFIX || x->kind == ASSET_RANGE;
}

static inline bool asset_has_name(const struct asset *x)
{
	return x->kind == ASSET_DOMAIN || x->kind == ASSET_HOST || x->kind == ASSET_MAIL_DOMAIN;
}

// ERR_INPUT says what is wrong with the value, without a line: ""10.0.0.1/8" has host
// bits set; the prefix is 10.0.0.0/8".
bool asset_key(const struct asset *x, name_idn idn, struct arena *a, struct asset_key *out,
	       struct err *e) MUST_USE;
