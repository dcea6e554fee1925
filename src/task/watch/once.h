// A one-off list: the addresses that another team mails on a Friday. It becomes a batch of
// a feed of its own, a small file in the home made from a guess and the officer's words, so
// that its findings can be explained and taken back as any other's.
#pragma once

#include "task/watch/run.h"

enum { ONCE_MAX_BYTES = 64 << 20, ONCE_MAX_TITLE = 200 };

struct once {
	struct str title, advice, from; // the officer's text; advice and from may be empty
	struct str issue;               // an id that the table has
	struct str tlp;                 // as a feed file has it
	int64_t now;
	bool (*taken)(void *, struct str name); // is there a feed of this name
	void *context;
};

struct once_file {
	struct str name, text; // of the feed
};

// Its name is free; texts in a.
bool once_feed(const struct once *o, struct str draft, struct arena *a, struct once_file *out,
	       struct err *e) MUST_USE;

struct once_member { // whom it would hit
	int32_t member;
	uint64_t records;
	struct str first; // the asset of the first
};
struct once_look {
	LIST(struct once_member) members;
	uint64_t hits;
	struct scan_tally tally;
};

// Matches without keeping anything; `path` is read in the cage.
bool once_look(const struct run *r, const struct feed *f, const char *path, struct arena *a,
	       struct once_look *out, struct err *e) MUST_USE;
