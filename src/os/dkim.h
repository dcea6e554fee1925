// DKIM signatures of a mail (RFC 6376, 8301, 8463), verified by libopendkim in a child that may only
// compute (os/cage.h): a child a mail, since it reads foreign bytes with a large library. It names the
// keys that it needs, the parent asks for them, by DNS or by whatever it was given, and the child goes
// on. What the child says is checked, and believed no more than the mail. Nothing is signed here.
//
// A signature says that a domain's server had these fields and this text; whom it proves is
// for the caller: it proves nothing of a From that it does not cover, of a text behind its length (l=), by
// a key that is on trial (t=y), under 1,024 bits, or over SHA-1 (RFC 8301), which never pass here.
#pragma once

#include "base/err.h"
#include "base/list.h"

enum {
	DKIM_SIGNATURES = 5, // of a mail, from the top; more are not looked at
	DKIM_LEAST_BITS = 1024,
	DKIM_SECONDS = 10,     // for the child's own work
	DKIM_FIELDS = 1000,    // of a head …
	DKIM_FIELD = 64 << 10, // bytes of a field
	DKIM_HEAD = 512 << 10, // … and bytes
	DKIM_HEAP = 16 << 20,  // bytes that the child may have
	DKIM_RECORD = 4 << 10, // bytes of a key's record
	DKIM_NAME = 256,       // a domain or selector, with a NUL
	DKIM_COVERS = 1024,    // bytes of the names of fields; the rest is cut
};

// clang-format off
#define DKIM_ENDS(X) /* id, word (RFC 8601, 2.7.1) */                                       \
	X(DKIM_PASS,  "pass")                                                                    \
	X(DKIM_FAIL,  "fail")       /* it does not hold */                                       \
	X(DKIM_WEAK,  "policy")     /* it holds, and is too weak to be taken */                  \
	X(DKIM_LATER, "temperror")  /* its key could not be asked for */                         \
	X(DKIM_WRONG, "permerror")  /* it, or its key, is not as it must be */
// clang-format on
#define X(id, word) id,
enum dkim_end { DKIM_ENDS(X) DKIM_END_COUNT };
#undef X
static inline struct str
dkim_end_word(enum dkim_end end) // here, so that who needs it alone loads nothing
{
	static const char *const words[] = {
#define X(id, word) [id] = word,
		DKIM_ENDS(X)
#undef X
	};

	return str_of(words[end]);
}

struct dkim_signature { // printed ASCII, in the caller's arena
	enum dkim_end end;
	struct str domain, selector; // in lower case
	struct str covers;           // "from:to:subject": h=
	struct str why;              // of all but DKIM_PASS: in words
	unsigned bits;               // of the key; 0: not known
	bool from, subject;          // it covers them
	bool secure;                 // the key came by DNSSEC
};
struct dkim_found {
	LIST(struct dkim_signature) all;
	bool more; // there are some that were not looked at, or cannot be read at all
};

struct dkim_key { // as the DNS has it; texts in the arena of who is asked
	struct str record;
	bool secure;
};
struct dkim_keys {
	// The key of a name, "s1._domainkey.m1.example". ERR_ABSENT: there is none; ERR_INPUT: there
	// are several; any other: it could not be asked for.
	bool (*of)(void *context, struct str name, struct arena *a, struct dkim_key *out,
		   struct err *e);
	void *context;
};
struct dns;
struct dkim_keys dkim_keys_by_dns(struct dns *d); // which outlives it

struct dkim_reader;
// Opens what the library needs, once a process: some 10 ms. ERR_SYSTEM.
struct dkim_reader *dkim_reader_new(struct err *e) MUST_USE;
void dkim_reader_free(struct dkim_reader *r); // NULL is a no-op
#define autodkim CLEANUP(dkim_reader_done) struct dkim_reader *
static inline void dkim_reader_done(struct dkim_reader **r)
{
	dkim_reader_free(*r);
}

// Of a mail without signatures nothing is started. `mail` is memory that a child of fork(2) gets.
// ERR_LIMIT: its head is over the bounds, or it took too long; ERR_SYSTEM: the child died, or there
// are none.
bool dkim_check(struct dkim_reader *r, struct str mail, const struct dkim_keys *keys,
		struct arena *a, struct dkim_found *out, struct err *e) MUST_USE;
