// What one batch says of each finding, merged in memory before anything is stored:
// a bot that a feed lists a thousand times is one finding, one sighting a day and one
// piece of evidence. Bounded: who adds looks at merge_full, has it kept, and empties it.
#pragma once

#include "base/list.h"
#include "model/feed/event.h"
#include "model/finding/claim.h"
#include "model/finding/cve.h"
#include "model/finding/issue.h"
#include "model/warning/hold.h"

enum {
	MERGE_MAX = 131072,            // findings between two merge_empty
	MERGE_BYTES = 192 << 20,       // reserved for them, not used at once
	MERGE_ROOM = 4 << 20,          // an addition never takes more
	MERGE_MAX_VALUE = 4096,        // bytes of a value in the evidence; longer ones are cut
	MERGE_MAX_EVIDENCE = 64 << 10, // bytes of one piece of evidence
	MERGE_MAX_CVES = 64, // of a finding and day; what is named beyond is evidence only
};

struct merged_cve {
	struct str cve;
	bool fresh; // nobody had named it (keep.c)
	struct merged_cve *next;
};

struct merged_day {
	int64_t day, first, last; // midnight; oldest and newest event of the day
	uint64_t events;
	bool news;                      // one of them at least was news when it came
	struct merged_cve *cves;        // what news named that no warninglist holds back
	uint64_t record, place, length; // of the newest
	struct merged_day *next;
};

struct merged {
	int64_t member; // row
	struct str issue, seen;
	unsigned class, severity;
	enum strength strength;
	bool news;
	bool free; // news of it came that no warninglist holds back
	struct merged_day *days;
	// The newest record that says so:
	int64_t time;
	uint64_t record, place, length;
	int32_t asset, node;
	enum claim_rule rule;
	struct str event;      // a JSON object of the event's fields
	struct str print;      // model/finding/print.h
	struct str warned;     // the warninglist and the entry that it met …
	enum hold_why verdict; // … and what the rule made of that
};

struct merge_key; // of the sort

struct merge {
	struct arena *arena;   // its own
	struct merged **slots; // MERGE_SLOTS, by hash
	struct merged **all;   // `count`, in the order of coming
	unsigned count;
	struct merge_key *keys;  // room for MERGE_MAX
	LIST(struct str) issues; // all that were added; those of `all` point here
	char *scratch;           // MERGE_MAX_EVIDENCE
};

// The arena must have MERGE_BYTES and serve nothing else.
void merge_init(struct merge *m, struct arena *a);
void merge_empty(struct merge *m);
bool merge_full(const struct merge *m);

// What is to be merged: texts are copied where they are kept.
struct merge_add {
	struct merged what; // but days and event
	const struct event *event;
};
void merge_add(struct merge *m, const struct merge_add *add);

// Into the order of the store's index: member, issue, seen.
void merge_sort(struct merge *m);
