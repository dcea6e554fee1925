// The officer's question: who had this, and when? Every record of the archive that holds an
// address, a name, a hash, a CVE number, in whichever of its fields: also those that match no
// asset, such as a control server in a sinkhole's report. Newest day first.
#pragma once

#include "model/match/holds.h"
#include "task/past/limits.h"
#include "task/past/lives.h"
#include "task/watch/ready.h"

struct past_answer {
	const struct past_batch *batch;
	const struct scan_hit *hit;
	const struct event_field *field; // that holds it
	int64_t time;                    // the event's own, else when its batch came
	// Whose the record is, by who held it then: places in the roster; ROSTER_NOBODY: nobody's.
	int32_t member, asset;
};

struct past_question {
	const struct ready *ready;
	struct holds what;
	int64_t since, until; // of events; TIME_EVER, TIME_NEVER
	struct str feed;      // empty: any
	unsigned jobs;
	// For each record, and for each member whose it is; what it is given holds for the call.
	bool (*answer)(void *, const struct past_answer *, struct err *e);
	void (*progress)(void *, uint64_t done, uint64_t all); // batches; NULL: none
	void *context, *progress_context;
};

struct past_answered {
	uint64_t batches, bytes, records; // read; bytes unpacked; records that hold it
	int64_t asset;           // a row of the store that holds what was asked now; 0: none
	struct past_lives lives; // gone is told of a question to all times alone
};

// What is left out is counted in p->lefts.
bool past_ask(struct past *p, const struct past_question *q, struct past_answered *out,
	      struct err *e) MUST_USE;
