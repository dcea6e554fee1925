// Hands a body to a member's webhook: one POST over HTTPS, signed by codec/wire/webhook.h, to no
// private address (but in an example home), and no redirect is followed. Who keeps the rows calls
// it again as err_meaning and out->again say.
#pragma once

#include "codec/wire/webhook.h"
#include "os/http_client.h"

enum { HOOK_SECONDS = 30 };

struct hook {
	struct str url;
	struct webhook_secret secret[WEBHOOK_SECRETS];
	bool example; // http:// and private addresses may be
};

struct hook_message {
	struct str id;   // the same for each try of it
	int64_t moment;  // of this try, in seconds since 1970
	struct str body; // JSON
};

struct hook_answer {
	unsigned
		status; // of HTTP; 0: it did not come so far, and nobody knows whether it was taken
	uint32_t again; // seconds that it asks to wait; 0: not said
	char says[ASK_MAX_SAYS]; // of a refusal, printable
	size_t n;
};

// True: it was taken (2xx). False: ERR_REMOTE, to be tried again (429, 5xx, no answer); ERR_INPUT,
// it does not want it (other statuses; 410: never again); ERR_CONFIG, the URL. *out is set in
// each case.
bool hook_post(struct http_client *c, const struct hook *h, const struct hook_message *m,
	       struct hook_answer *out, struct err *e) MUST_USE;
