// What is proven about a mail, and about whom (RULES 8, and §4.3 of the team's own description: by the
// domain of its sender, or by a key that an officer verified). Nothing of it is believed that the mail
// says of itself: From must be one plain address (codec/mail/sender.h); the domain is proven by our own
// server or an aligned DKIM signature (task/proof/domain.h); a person by a signature over all that a
// reader shows, by a key that may be used now, and that stands in the ledger for the very
// address in From (task/proof/layers.h, whose.h). Who signs under another's address proves nothing.
//
// What was signed is what is to be shown and read: of a mail of PROOF_SIGNED that is `inside` and
// `subject`, never the mail around them.
#pragma once

#include "model/mail/heard.h"
#include "task/proof/domain.h"
#include "task/proof/layers.h"
#include "task/proof/whose.h"

struct proof_signature {
	struct layers_signature is;
	struct whose_key key;
	bool counts;    // it proves who wrote the mail
	struct str why; // of one that holds and does not count
};

struct proof { // texts live in the arena, or point into the mail
	enum mail_proof level;
	struct sender sender;
	struct str address; // of it, in lower case; empty: none
	struct whose_contact
		writer; // whose address that is; with PROOF_NOTHING anybody may have written it
	struct domain domain;
	struct layers layers;
	LIST(struct proof_signature) signatures;
	const struct proof_signature *by; // of PROOF_SIGNED
	struct str inside;   // what is to be read: the whole mail, or the entity that `by` is over
	struct str subject;  // as text; empty: none
	bool subject_signed; // it stands within what was signed, and not in the mail's head alone
	struct str replay;   // of `by`: the same in another mail is that mail again; empty
	LIST(struct str) says; // all of it in sentences, the last the sum
};

// The home is open, its store too. False: ERR_SYSTEM: this machine fails; worth another try.
bool proof_of(const struct domain_how *how, struct str mail, struct arena *a, struct proof *out,
	      struct err *e) MUST_USE;

// Appends the sentences; for proof.c.
void proof_say(const struct home *h, struct proof *p, struct arena *a);
