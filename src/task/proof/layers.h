// What of a mail is signed and sealed, layer by layer (codec/mail/signed.h cuts, os/gpg.h verifies): each
// signature with its verdict and its key, what was sealed opened where our key is here, and the entity
// that is inside of it all: what was signed is what is to be shown, not what stands around it. Whose a
// key is, and what follows, is task/proof/proof.h's.
//
// GnuPG works in a folder for this mail alone, which is gone behind it: keys and certificates of
// others, which come along with S/MIME, are never kept.
#pragma once

#include "base/list.h"
#include "codec/mail/signed.h"
#include "model/key/key.h"
#include "os/digest.h"
#include "os/gpg.h"

enum {
	LAYERS_MOST = 4,         // in each other: signed, sealed and signed again
	LAYERS_SIGNATURES = 8,   // of a mail that are told
	LAYERS_ROOM = 512 << 20, // of memory, while it is read
};

// Who gives the keys: into g, of a kind. False: this machine fails.
struct layers_keys {
	// Those that the sender may have signed with, once for each kind.
	bool (*senders)(void *context, struct gpg *g, enum key_kind kind, struct err *e);
	// Those that have this fingerprint, or whose fingerprint ends so. *some: there are some.
	bool (*named)(void *context, struct gpg *g, enum key_kind kind, struct str fingerprint,
		      bool *some, struct err *e);
	// Our own secret key, once for each kind. *some: there is one.
	bool (*secret)(void *context, struct gpg *g, enum key_kind kind, bool *some, struct err *e);
	void *context;
};

struct layers_signature {
	enum signed_form form;
	enum gpg_verdict verdict;
	struct str fingerprint; // as struct gpg_signed
	struct str digest;      // "SHA512"
	int64_t at;             // when it says that it was made; 0: it does not
	// All that a reader shows of the mail is in it: nothing stands around it or a layer above it.
	bool whole;
	// SHA-256 of key, time and signed bytes: the same signature in another mail has it, too,
	// whatever that mail's date and recipient are.
	char replay[DIGEST_TEXT];
};

struct layers {
	LIST(struct layers_signature) signatures;
	unsigned count;  // of layers; 0: neither signed nor sealed
	bool whole;      // nothing stands around the innermost
	bool sealed;     // one of them was
	struct str form; // of each, "pgp-mime-sealed pgp-mime"
	struct str
		inside; // the entity within all of them that were opened; of none: the mail itself
	struct str not_read; // why there may be more that was not read; empty
};
// Texts live in a, `inside` too. False: ERR_SYSTEM, worth another try.
bool layers_read(struct str mail, const struct layers_keys *keys, struct arena *a,
		 struct layers *out, struct err *e) MUST_USE;
