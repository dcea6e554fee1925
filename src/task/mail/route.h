// Which way a mail takes: to our relay, or to the servers of the recipient's domain, each with how
// its connection must be kept and by what that is enforced: a pin of mail.pins, else DANE (RFC
// 7672), else MTA-STS (RFC 8461), for the relay what the settings say of it. What a domain's policy
// was is kept in run/mta-sts/, so that who cuts us off from it for a while gains nothing.
#pragma once

#include "os/dns.h"
#include "os/http_client.h"
#include "os/smtp_client.h"
#include "task/credentials.h"
#include "task/home.h"

enum { ROUTE_MAX_HOPS = 6, ROUTE_PORT = 25 };

struct route {
	bool relay;
	bool signed_names; // the list of servers was signed (DNSSEC)
	unsigned hops;
	struct smtp_hop hop[ROUTE_MAX_HOPS]; // to be tried in this order
	// What enforces TLS as far as the recipient's server, on every hop: by the weakest.
	enum tls_by by;
	struct str note; // what was left out, and why; empty: nothing
};

// What finding ways needs, for as long as a process sends. Zeroed, it is to be opened.
struct ways {
	const struct home *home;
	struct arena a; // of its own texts
	struct str helo, pins;
	struct credentials who;
	struct dns *dns;          // opened when a name is first asked for
	struct http_client *http; // likewise
	uint16_t port;            // of other servers: ROUTE_PORT, but in an example home
};
#define autoways CLEANUP(ways_close) struct ways

// ERR_CONFIG: mail is off, the relay is not said, mail.pins or credentials/mail is wrong.
bool ways_open(const struct home *h, struct ways *out, struct err *e) MUST_USE;
void ways_close(struct ways *w);

// The way to a domain (in ASCII). With `enforced` only what RULES 7 calls that: ERR_DENIED where
// nothing enforces it. ERR_INPUT: there is no such domain, or it takes no mail; ERR_REMOTE: the DNS
// does not say, or only what its signatures contradict. Texts live in a and in w.
bool route_mail(struct ways *w, struct str domain, bool enforced, struct arena *a,
		struct route *out, struct err *e) MUST_USE;

// Sends over the hops of a route in their order: the next one where nobody has it and the server
// said nothing for good (RFC 5321, 5.1). As smtp_send; *hop is the last that was tried.
bool route_send(struct smtp_client *c, const struct route *r, const struct smtp_mail *m,
		unsigned *hop, struct smtp_answer *out, struct err *e) MUST_USE;
