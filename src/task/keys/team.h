// The team's own OpenPGP key: made here, or brought along. The public half stands in the store; the
// secret one, without a passphrase, is RING_SECRET (task/keys/ring.h) of the home, mode 0600, behind
// those of former years, which still open what was sealed to them: to be copied to each node that
// signs, and in a backup with --secrets.
#pragma once

#include "store/key.h"
#include "task/home.h"

enum { TEAM_KEY_LEAST_DAYS = 60 }; // that one that is made lasts

struct team_wish {
	struct str who;
	struct str secret; // the armored secret key that was brought along; empty: one is made
	bool rsa;          // for partners who cannot read ed25519
	bool instead;      // of the one that signs now
};

// In a transaction of the caller's; *secret is what team_key_keep writes behind it. ERR_CONFLICT:
// there is one; ERR_CONFIG: [mail] from is not set; ERR_INPUT: what was brought is no secret key
// of its address, has a passphrase, or is over.
bool team_key_make(const struct home *h, const struct team_wish *w, struct arena *a,
		   struct team_key *out, struct str *secret, struct err *e) MUST_USE;
bool team_key_keep(const struct home *h, struct str secret, struct arena *a, struct err *e)
	MUST_USE;
