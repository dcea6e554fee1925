// Whether the domain in From is proven: by what our own mail server found (DMARC, in its
// Authentication-Results: codec/mail/auth_results.h), else by a DKIM signature that we verify
// ourselves and that is aligned with it (RFC 7489, 3.1: of the same organisation). A server that is
// trusted and says that DMARC failed is right.
//
// What verifies DKIM needs the DNS and libraries that few need: the program `dkim` of libexec
// (src/waker/dkim_main.c), which has no store.
#pragma once

#include "codec/mail/auth_results.h"
#include "codec/mail/sender.h"
#include "codec/net/name.h"
#include "os/dkim.h"
#include "task/home.h"

enum {
	DOMAIN_SECONDS = 90, // for `dkim`: five keys at 10 seconds, and its own work
};

// clang-format off
#define DOMAIN_ENDS(X) /* id, word */                                                       \
	X(DOMAIN_UNPROVEN,  "unproven")                                                          \
	X(DOMAIN_BY_SERVER, "server")    /* our server says that DMARC passed */                 \
	X(DOMAIN_BY_DKIM,   "dkim")      /* we verified an aligned signature */                  \
	X(DOMAIN_DENIED,    "denied")    /* our server says that DMARC failed */
// clang-format on
#define X(id, word) id,
enum domain_end { DOMAIN_ENDS(X) DOMAIN_END_COUNT };
#undef X
struct str domain_end_word(enum domain_end end);

struct domain {
	enum domain_end end;
	struct auth_results server; // texts point into the mail
	bool asked;                 // our own look at DKIM was made
	struct str trouble;         // why it was not, or not to its end; empty
	struct dkim_found dkim;
	const struct dkim_signature *by; // of DOMAIN_BY_DKIM; in dkim
};
struct domain_how {
	const struct home *home;
	bool ask; // may `dkim` be started, and reach out?
};
// False: ERR_SYSTEM.
bool domain_of(const struct domain_how *how, struct str mail, const struct sender *s,
	       struct arena *a, struct domain *out, struct err *e) MUST_USE;

// The organisation's domain, by the public suffix list: "m1.co.uk" of "mx.a.m1.co.uk". Empty: a name
// that is a suffix itself, or none.
struct str domain_organisation(struct str name, struct name *room);

// What `dkim` prints of what it found, and how it is read again. False: it is no such text.
void domain_print(const struct dkim_found *f);
bool domain_read(struct str text, struct arena *a, struct dkim_found *out) MUST_USE;
