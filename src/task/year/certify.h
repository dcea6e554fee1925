// The master key certifies the key of a year, on a machine that has no network: what it needs is written into
// a folder, with the commands to type there, and what comes back is taken in.
#pragma once

#include "task/year/year.h"

enum { CERTIFY_BYTES = 64 << 10 }; // of a file that comes

// The public half of the master key, by its whole fingerprint as an officer has it from elsewhere.
struct master_wish {
	struct str bytes, typed, who;
	bool instead; // of the one that is known
};
// In a transaction of the caller's. ERR_INPUT: it is another key, a secret one, several, or one that
// cannot certify now; ERR_CONFLICT: another is known.
bool master_take(const struct home *h, const struct master_wish *w, struct arena *a,
		 struct master_key *out, struct err *e) MUST_USE;

// FINGERPRINT.asc and a text into the folder, which is made where it is not there. *text: its path.
bool certify_ask(const struct year_stands *y, struct str folder, struct arena *a, const char **text,
		 struct err *e) MUST_USE;
// What came back, in a transaction of the caller's. ERR_INPUT: it is another key, or the master key that is
// known here has not certified it.
bool certify_take(const struct home *h, struct year_stands *y, struct str bytes, struct arena *a,
		  struct err *e) MUST_USE;
