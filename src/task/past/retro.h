// The past belongs to whom it belonged (RULES 4): an asset that is new, or held since earlier
// than was known, is matched with the whole archive, newest day first, in the background. What
// happened while it was provably its member's is found, marked as found later, and told by the
// rules for what is old; the rest is counted, and for officers to ask (task/past/ask.h).
// Interrupted at any point it goes on from there; done twice it finds nothing twice.
#pragma once

#include "model/roster/difference.h"
#include "store/retro.h"
#include "task/past/past.h"
#include "task/watch/ready.h"

enum {
	RETRO_UNPROVEN_DAYS = 30, // of an asset that is not proven, before the question
	RETRO_CHUNK_BATCHES = 4096,
	RETRO_CHUNK_MICROSECONDS = 2000000, // then what waits is done, and the rest after that
};

// From when on what happened to an asset can be told to its member, by a question of this moment.
int64_t retro_proof(const struct asset *x, int64_t made);

// Of these assets (rows of the store), by a person; in a transaction of the caller's. Where
// there is no batch to be read nothing is asked, and *id is 0.
struct retro_wish {
	struct str who, why;
	int64_t now;
	const int64_t *assets;
	size_t count;
};
bool retro_ask(struct db *d, const struct retro_wish *w, int64_t *id, struct err *e) MUST_USE;

// What a change of the roster asks: assets that came, and those whose proof reaches further back.
struct retro_change {
	const struct roster *old, *now;
	const struct difference *difference;
	struct str who, why;
	int64_t at;
};
bool retro_ask_changed(struct db *d, const struct retro_change *c, struct arena *a, int64_t *id,
		       struct err *e) MUST_USE;

struct retro_run {
	const struct home *home;
	const struct ready *ready;
	const struct seal_secret *key; // NULL: what is sealed is passed over, and counted
	unsigned jobs;
	int64_t most;                                          // microseconds; 0: to its end
	void (*progress)(void *, uint64_t done, uint64_t all); // batches; NULL: none
	void *context;
	struct past_lefts *lefts; // what could not be read, and why; NULL: nobody asks
};
// As much of question `id` as there is time for, into the store; *out is how far it is.
// ERR_ABSENT: there is no such question.
bool retro_go_on(const struct retro_run *r, int64_t id, struct arena *a, struct retro_row *out,
		 struct err *e) MUST_USE;
