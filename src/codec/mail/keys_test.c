#include "base/buf.h"
#include "base/test.h"
#include "codec/mail/keys.h"

enum { LIMIT = 8 << 20 };

#define HEAD  "From: a@b.example\r\nDate: Mon, 2 Mar 2026 11:00:00 +0100\r\n"
#define MIXED "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
#define ARMOR                                                                          \
	"-----BEGIN PGP PUBLIC KEY BLOCK-----\r\n\r\nmDM=\r\n-----END PGP PUBLIC KEY " \
	"BLOCK-----\r\n"

TEST("keys: what holds one is found by its type, by how it begins, and in the head")
{
	static const struct {
		const char *mail;
		unsigned count;
		const char *first; // the bytes of the first
	} rows[] = {
		{ HEAD "\r\nno key", 0, "" },
		{ HEAD "\r\nhere:\r\n" ARMOR, 1, "here:\r\n" ARMOR },
		{ HEAD "\r\n-----BEGIN CERTIFICATE-----\r\nM", 1,
		  "-----BEGIN CERTIFICATE-----\r\nM" },
		{ HEAD "\r\n-----BEGIN PKCS7-----\r\nM", 1, "-----BEGIN PKCS7-----\r\nM" },
		{ HEAD "\r\n-----BEGIN PGP PRIVATE KEY BLOCK-----\r\n", 0, "" },
		{ HEAD MIXED "Content-Type: application/pgp-keys\r\nContent-Transfer-Encoding: "
			     "base64\r\n\r\nMQoy\r\n--x--\r\n",
		  1, "1\n2" },
		{ HEAD MIXED
		  "Content-Type: application/PKCS7-signature; name=smime.p7s\r\n\r\n0\r\n"
		  "--x\r\nContent-Type: text/plain\r\n\r\nhi\r\n--x--\r\n",
		  1, "0\r\n" },
		{ HEAD MIXED "Content-Type: application/pgp-signature\r\n\r\n0\r\n--x--\r\n", 0,
		  "" },
		{ HEAD "Autocrypt: addr=a@b.example; prefer-encrypt=mutual; keydata=MQ\r\n oy\r\n"
		       "\r\nhi",
		  1, "1\n2" },
		{ HEAD "autocrypt: keydata=MQoy; addr=a@b.example\r\n\r\n" ARMOR, 2, ARMOR },
		{ HEAD "Autocrypt: keydata=???\r\n\r\nhi", 0, "" },
		{ HEAD "Autocrypt: keydata=\r\n\r\nhi", 0, "" },
		{ HEAD "Autocrypt: addr=a@b.example; nokeydata=MQoy\r\n\r\nhi", 0, "" },
		{ "", 0, "" },
	};
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct mail_keys found = { 0 };

		printf("# row %zu\n", i);
		mail_keys(str_of(rows[i].mail), &a, &found);
		CHECK(found.at.count == rows[i].count);
		CHECK(found.at.count == 0 || str_eq(found.at.at[0], str_of(rows[i].first)));
	}
}

TEST("keys: of many parts as many are taken as are read")
{
	enum { PARTS = MIME_READ_PARTS + 10, ROOM = 1 << 16 };
	struct mail_keys found = { 0 };
	autoarena a = { 0 };
	struct buf b;

	arena_init(&a, LIMIT);
	b = (struct buf){ .p = arena_new(&a, char, ROOM), .cap = ROOM };
	buf_str(&b, S(HEAD "Autocrypt: keydata=MQoy\r\n" MIXED));
	for (unsigned i = 0; i < PARTS; i++)
		buf_str(&b, S("Content-Type: application/pgp-keys\r\n\r\nk\r\n--x\r\n"));
	CHECK(!b.over);
	mail_keys(buf_view(&b), &a, &found);
	CHECK(found.at.count == MAIL_KEYS_MOST);
	CHECK(str_eq(found.at.at[MAIL_KEYS_MOST - 1], S("1\n2")));
}
