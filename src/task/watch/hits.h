// The hits of one batch on their way into the store: whose each is, what it is about,
// merged with its like, and kept when the batch ends or memory is full.
#pragma once

#include "store/batch.h"
#include "task/watch/alarms.h"
#include "task/watch/keep.h"
#include "task/watch/run.h"

struct hits {
	const struct feed *feed;
	const struct feed_type *type;
	enum feed_side side;         // the victims'
	struct arena arena, scratch; // of merge; of one event
	struct merge merge;
	const struct warnings *warnings;    // NULL: none
	const struct issue_changes *issues; // likewise
	struct hold_looked looked;          // of one event
	struct run_past *past;              // NULL: the batch comes now
	int64_t came;                       // it did
	struct keep keep;
	struct alarms alarms; // confirmed false alarms, in `scratch`
	uint64_t suppressed;  // claims on them
	// Begins the transaction and sets keep.feed_id and keep.batch; called once, before
	// the first row is written.
	bool (*begin)(void *, struct err *e);
	void *context;
	bool begun;
};

bool hits_init(struct hits *h, const struct run *r, const struct run_batch *b, struct err *e)
	MUST_USE; // hits_done in any case
void hits_done(struct hits *h);

// One hit of the scan; nothing of it is kept but copies.
bool hits_add(struct hits *h, const struct scan_hit *hit, struct err *e) MUST_USE;

// A record of a feed of context, by what the feed marks.
bool hits_mark(struct hits *h, const struct event *event, struct err *e) MUST_USE;

// All hits were added: keep what is left, and fill in what became of them. The
// transaction is begun then, also where there was no hit.
bool hits_end(struct hits *h, struct run_report *out, struct err *e) MUST_USE;
