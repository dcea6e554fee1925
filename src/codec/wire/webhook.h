// How a webhook is signed, by Standard Webhooks (standardwebhooks.com, specification 1.0): an id, a
// moment and the body, by HMAC-SHA-256 with each secret that holds now, so that a new one can be
// given out before the old one ends. Pure: the HMAC is given, and memory is the caller's.
#pragma once

#include "base/buf.h"
#include "base/err.h"

enum {
	WEBHOOK_MAX_ID = 64,
	WEBHOOK_MAX_BODY = 1 << 20,
	WEBHOOK_SECRETS = 2, // while one takes over from the other
	WEBHOOK_LEAST_SECRET = 24,
	WEBHOOK_MOST_SECRET = 64,
	WEBHOOK_SIGNATURE = 3 + 44, // "v1," and base64
	WEBHOOK_SIGNATURES = WEBHOOK_SECRETS * (WEBHOOK_SIGNATURE + 1),
	WEBHOOK_ROOM = WEBHOOK_MAX_BODY + WEBHOOK_MAX_ID + 24, // of what is signed
};

#define WEBHOOK_SECRET "whsec_" // before the base64 of one

typedef void (*webhook_hmac)(struct str secret, struct str bytes, unsigned char out[32]);

struct webhook_secret {
	size_t n; // 0: none
	char bytes[(WEBHOOK_MOST_SECRET + 2) / 3 *
		   4]; // as many as its text has: it is read in place
};

struct webhook {
	struct str id;  // the same for each try of one message; without a dot
	int64_t moment; // seconds since 1970, of this try
	struct str body;
	const struct webhook_secret *secret; // WEBHOOK_SECRETS of them
};

// "whsec_" and base64 of 24 to 64 bytes. ERR_CONFIG: it is none; what it is stands in no sentence.
bool webhook_secret(struct str text, struct webhook_secret *out, struct err *e) MUST_USE;

// The value of webhook-signature into out, by way of `room`, which has WEBHOOK_ROOM bytes. ERR_INPUT:
// an id that could be another's, or no secret; ERR_LIMIT: a body over WEBHOOK_MAX_BODY.
bool webhook_sign(const struct webhook *w, webhook_hmac hmac, struct buf *room, struct buf *out,
		  struct err *e) MUST_USE;
