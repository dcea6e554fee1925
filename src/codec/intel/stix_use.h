// What may be done with the value of a comparison, and what AND makes of it; the rules
// stand at the head of stix_pattern.h. For stix_pattern.c.
#pragma once

#include "codec/intel/stix_pattern.h"

// By itself: STIX_ALONE or STIX_FACT.
enum stix_use stix_use_of(const struct stix_comparison *c);

// Operands joined by AND (or FOLLOWEDBY) as they are read: what the pattern's list got
// since the last stix_chain_add is one operand.
struct stix_chain {
	struct stix_pattern *pattern;
	size_t from, operand;
	unsigned operands, selecting;
};

struct stix_chain stix_chain_of(struct stix_pattern *p);
void stix_chain_add(struct stix_chain *c);
void stix_chain_end(const struct stix_chain *c);       // within one observation
void stix_chain_end_apart(const struct stix_chain *c); // of several observations
