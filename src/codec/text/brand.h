// The name of an organisation in the one form in which names are compared: small letters
// and digits, accents off, everything else a single space, legal forms off both ends. "St.
// Anna Ziekenhuis B.V." is "st anna ziekenhuis". Whole names are compared, never parts.
#pragma once

#include "base/str.h"

enum {
	BRAND_TEXT = 128, // bytes of a key at the most; longer names have none
	BRAND_LEAST = 2,  // shorter ones say nothing
};

// Length of the key in out; 0 where s is no UTF-8, or too long or short for a key.
size_t brand_key(struct str s, char out[BRAND_TEXT]);
