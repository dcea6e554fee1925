// Constants and operators of STIX patterns (STIX 2.1, 9.3 and 9.6): which token is which,
// and which operator takes which constants. For stix_pattern.c.
#pragma once

#include "codec/intel/stix_pattern.h"
#include "codec/intel/stix_token.h"

#define STIX_ANY_LITERAL ~0U

enum stix_literal stix_literal_of(enum stix_token_kind kind); // STIX_NO_LITERAL: no constant

// *allowed: a bit for each enum stix_literal that may follow. False: no operator.
bool stix_operator_of(enum stix_token_kind kind, enum stix_operator *out, unsigned *allowed)
	MUST_USE;

// The text of a string: \' is ', \\ is \. A copy in a only where there is an escape.
struct str stix_unescape(struct str raw, struct arena *a);

// Could this be what a hash of this algorithm looks like? True for all that is none.
bool stix_hash_fits(const struct stix_comparison *c, struct str *algorithm);
