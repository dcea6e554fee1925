// The keys with which this node signs and encrypts what leaves: the folder gnupg/ of the home. It
// is a copy of what is known elsewhere, and can be removed while nothing runs: the team's secret key is the file
// credentials/openpgp.key, those of who is written to stand in the store.
#pragma once

#include "model/notice/message.h"
#include "os/gpg.h"
#include "store/key.h"
#include "task/home.h"

#define RING_FOLDER "gnupg"
#define RING_SECRET "credentials/openpgp.key"
enum { RING_SECRET_BYTES = 256 << 10 }; // of some 30 years

struct ring;
// Nothing is opened before it is needed.
struct ring *ring_new(const struct home *h, struct arena *a); // which outlive it
void ring_close(struct ring *r);

// What can be used for an address now.
struct ring_keys {
	LIST(struct key_row) pgp, smime; // texts and bytes in the caller's arena
};
bool ring_keys(struct db *d, struct str address, int64_t now, struct arena *a,
	       struct ring_keys *out, struct err *e) MUST_USE;

struct ring_work {
	enum form form;  // FORM_PLAIN: nothing is done
	struct str team; // fingerprint of the team's key; empty: it has none, nothing is signed
	struct ring_keys keys; // of FORM_PGP and FORM_SMIME
	uint64_t seed;         // of boundaries
};
// Is an entity of this form signed, or signed and sealed?
enum ring_does { RING_NOTHING, RING_SIGNS, RING_SEALS };
enum ring_does ring_does(const struct ring_work *w);

// The entity around one (codec/mail/protected.h). ERR_INPUT: a key of theirs cannot be used;
// ERR_CONFIG: the team's secret key is not on this node; ERR_SYSTEM: GnuPG fails, or hangs.
bool ring_protect(struct ring *r, const struct ring_work *w, struct str entity, struct arena *a,
		  struct str *out, struct err *e) MUST_USE;
