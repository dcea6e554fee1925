// Is the archive what came? Every file is read and compared with the digest that its batch (or
// mail) has, of what is sealed with the digest of the bytes as they lay when it was sealed; then
// what lies in the archive and belongs to nothing. What is wrong is marked in the store: a batch
// whose bytes are damaged or gone says nothing more to a question about the past. What it said
// when it came was read from good bytes, and stands.
#pragma once

#include "store/archive.h"
#include "task/home.h"

struct verifying {
	const struct home *home;
	struct str feed; // only of this feed, and nothing that belongs to nobody; empty: all
	int64_t since;   // only what came since; TIME_EVER: all
	unsigned hands;  // children that read
	bool dry;        // look, and mark nothing
	void (*progress)(void *, uint64_t done, uint64_t all); // in files; NULL: none
	void (*found)(void *, const struct archive_row *, enum archive_fault, struct str why);
	void *context;
};

struct verified {
	uint64_t files, sealed; // that were looked at; of them, sealed
	uint64_t noted;         // sealed ones of which no digest was known until now
	uint64_t count[ARCHIVE_FAULT_COUNT];
	uint64_t mended; // were marked, and are well again
};

// Each faulty file is told once, with the first batch that names it; a foreign one with its path
// alone. Outside of any transaction, for it may take hours; then the transaction is begun, and
// what was found is marked: its end, and the audit's row, are the caller's. A dry one begins
// none. Of what came within the last hour nothing is foreign: its row may be on the way.
bool past_verify(const struct verifying *v, struct arena *a, struct verified *out, struct err *e)
	MUST_USE;
