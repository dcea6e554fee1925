// The key of a year is made: certified by the one before, with what revokes it, and a statement of the
// change that both sign. A secret key that a command which was killed left behind is taken up.
#pragma once

#include "task/year/year.h"

// Of each key that is made here: what revokes it, for the day on which its secret half is gone; of mode
// 0600, to be kept apart from that.
#define YEAR_REVOCATION "credentials/openpgp-revocation-" // and the fingerprint

struct year_made {
	struct str secret; // empty: it is in its file already
	struct str revocation;
};
struct year_wish {
	struct str who;
	bool rsa; // for partners who cannot read ed25519
};
// In a transaction of the caller's; *y is how it stands then. ERR_CONFLICT: it is too early or too late
// for such a year; ERR_CONFIG: [mail] from is not set, or the secret half of the key before is not here.
bool year_make(const struct home *h, struct year_stands *y, const struct year_wish *w,
	       struct arena *a, struct year_made *out, struct err *e) MUST_USE;
// Its files, before that is committed.
bool year_keep(const struct home *h, const struct year_stands *y, const struct year_made *made,
	       struct arena *a, struct err *e) MUST_USE;
