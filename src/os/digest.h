// SHA-256 (FIPS 180-4) by nettle, which uses the processor's own instructions where
// it has them. Values on the stack; nothing to free.
#pragma once

#include "base/str.h"

enum { DIGEST_BYTES = 32, DIGEST_TEXT = 65 }; // hexadecimal and a NUL

struct digest {
	_Alignas(16) unsigned char state[128];
};

void digest_init(struct digest *d);
void digest_add(struct digest *d, struct str bytes);
void digest_done(struct digest *d, unsigned char out[DIGEST_BYTES]);
void digest_hex(const unsigned char in[DIGEST_BYTES], char out[DIGEST_TEXT]); // lower case

// HMAC-SHA-256 (RFC 2104) of the bytes by the secret.
void digest_hmac(struct str secret, struct str bytes, unsigned char out[DIGEST_BYTES]);

// SHA-1, for names alone that a specification makes of it (Web Key Directory): it proves nothing.
enum { DIGEST_SHA1 = 20 };
void digest_sha1(struct str bytes, unsigned char out[DIGEST_SHA1]);
