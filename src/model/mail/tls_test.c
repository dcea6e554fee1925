#include "base/test.h"
#include "model/mail/tls.h"

#define KEY S("sha256//AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")

TEST("mail tls: a key is read as it is written, and nothing else is one")
{
	static const char *const wrong[] = {
		"",
		"sha256//",
		"sha1//AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
		"sha256//AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh",
		"sha256//AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8f",
		"sha256//AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdH!8=",
	};
	char room[TLS_KEY_TEXT];
	struct buf b = BUF_ON(room);
	struct tls_key key;

	CHECK(tls_key_read(KEY, &key) && key.sha256[0] == 0 && key.sha256[31] == 31);
	tls_key_write(&b, &key);
	CHECK(!b.over && str_eq(buf_view(&b), KEY));
	for (size_t i = 0; i < COUNTOF(wrong); i++)
		CHECK(!tls_key_read(str_of(wrong[i]), &key));
}

static struct tlsa record(unsigned usage, unsigned selector, unsigned matching, char fill)
{
	static char room[8][64];
	static unsigned next;
	char *at = room[next++ % COUNTOF(room)];
	struct tlsa t;

	at[0] = (char)usage;
	at[1] = (char)selector;
	at[2] = (char)matching;
	memset(at + 3, fill, TLS_KEY_BYTES);
	CHECK(tlsa_read((struct str){ at, 3 + TLS_KEY_BYTES }, &t));
	return t;
}

TEST("mail tls: TLSA records that say a server's own key enforce it, each of them")
{
	struct tlsa all[] = { record(3, 1, 1, 'a'), record(2, 1, 1, 'b'), record(3, 1, 1, 'c') };
	struct tls_want w = tls_by_dane(all, COUNTOF(all));

	CHECK(w.level == TLS_MUST && w.by == TLS_BY_DANE && w.keys == 2 && !w.by_name);
	CHECK(w.key[0].sha256[0] == 'a' && w.key[1].sha256[31] == 'c');
}

TEST("mail tls: with none that can be used it is encrypted, and nothing enforces with whom")
{
	struct tlsa all[] = { record(2, 1, 1, 'a'), record(3, 0, 1, 'b'), record(3, 1, 2, 'c'),
			      record(1, 1, 1, 'd') };
	struct tls_want w = tls_by_dane(all, COUNTOF(all));
	struct tlsa t;

	CHECK(w.level == TLS_MUST && w.by == TLS_BY_NOTHING && w.keys == 0);
	all[0] = record(3, 1, 1, 'e');
	all[0].data.n--; // of another length than SHA-256 has
	CHECK(tls_by_dane(all, 1).by == TLS_BY_NOTHING);
	CHECK(!tlsa_read(S("\3\1\1"), &t));
}

TEST("mail tls: of two that hold for one server the stronger is obeyed")
{
	struct tls_want try = { .level = TLS_TRY }, must = { .level = TLS_MUST };
	struct tls_want sts = { .level = TLS_MUST, .by = TLS_BY_STS };
	struct tls_want dane = { .level = TLS_MUST, .by = TLS_BY_DANE };
	struct tls_want pin = { .level = TLS_MUST, .by = TLS_BY_PIN };

	CHECK(tls_stricter(try, must).level == TLS_MUST);
	CHECK(tls_stricter(sts, dane).by == TLS_BY_DANE); // RFC 8461, 2
	CHECK(tls_stricter(pin, dane).by == TLS_BY_PIN);
	CHECK(tls_stricter(must, sts).by == TLS_BY_STS);
	CHECK(str_eq(tls_by_word(TLS_BY_STS), S("mta-sts")));
}
