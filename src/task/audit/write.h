// Writing the audit (RULES 10): one call beside each change, in its transaction, so that
// neither is there without the other. Every writer begins with BEGIN IMMEDIATE, so two
// processes never continue the chain at the same row.
#pragma once

#include "task/home.h"

// What all rows of one command have in common.
struct audit_by {
	struct str who;  // the officer; empty: not known
	struct str verb; // the command's own words
	int64_t now;
};

struct audit_said { // what was typed, or what changed: may be personal, and can be erased
	const char *key;
	struct str value; // empty: left out
};

struct audit_entry {
	struct audit_by by;
	struct str subject; // nobody's name or address: it can never be erased
	const struct audit_said *said;
	size_t count; // at most CHAIN_MOST_VALUES
};

// Belongs in the transaction of what it tells of.
bool audit_write(struct db *d, const struct audit_entry *x, struct arena *a, struct err *e)
	MUST_USE;

// The chain alone cannot show that its last rows are gone, so the newest row's number and
// hash are also noted in the home's audit.head ("17 9f2e…"), after the commit. ERR_SYSTEM (no
// room): what was committed stays done, which the sentence says; the next command notes it,
// and until then `audit verify` says how far it is behind.
#define AUDIT_HEAD "audit.head"
bool audit_note_head(const struct home *h, struct arena *a, struct err *e) MUST_USE;

// db_commit of the home's store, and the note.
bool audit_commit(const struct home *h, struct arena *a, struct err *e) MUST_USE;

void audit_sha256(struct str bytes, unsigned char out[32]); // as struct chain wants it
