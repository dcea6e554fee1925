// Another roster, asked of the archive: which records would have been its members'. Nothing of the
// home is touched; no finding is made, and so none ends (task/rehearse compares what would).
#pragma once

#include "model/match/index.h"
#include "task/past/past.h"

struct past_match {
	const struct past_batch *batch;
	const struct scan_hit *hit;
	const struct claim *claim; // places in the roster that is asked
	int64_t time;              // the event's own, else when its batch came
	bool proven;               // within the proof of its asset: it could be told
};

struct past_roster {
	const struct roster *roster;
	const struct index *index;
	int64_t since;   // of events
	struct str feed; // empty: any
	unsigned jobs;
	bool (*match)(void *, const struct past_match *,
		      struct err *e); // what it is given holds for the call
	void (*progress)(void *, uint64_t done, uint64_t all); // batches; NULL: none
	void *context, *progress_context;
};

struct past_matched {
	uint64_t batches, records, hits; // read; claims that were given
};

bool past_match(struct past *p, const struct past_roster *r, struct past_matched *out,
		struct err *e) MUST_USE;
