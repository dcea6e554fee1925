// Whose a key is, by the ledger of how an officer made sure (§4.3; store/key.h), and whose contact the
// address is.
#pragma once

#include "base/arena.h"
#include "model/key/key.h"
#include "os/db.h"
#include "task/proof/layers.h"

enum { WHOSE_KEYS = 64 }; // of one sender, or of one fingerprint

struct whose_key {    // texts in the caller's arena
	bool known;   // it stands in the store
	bool senders; // for the address that was asked for
	int64_t id;
	struct str address; // for which it stands there
	struct key_known is;
	enum key_trouble trouble; // KEY_WELL, KEY_ENDS, KEY_STALES: it may be used
	// Of one that was verified: by whom, when, and how; -1: nobody says.
	struct str who, evidence;
	int64_t checked;
	int method; // enum key_method
};
// The key of a fingerprint; for this address (in lower case) where it stands for several.
struct whose_asked {
	struct str fingerprint, address;
	int64_t now;
};
bool whose_key(struct db *d, const struct whose_asked *q, struct arena *a, struct whose_key *out,
	       struct err *e) MUST_USE;
static inline bool whose_key_usable(const struct whose_key *k, int64_t now)
{
	return k->known && key_usable(&k->is, now);
}

struct whose_contact { // texts in the caller's arena
	bool known;
	int64_t contact, member; // numbers of the store
	struct str slug, member_name, name, role;
};
bool whose_contact(struct db *d, struct str address, struct arena *a, struct whose_contact *out,
		   struct err *e) MUST_USE;

// Into g: the keys of an address, whatever is known of them; or those whose fingerprint is, or ends,
// so. What GnuPG cannot read any more is passed over. *some: there are some.
struct whose_wish {
	struct str address;     // in lower case; empty: any
	struct str fingerprint; // or its end; empty: any
	enum key_kind kind;
};
bool whose_keys_into(struct db *d, const struct whose_wish *w, struct gpg *g, bool *some,
		     struct err *e) MUST_USE;
