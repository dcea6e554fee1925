// Questions to the DNS by libunbound, which checks the signatures of DNSSEC here, from the root's
// key on (the package dns-root-data): so "secure" is our own word, not that of whoever was asked.
// A question takes DNS_SECONDS at most.
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/list.h"

enum { DNS_SECONDS = 10, DNS_MAX_RECORDS = 32, DNS_MAX_RESOLVERS = 4 };

enum dns_type { DNS_A = 1, DNS_MX = 15, DNS_TXT = 16, DNS_AAAA = 28, DNS_TLSA = 52 };

struct dns_how {
	struct str resolver; // "system", "self", or "ADDRESS[@PORT],…"
	const char *anchors; // a file of keys of further zones; NULL
};

struct dns;
// ERR_CONFIG: the root's key or the file of anchors cannot be read.
bool dns_open(const struct dns_how *how, struct dns **out, struct err *e) MUST_USE;
void dns_close(struct dns *d); // NULL is a no-op

struct dns_answer {
	bool name;             // there is one of this name, with or without such records
	bool secure;           // what was said, also that there is none, is signed
	LIST(struct str) data; // of each record, as its bytes; at most DNS_MAX_RECORDS
};

// Texts live in a. ERR_REMOTE: nobody answered in time, or the signatures do not hold.
bool dns_ask(struct dns *d, struct str name, enum dns_type type, struct arena *a,
	     struct dns_answer *out, struct err *e) MUST_USE;
