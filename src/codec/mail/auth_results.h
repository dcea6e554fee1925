// What our own mail server found of who sent a mail: Authentication-Results (RFC 8601), of the name that
// is set and of no other. Pure; texts point into the head. One look at the head.
//
// Which fields count: the topmost block of our server's, that is the first field of its name, and those
// of its name between that and the next Received field. Anybody can write such a field into a mail; the
// server must take out those that pretend to be its (RFC 8601, 5), and puts its own above the Received
// field of its. What stands below that came with the mail, and is never looked at once the server has
// spoken. A Received field above the block is no reason to doubt it: a hop inside (LMTP, a mailbox)
// puts one there, and nothing in a head tells such a hop from one that a sender made up. So a server
// that takes nothing out, and is silent on a mail, would let a made-up field through: that is what the
// setting [mail] trusted says of it.
#pragma once

#include "base/str.h"

enum {
	AUTH_FIELDS = 200, // of the head that are looked at, from the top
	AUTH_RESULTS = 16, // of the block; more are left out
};

enum auth_verdict { AUTH_NONE, AUTH_PASS, AUTH_FAIL, AUTH_OTHER }; // other: neutral, temperror, …

// clang-format off
#define AUTH_METHODS(X) /* id, word, what several say together */                         \
	X(AUTH_SPF,   "spf",   AUTH_ANY)                                                       \
	X(AUTH_DKIM,  "dkim",  AUTH_ANY)    /* a mail may have several signatures */           \
	X(AUTH_DMARC, "dmarc", AUTH_ONE)  /* there is one; two that differ prove nothing */  \
	X(AUTH_ARC,   "arc",   AUTH_ONE)
// clang-format on
#define X(id, ...) id,
enum auth_method { AUTH_METHODS(X) AUTH_METHOD_COUNT };
#undef X
struct str auth_method_word(enum auth_method method);

struct auth_result { // texts that are not there are empty
	enum auth_method method;
	enum auth_verdict verdict;
	struct str word;                     // "pass", "softfail"
	struct str reason;                   // of the server, "reason=…"
	struct str header_from;              // dmarc: the domain in From
	struct str header_d, header_s;       // dkim: who signed, and with which of its keys
	struct str header_i;                 // dkim: in whose name
	struct str smtp_mailfrom, smtp_helo; // spf
};

struct auth_results {
	bool there;                              // our server said something
	unsigned said;                           // of which methods: bit 1 << enum auth_method
	enum auth_verdict spf, dkim, dmarc, arc; // of all of each method together
	struct str dmarc_from;                   // header.from of dmarc
	struct str dkim_d;                       // header.d of the first dkim that passed
	size_t count;
	struct auth_result at[AUTH_RESULTS];
};
// `head`: all fields of the mail, as they came. `name`: our server's (authserv-id); empty: none is
// believed.
void auth_results_read(struct str head, struct str name, struct auth_results *out);
