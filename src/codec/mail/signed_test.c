#include "base/test.h"
#include "codec/mail/signed.h"

enum { LIMIT = 1 << 20 };
#define SIGNATURE "-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----"

static struct signed_cut of(struct arena *a, const char *mail)
{
	struct signed_cut out;

	signed_cut(str_of(mail), a, &out);
	return out;
}

TEST("signed: the entity is what stands between the boundaries, with CRLF, and no more")
{
	autoarena a = { 0 };
	struct signed_cut x;

	arena_init(&a, LIMIT);
	x = of(&a, "From: a@b.example\nContent-Type: multipart/signed; micalg=pgp-sha512;\n"
		   "\tprotocol=\"application/pgp-signature\"; boundary=\"b\"\n\n"
		   "--b\nContent-Type: text/plain\n\nFIXED \n--bb\n\n--b\n"
		   "Content-Type: application/pgp-signature\n\n" SIGNATURE "\n--b--\n");
	CHECK(x.kind == SIGNED_PGP);
	CHECK(str_eq(x.entity, S("Content-Type: text/plain\r\n\r\nFIXED \r\n--bb\r\n")));
	CHECK(str_eq(x.signature, S(SIGNATURE)));
}

TEST("signed: lines that end in CRLF stay as they are")
{
	autoarena a = { 0 };
	struct signed_cut x;

	arena_init(&a, LIMIT);
	x = of(&a, "Content-Type: multipart/signed; protocol=application/pgp-signature; "
		   "boundary=b\r\n\r\n"
		   "--b\r\nA: b\r\n\r\nx\r\n--b\r\nC: d\r\n\r\n" SIGNATURE "\r\n--b--\r\n");
	CHECK(x.kind == SIGNED_PGP && str_eq(x.entity, S("A: b\r\n\r\nx")));
}

TEST("signed: a message that is sealed is found in its part, or as the whole text")
{
	autoarena a = { 0 };
	struct signed_cut x;

	arena_init(&a, LIMIT);
	x = of(&a, "Content-Type: multipart/encrypted; boundary=b\n\n--b\nContent-Type: "
		   "application/pgp-encrypted\n\n"
		   "Version: 1\n\n--b\nContent-Type: application/octet-stream\n\n-----BEGIN PGP "
		   "MESSAGE-----\n"
		   "\nabc\n-----END PGP MESSAGE-----\n--b--\n");
	CHECK(x.kind == SEALED_PGP && str_has_suffix(x.armored, S("-----END PGP MESSAGE-----")));
	x = of(&a, "From: a@b.example\n\n-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP "
		   "MESSAGE-----\n");
	CHECK(x.kind == SEALED_PGP);
}

TEST("signed: what is not whole is not signed")
{
	static const char *const mails[] = {
		"",
		"\n",
		"Content-Type: multipart/signed; protocol=application/pgp-signature; "
		"boundary=b\n\n--b\nx\n",
		"Content-Type: multipart/signed; "
		"protocol=application/pgp-signature\n\n--\nx\n--\ny\n--\n",
		"Content-Type: multipart/signed; protocol=application/pgp-signature; "
		"boundary=b\n\n--b\nx\n--b\nno\n--b--\n",
		"From: a\n\n-----BEGIN PGP MESSAGE-----\nnever ends\n",
		"Content-Type: text/html\n\n-----BEGIN PGP MESSAGE-----\n-----END PGP "
		"MESSAGE-----\n",
	};
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	for (size_t i = 0; i < COUNTOF(mails); i++)
		CHECK(of(&a, mails[i]).kind == SIGNED_NOT);
}
