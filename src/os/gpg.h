// GnuPG by GPGME: keys and certificates of others, and our own with which what leaves is signed.
// One home of GnuPG a handle. Each call starts a program gpg or gpgsm, by one of libexec that
// ends it after GPG_SECONDS (src/waker/gpg_main.c): one that hangs is ERR_SYSTEM, and worth
// another try. Nothing here goes to the network. Whose a key is is not GnuPG's to decide: no
// trust of its own is asked for or kept.
//
// OpenPGP: RFC 4880 and 9580. S/MIME: RFC 8551.
#pragma once

#include "base/err.h"
#include "base/list.h"
#include "base/time.h"

enum {
	GPG_SECONDS = 20,         // for one call
	GPG_MOST_BYTES = 1 << 20, // of a file of keys: what is larger is flooded with signatures
	GPG_MOST_KEYS = 32,       // in one file, and addressees of one text
	GPG_MOST_SIGNATURES = 8,  // of one text that are looked at
	GPG_FINGERPRINT = 65,     // hexadecimal digits, and a NUL
};

enum gpg_engine {
	GPG_OPENPGP,
	GPG_SMIME,
	GPG_CERTIFIED, // OpenPGP; of a key that comes what others signed of it is kept, too
};

struct gpg;
#define autogpg CLEANUP(gpg_done) struct gpg *
// A folder that is not there is made (mode 0700). Its path is short, for GnuPG makes sockets in
// it: ERR_CONFIG. ERR_SYSTEM: there is no GnuPG, or the folder cannot be made.
bool gpg_open(const char *folder, enum gpg_engine engine, struct gpg **out, struct err *e) MUST_USE;
// Does GnuPG itself answer, behind the program of libexec? ERR_SYSTEM.
bool gpg_answers(const struct gpg *g, struct err *e) MUST_USE;
// The agent of a home whose process is gone.
void gpg_end_agent(const char *folder);
void gpg_close(struct gpg *g); // ends the agent that keeps its secret keys; NULL is well
static inline void gpg_done(struct gpg **g)
{
	gpg_close(*g);
}

struct gpg_key {                // texts in the caller's arena
	struct str fingerprint; // upper case: 40 digits, or 64
	struct str user;        // its first user id, or the subject: foreign words
	struct str mails;       // all addresses that it names, in lower case, a blank between two
	struct str algorithm;   // "ed25519", "rsa4096"
	int64_t made;
	int64_t expires; // of what encrypts; TIME_NEVER: it does not
	bool revoked;
	bool secret;    // it can sign here
	bool root;      // a certificate that vouches for itself
	bool certifies; // other keys
	bool encrypts;  // it has a part for that, be it expired
	bool weak;      // a part that encrypts is RSA or ElGamal under 2,048 bits
};
struct gpg_keys {
	LIST(struct gpg_key) at;
};

// Takes in what a file holds, cleaned of all signatures but a key's own; of certificates also those
// above them, up to the root. *out: those. ERR_INPUT:
// it holds no key, or one that cannot be read; ERR_LIMIT: over a bound above.
bool gpg_import(struct gpg *g, struct str bytes, struct arena *a, struct gpg_keys *out,
		struct err *e) MUST_USE;
// *found false: it is not there.
bool gpg_key(struct gpg *g, struct str fingerprint, struct arena *a, struct gpg_key *out,
	     bool *found, struct err *e) MUST_USE;

enum gpg_part {
	GPG_PUBLIC,          // as bytes, of the least length
	GPG_ARMORED,         // as text, with the signatures of others
	GPG_SECRET,          // as text
	GPG_CERTIFIED_BYTES, // as GPG_ARMORED, as bytes
};
// Of an OpenPGP key: certificates go as they came. ERR_ABSENT: it is not there.
bool gpg_export(struct gpg *g, struct str fingerprint, enum gpg_part part, struct arena *a,
		struct str *out, struct err *e) MUST_USE;

struct gpg_signature { // detached, by our key
	struct str armored;
	char micalg[24]; // "pgp-sha512" (RFC 3156, 5)
};
bool gpg_sign(struct gpg *g, struct str by, struct str text, struct arena *a,
	      struct gpg_signature *out, struct err *e) MUST_USE;

struct gpg_sealing {
	struct str by; // our key; empty: it is not signed
	// OpenPGP: files of public keys; S/MIME: fingerprints of imported ones.
	const char *const *to;
	size_t count; // 1 to GPG_MOST_KEYS
};
// Signed and encrypted to all of them: armored (OpenPGP), or as bytes (S/MIME). ERR_INPUT: a key
// of theirs cannot be used.
bool gpg_seal(struct gpg *g, const struct gpg_sealing *s, struct str text, struct arena *a,
	      struct str *out, struct err *e) MUST_USE;

// ---- our own keys (os/gpg_own.c)

struct gpg_new {
	struct str name, mail; // "Z-CERT", "cert@z.example": without < > ( ) and ends of lines
	int64_t seconds;       // from now until it ends
	bool rsa;              // 4,096 bits, for who cannot read ed25519 and cv25519
};
// A key that signs and certifies, with a part that encrypts, without a passphrase: who may read
// the folder has it.
bool gpg_make(struct gpg *g, const struct gpg_new *x, struct arena *a, struct str *fingerprint,
	      struct err *e) MUST_USE;
// The key `by`, whose secret half is here, certifies another: a signature on its user id. In a home
// of GPG_CERTIFIED.
bool gpg_certify(struct gpg *g, struct str by, struct str key, struct arena *a, struct err *e)
	MUST_USE;
// Has that key certified it, by a signature that holds now? That one is here, and no other of
// its last 16 digits: the caller brought it. In a home of GPG_CERTIFIED.
bool gpg_certified(struct gpg *g, struct str by, struct str key, struct arena *a, bool *is,
		   struct err *e) MUST_USE;
// What revokes a key whose secret half is here, as text that gpg_revoke takes: for later, of which
// nobody knows yet why; or because it is in wrong hands (RFC 4880, 5.2.3.23).
enum gpg_reason { GPG_FOR_LATER = 0, GPG_COMPROMISED = 1 };
bool gpg_revocation(struct gpg *g, struct str key, enum gpg_reason reason, struct arena *a,
		    struct str *out, struct err *e) MUST_USE;
// By that, the key that is here is. ERR_INPUT: it is of another key, or none.
bool gpg_revoke(struct gpg *g, struct str key, struct str revocation, struct arena *a,
		struct err *e) MUST_USE;
// A text with the signatures of some of our keys behind it, readable without GnuPG.
struct gpg_signers {
	const struct str *by;
	size_t n; // 1 to 4
};
bool gpg_sign_clear(struct gpg *g, const struct gpg_signers *by, struct str text, struct arena *a,
		    struct str *out, struct err *e) MUST_USE;

// ---- what others signed, or sealed to a secret key that is here

// clang-format off
#define GPG_VERDICTS(X) /* id, word, what it says of a signature */                         \
	X(GPG_GOOD,        "good",        "it holds")                                            \
	X(GPG_BAD,         "bad",         "it does not hold: what was signed is not what is here") \
	X(GPG_UNKNOWN_KEY, "unknown-key", "it is by a key that is not known here")               \
	X(GPG_EXPIRED_KEY, "expired-key", "it holds, by a key that has expired")                 \
	X(GPG_REVOKED_KEY, "revoked-key", "it is by a key that its owner revoked")               \
	X(GPG_EXPIRED,     "expired",     "it held, and says itself that its time is over")      \
	X(GPG_WEAK,        "weak-digest", "it is over a digest that can be forged")              \
	X(GPG_UNCHECKED,   "unchecked",   "it cannot be checked")
// clang-format on
#define X(id, word, says) id,
enum gpg_verdict { GPG_VERDICTS(X) GPG_VERDICT_COUNT };
#undef X
struct str gpg_verdict_word(enum gpg_verdict verdict);
struct str gpg_verdict_says(enum gpg_verdict verdict);

struct gpg_signed { // one signature; texts in the caller's arena
	enum gpg_verdict verdict;
	// Of the key, not of its part that signed; of GPG_UNKNOWN_KEY what the signature says of
	// it, which may be its last 16 digits, or nothing.
	struct str fingerprint;
	struct str digest; // "SHA512"; empty: not known
	int64_t at;        // when it says that it was made; 0: it does not
};
struct gpg_looked {
	struct str text;             // of what has its text in itself
	LIST(struct gpg_signed) all; // at most GPG_MOST_SIGNATURES; of one that is none, none
};
// A detached signature of a text. ERR_INPUT: it is damaged, or none, or GnuPG came to no end with it. Of S/MIME the certificates that
// come along are taken in.
bool gpg_verify(struct gpg *g, struct str text, struct str signature, struct arena *a,
		struct gpg_looked *out, struct err *e) MUST_USE;
// What was signed and has its text in itself: clear-signed, or CMS. Likewise.
bool gpg_verify_whole(struct gpg *g, struct str bytes, struct arena *a, struct gpg_looked *out,
		      struct err *e) MUST_USE;
// What was sealed to a secret key that is here, and perhaps signed. ERR_INPUT: to another, it is
// damaged, or without what shows that.
bool gpg_unseal(struct gpg *g, struct str bytes, struct arena *a, struct gpg_looked *out,
		struct err *e) MUST_USE;
