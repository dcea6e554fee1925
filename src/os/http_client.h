// One GET or POST over HTTP or HTTPS by libcurl. What is refused, whatever the other side
// says: certificates that do not hold, other protocols, more than HTTP_MAX_REDIRECTS
// redirects or one from https to http, addresses that are nobody's or private (unless the
// ask allows them), bodies over their bound after decompression, and what comes too slowly.
// Secret headers and passwords never follow a redirect to another host.
#pragma once

#include "codec/wire/ask.h"

enum {
	HTTP_MAX_REDIRECTS = 3,
	HTTP_CONNECT_SECONDS = 20,
	HTTP_MAX_TAG = 256, // longer ETags are not kept
};

struct http_sink { // where the body goes, as it comes
	bool (*take)(void *, struct str bytes, struct err *e);
	void (*progress)(void *, uint64_t done, uint64_t all); // some times a second; NULL: none
	void *context;
};

struct http_client;                        // keeps connections open for the next ask
struct http_client *http_client_new(void); // ends the process without memory
void http_client_free(struct http_client *c);

// Where the certificates are by which other sides are checked, where an ask names none: a
// file, a folder, or both; NULL: not there. They live as long as the process.
struct http_trust {
	const char *file, *folder;
};
struct http_trust http_trust(const struct http_client *c);

// False: it did not come to a status, or the body did not come whole: ERR_REMOTE where
// another try may help, ERR_LIMIT over a bound, ERR_CONFIG where the ask must change. With
// true, out->status says what came of it; only the body of a 200 went to the sink. Texts of
// *out hold until the next call.
bool http_ask(struct http_client *c, const struct ask *x, const struct http_sink *sink,
	      struct ask_answer *out, struct err *e) MUST_USE;
