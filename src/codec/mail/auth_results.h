// What our own mail server found of who sent a mail: Authentication-Results (RFC 8601), of the name that
// is set and of no other. Anybody can write such a field; the server takes out those that
// pretend to be its (RFC 8601, 5), and puts its own above the Received field of its. So the first of its
// name is believed, and those of its name up to the next Received field; what stands below came with the
// mail. Pure; texts point into the head. One look at the head.
#pragma once

#include "base/str.h"

enum auth_verdict { AUTH_NONE, AUTH_PASS, AUTH_FAIL, AUTH_OTHER }; // other: neutral, temperror, …

struct auth_results {
	bool there; // our server said something
	enum auth_verdict spf, dkim, dmarc, arc;
	struct str dmarc_from; // header.from of dmarc
	struct str dkim_d;     // header.d of the first dkim that passed
};
// `head`: all fields of the mail, as they came. `name`: our server's (authserv-id); empty: none is
// believed.
void auth_results_read(struct str head, struct str name, struct auth_results *out);
