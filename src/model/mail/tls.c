#include "model/mail/tls.h"

#include "codec/text/base64.h"

#define KEY_HEAD S("sha256//")

struct str tls_by_word(enum tls_by by)
{
	static const char *const words[] = {
		[TLS_BY_NOTHING] = "nothing", [TLS_BY_RELAY] = "relay", [TLS_BY_STS] = "mta-sts",
		[TLS_BY_DANE] = "dane",       [TLS_BY_PIN] = "pin",
	};

	return str_of(words[by]);
}

bool tls_key_read(struct str s, struct tls_key *out)
{
	char bytes[TLS_KEY_TEXT];
	size_t n;

	if (s.n != TLS_KEY_TEXT || !str_has_prefix(s, KEY_HEAD) ||
	    !base64_read(str_from(s, KEY_HEAD.n), bytes, &n) || n != TLS_KEY_BYTES)
		return false;
	memcpy(out->sha256, bytes, TLS_KEY_BYTES);
	return true;
}

void tls_key_write(struct buf *b, const struct tls_key *k)
{
	buf_str(b, KEY_HEAD);
	base64_write(b, (struct str){ (const char *)k->sha256, TLS_KEY_BYTES });
}

bool tlsa_read(struct str rdata, struct tlsa *out)
{
	if (rdata.n < 4)
		return false;
	*out = (struct tlsa){
		.usage = (unsigned char)rdata.p[0],
		.selector = (unsigned char)rdata.p[1],
		.matching = (unsigned char)rdata.p[2],
		.data = str_from(rdata, 3),
	};
	return true;
}

static bool usable(const struct tlsa *t)
{
	return t->usage == 3 && t->selector == 1 && t->matching == 1 && t->data.n == TLS_KEY_BYTES;
}

struct tls_want tls_by_dane(const struct tlsa *records, size_t n)
{
	struct tls_want w = { .level = TLS_MUST };

	for (size_t i = 0; i < n && w.keys < TLS_MAX_KEYS; i++)
		if (usable(&records[i]))
			memcpy(w.key[w.keys++].sha256, records[i].data.p, TLS_KEY_BYTES);
	if (w.keys > 0)
		w.by = TLS_BY_DANE;
	return w;
}

struct tls_want tls_stricter(struct tls_want a, struct tls_want b)
{
	if (a.by != b.by)
		return a.by > b.by ? a : b;
	return a.level >= b.level ? a : b;
}
