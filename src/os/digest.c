#include "os/digest.h"

#include <nettle/hmac.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <string.h>

_Static_assert(sizeof(struct sha256_ctx) <= sizeof(struct digest), "room for nettle's state");

static struct sha256_ctx *of(struct digest *d)
{
	return (struct sha256_ctx *)(void *)d->state;
}

void digest_init(struct digest *d)
{
	sha256_init(of(d));
}

void digest_add(struct digest *d, struct str bytes)
{
	sha256_update(of(d), bytes.n, (const uint8_t *)bytes.p);
}

void digest_done(struct digest *d, unsigned char out[DIGEST_BYTES])
{
	sha256_digest(of(d), DIGEST_BYTES, out);
}

void digest_hex(const unsigned char in[DIGEST_BYTES], char out[DIGEST_TEXT])
{
	static const char hex[] = "0123456789abcdef";

	for (unsigned i = 0; i < DIGEST_BYTES; i++) {
		out[2 * i] = hex[in[i] >> 4];
		out[2 * i + 1] = hex[in[i] & 15];
	}
	out[DIGEST_TEXT - 1] = '\0';
}

void digest_hmac(struct str secret, struct str bytes, unsigned char out[DIGEST_BYTES])
{
	struct hmac_sha256_ctx h;

	hmac_sha256_set_key(&h, secret.n, (const uint8_t *)secret.p);
	hmac_sha256_update(&h, bytes.n, (const uint8_t *)bytes.p);
	hmac_sha256_digest(&h, DIGEST_BYTES, out);
	explicit_bzero(&h, sizeof h);
}

void digest_sha1(struct str bytes, unsigned char out[DIGEST_SHA1])
{
	struct sha1_ctx x;

	sha1_init(&x);
	sha1_update(&x, bytes.n, (const uint8_t *)bytes.p);
	sha1_digest(&x, DIGEST_SHA1, out);
}
