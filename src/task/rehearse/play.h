// The batches of the last days, one after the other, into both sides.
#pragma once

#include "task/rehearse/gate.h"
#include "task/rehearse/rehearse.h"
#include "task/rehearse/side.h"

struct play {
	const struct rehearsal *r;
	struct side side[2];     // as it is; as it would be
	const struct gate *gate; // REHEARSE_ROSTER; else NULL
	const struct feed *feed; // REHEARSE_FEED: the changed one; else NULL
	struct arena *a;
	struct rehearse_outcome *out;
};

bool play_all(struct play *p, struct err *e) MUST_USE;
