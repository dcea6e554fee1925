// Is the audit whole? The first row that was altered, removed or moved is named (RULES 10).
#pragma once

#include "model/audit/chain.h"
#include "task/home.h"

struct audit_verdict {
	int64_t rows;
	int64_t erased; // values: told, and no fault
	int64_t head;   // the newest row that fits, 0: none; and its hash
	unsigned char hash[CHAIN_HASH];
	struct str fault; // a sentence; empty: it is whole
	struct str note;  // a sentence about audit.head that is no fault, or empty
};

// `noted`: a hash in hexadecimal that somebody wrote down before, which one row must have;
// empty: none. Texts go to a. A read as of one moment: others may write meanwhile.
bool audit_verify(const struct home *h, struct str noted, struct arena *a,
		  struct audit_verdict *out, struct err *e) MUST_USE;
