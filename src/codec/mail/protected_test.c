#include "base/test.h"
#include "codec/mail/protected.h"

static char room[1 << 14];

static bool is(const struct buf *b, const char *wanted)
{
	if (!str_eq(buf_view(b), str_of(wanted)))
		printf("# got:\n" STR_FMT "\n# wanted:\n%s\n", STR_ARG(buf_view(b)), wanted);
	return !b->over && str_eq(buf_view(b), str_of(wanted));
}

TEST("protected: what is signed stands in it as it was, its own last line end too")
{
	struct buf b = BUF_ON(room);

	protected_signed(&b, S("Content-Type: text/plain\r\n\r\na\r\n"),
			 S("-----BEGIN PGP SIGNATURE-----\n\nx\n"), S("pgp-sha512"), 0xabc);
	CHECK(is(&b, "Content-Type: multipart/signed; micalg=\"pgp-sha512\";\r\n"
		     " protocol=\"application/pgp-signature\"; boundary=\"=_s0000000000000abc\"\r\n"
		     "\r\n--=_s0000000000000abc\r\n"
		     "Content-Type: text/plain\r\n\r\na\r\n"
		     "\r\n--=_s0000000000000abc\r\n"
		     "Content-Type: application/pgp-signature; name=\"signature.asc\"\r\n"
		     "Content-Disposition: inline; filename=\"signature.asc\"\r\n"
		     "Content-Description: OpenPGP digital signature\r\n"
		     "\r\n-----BEGIN PGP SIGNATURE-----\r\n\r\nx\r\n"
		     "\r\n--=_s0000000000000abc--\r\n"));
	CHECK(b.n <= protected_room(40, 40));
}

TEST("protected: what is encrypted comes behind its version")
{
	struct buf b = BUF_ON(room);

	protected_sealed(&b, S("-----BEGIN PGP MESSAGE-----\r\n\nx"), 1);
	CHECK(is(&b,
		 "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\";\r\n"
		 " boundary=\"=_e0000000000000001\"\r\n"
		 "\r\n--=_e0000000000000001\r\n"
		 "Content-Type: application/pgp-encrypted\r\n"
		 "\r\nVersion: 1\r\n"
		 "\r\n--=_e0000000000000001\r\n"
		 "Content-Type: application/octet-stream; name=\"encrypted.asc\"\r\n"
		 "Content-Disposition: inline; filename=\"encrypted.asc\"\r\n"
		 "\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nx\r\n"
		 "\r\n--=_e0000000000000001--\r\n"));
}

TEST("protected: an envelope is base64")
{
	struct buf b = BUF_ON(room);

	protected_enveloped(&b, S("\x30\x03"));
	CHECK(is(&b, "Content-Type: application/pkcs7-mime; smime-type=\"enveloped-data\";\r\n"
		     " name=\"smime.p7m\"\r\n"
		     "Content-Disposition: attachment; filename=\"smime.p7m\"\r\n"
		     "Content-Transfer-Encoding: base64\r\n"
		     "\r\nMAM=\r\n"));
}

TEST("protected: what does not fit is said")
{
	char small[100];
	struct buf b = BUF_ON(small);

	protected_sealed(&b, S("x"), 1);
	CHECK(b.over);
}
