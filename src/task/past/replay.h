// One batch of the past, read and published once more, with today's roster, feed file,
// warninglists and issues: because one of them was wrong when it came.
#pragma once

#include "task/past/again.h"
#include "task/past/past.h"
#include "task/watch/ready.h"

struct replayed {
	struct run_report report;
	uint64_t early; // claims of before an asset's proof
	struct past_settled settled;
};

// In a transaction that is begun here, and the caller's when it went well. ERR_CONFLICT: its word
// does not count (held, discarded, recalled, replaced); ERR_ABSENT: its bytes or its feed file are
// not there; ERR_DENIED: it is sealed.
bool past_replay(struct past *p, const struct ready *r, const struct batch_row *b,
		 struct replayed *out, struct err *e) MUST_USE;
