// The team's own OpenPGP key: made here, or brought along. The public half stands in the store; the
// secret one, without a passphrase, is RING_SECRET (task/keys/ring.h) of the home, mode 0600, behind
// those of former years, which still open what was sealed to them: to be copied to each node that
// signs, and in a backup with --secrets.
#pragma once

#include "os/gpg.h"
#include "store/key_team.h"
#include "task/home.h"

struct team_wish {
	struct str who;
	struct str secret; // the armored secret key that was brought along; empty: one is made
	bool rsa;          // for partners who cannot read ed25519
	bool instead;      // of the one that signs now
};

// One is made in g for [mail] from, that lasts until `end`. ERR_CONFIG.
struct team_new {
	int64_t end;
	bool rsa;
};
bool team_key_new(const struct home *h, struct gpg *g, const struct team_new *w, struct arena *a,
		  struct gpg_key *out, struct err *e) MUST_USE;
// The row of such a key, without its public half.
struct team_key team_key_row(const struct gpg_key *k, struct str who);

// In a transaction of the caller's; *secret is what team_key_keep writes behind it. ERR_CONFLICT:
// there is one, or one waits to take over (task/year); ERR_CONFIG: [mail] from is not set; ERR_INPUT: what was brought is no secret key
// of its address, has a passphrase, or is over.
bool team_key_make(const struct home *h, const struct team_wish *w, struct arena *a,
		   struct team_key *out, struct str *secret, struct err *e) MUST_USE;
bool team_key_keep(const struct home *h, struct str secret, struct arena *a, struct err *e)
	MUST_USE;
