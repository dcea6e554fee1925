#include "base/test.h"
#include "codec/mail/signed.h"

#include <stdlib.h>

enum { LIMIT = 256 << 20 };

static struct arena a;

static struct signed_cut of(struct str mail)
{
	struct signed_cut c;

	if (a.start == NULL)
		arena_init(&a, LIMIT);
	CHECK(signed_cut(mail, &a, &c));
	return c;
}

#define HEAD                                                                  \
	"From: a@m1.example\r\nContent-Type: multipart/signed; boundary=fee;" \
	"\r\n protocol=\"application/pgp-signature\"; micalg=pgp-sha512\r\n\r\n"
#define PART      "Content-Type: text/plain\r\n\r\nwords \r\n\r\n--feed\r\nmore\r\n"
#define SIGNATURE "Content-Type: application/pgp-signature\r\n\r\n-----BEGIN PGP SIGNATURE-----\r\n"

TEST("signed: the entity is cut to the byte, without the end of line that is the boundary's")
{
	struct signed_cut c = of(S(HEAD "preamble\r\n--fee\r\n" PART "\r\n--fee\r\n" SIGNATURE
					"\r\n--fee--\r\nepilogue\r\n"));

	CHECK(c.form == SIGNED_PGP && c.whole && c.broken == NULL);
	CHECK(str_eq(c.bytes, S(PART)));
	CHECK(str_eq(c.signature, S("-----BEGIN PGP SIGNATURE-----\r\n")));
	c = of(S(HEAD "--fee  \r\n" PART "--fee\r\n" SIGNATURE "--fee--"));
	CHECK(str_eq(c.bytes, str_first(S(PART), sizeof PART - 3)));
}

TEST("signed: a mail whose lines end in LF gets its CRLF back, one that has them none more")
{
	struct signed_cut c =
		of(S("Content-Type: multipart/signed; boundary=\"a b\"\n\n--a b\n\nx\n\ny\r\nz\n"
		     "--a b\nContent-Type: application/x-pkcs7-signature\n"
		     "Content-Transfer-Encoding: base64\n\nMIIB\n--a b--\n"));

	CHECK(c.form == SIGNED_SMIME && str_eq(c.bytes, S("\r\nx\r\n\r\ny\r\nz")));
	CHECK(str_eq(c.signature, S("\x30\x82\x01")));
	c = of(S(HEAD "--fee\r\n\r\nx\ny\r\n--fee\r\n" SIGNATURE "--fee--"));
	CHECK(str_eq(c.bytes, S("\r\nx\ny")));
}

TEST("signed: what is not two parts, closed, of a signature that is known, is not signed")
{
	static const struct str mails[] = {
		S(HEAD "--fee\r\n" PART "\r\n--fee\r\n" SIGNATURE),
		S(HEAD "--fee\r\n" PART "\r\n--fee--\r\n"),
		S(HEAD "--fee\r\n" PART "\r\n--fee\r\n" SIGNATURE "\r\n--fee\r\n" PART
		       "\r\n--fee--\r\n"),
		S(HEAD "--fee\r\n" PART
		       "\r\n--fee\r\nContent-Type: text/plain\r\n\r\nx\r\n--fee--"),
		S(HEAD "--fee\r\n" PART
		       "\r\n--fee\r\nContent-Type: application/pkcs7-signature\r\n\r\nx\r\n"
		       "--fee--"),
		S("Content-Type: multipart/encrypted; boundary=fee\r\n\r\n--fee\r\n\r\nx\r\n"
		  "--fee\r\n\r\nx\r\n--fee--"),
		S("Content-Type: application/pkcs7-mime\r\n\r\nwords"),
		S("Content-Type: application/pkcs7-mime\r\n\r\n"),
	};

	for (size_t i = 0; i < COUNTOF(mails); i++) {
		struct signed_cut c = of(mails[i]);

		CHECK(c.form == SIGNED_NOT && c.broken != NULL && c.bytes.n == 0);
	}
	CHECK(of(S("")).form == SIGNED_NOT && of(S("Subject: x\r\n\r\nwords")).broken == NULL);
	CHECK(of(S("Content-Type: multipart/signed\r\n\r\n")).form == SIGNED_NOT);
}

TEST("signed: beside other parts it is not the whole, and a mail inside is another's")
{
	struct signed_cut c =
		of(S("Content-Type: multipart/mixed; boundary=out\r\n\r\n--out\r\n\r\nhello\r\n"
		     "--out\r\n" HEAD "--fee\r\n" PART "\r\n--fee\r\n" SIGNATURE "\r\n--fee--\r\n"
		     "--out\r\n\r\na footer\r\n--out--\r\n"));

	CHECK(c.form == SIGNED_PGP && !c.whole && str_eq(c.bytes, S(PART)));
	c = of(S("Content-Type: multipart/mixed; boundary=out\r\n\r\n--out\r\n"
		 "Content-Type: message/rfc822\r\n\r\n" HEAD "--fee\r\n" PART
		 "\r\n--fee\r\n" SIGNATURE "\r\n--fee--\r\n--out--\r\n"));
	CHECK(c.form == SIGNED_NOT && c.broken == NULL);
}

#define CLEAR                                                                 \
	"-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA512\r\n\r\nwords\r\n" \
	"-----BEGIN PGP SIGNATURE-----\r\n\r\nxxxx\r\n-----END PGP SIGNATURE-----\r\n"
#define SEALED "-----BEGIN PGP MESSAGE-----\n\nxxxx\n-----END PGP MESSAGE-----"

TEST("signed: a block within a text, and what stands around it")
{
	struct signed_cut c = of(S("From: a@m1.example\r\n\r\n\r\n" CLEAR "\r\n"));

	CHECK(c.form == SIGNED_PGP_TEXT && c.whole && str_eq(c.bytes, S(CLEAR)));
	CHECK(!of(S("From: a@m1.example\r\n\r\nFIXED\r\n" CLEAR)).whole);
	CHECK(!of(S("From: a@m1.example\r\n\r\n" CLEAR "-- \r\nlist")).whole);
	c = of(S("Content-Type: text/plain; charset=latin1\nContent-Transfer-Encoding: "
		 "quoted-printable\n\n-----BEGIN PGP ME=\nSSAGE-----\n\nab=3D=3D\n-----END PGP "
		 "MESSAGE-----\n"));
	CHECK(c.form == SEALED_PGP_TEXT && c.whole);
	CHECK(str_eq(c.bytes,
		     S("-----BEGIN PGP MESSAGE-----\n\nab==\n-----END PGP MESSAGE-----\n")));
	CHECK(str_eq(c.type, S("text/plain; charset=latin1")));
	CHECK(of(S("\n\n> " SEALED)).form == SIGNED_NOT);
	CHECK(of(S("\n\n-----BEGIN PGP MESSAGE-----\nx\n")).form == SIGNED_NOT);
	CHECK(of(S("Content-Type: text/html\n\n" SEALED)).form == SIGNED_NOT);
	CHECK(!of(S("Content-Type: application/octet-stream\n\n" SEALED)).whole);
}

TEST("signed: S/MIME in one piece is told by its bytes, whatever its head says")
{
	static const struct {
		const char *der;
		enum signed_form form;
	} rows[] = {
		{ "MIIBAAYJKoZIhvcNAQcC", SIGNED_CMS }, // a long length
		{ "MAsGCSqGSIb3DQEHAw==", SEALED_CMS },
		{ "MIAGCSqGSIb3DQEHAg==", SIGNED_CMS }, // without a length
		{ "MIAGCyqGSIb3DQEJEAEX", SEALED_CMS },
		{ "MAsGCSqGSIb3DQEHAQ==", SIGNED_NOT },
		{ "MP8=", SIGNED_NOT },
		{ "MA==", SIGNED_NOT },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		char mail[300];

		snprintf(mail, sizeof mail,
			 "Content-Type: application/x-pkcs7-mime; smime-type=enveloped-data\r\n"
			 "Content-Transfer-Encoding: base64\r\n\r\n%s\r\n",
			 rows[i].der);
		CHECK(of(str_of(mail)).form == rows[i].form);
	}
	CHECK(signed_is_sealed(SEALED_CMS) && signed_is_smime(SEALED_CMS));
	CHECK(!signed_is_sealed(SIGNED_CMS) && !signed_is_smime(SEALED_PGP));
	CHECK(str_eq(signed_form_word(SIGNED_CMS), S("smime-opaque")));
	CHECK(str_eq(signed_form_says(SIGNED_SMIME), S("signed by S/MIME")));
}

TEST("signed: depth, parts, boundary and length have bounds")
{
	char deep[4000], *p = deep;
	struct signed_cut c;
	struct str much = { calloc(1, SIGNED_MOST + 1), SIGNED_MOST + 1 };

	for (unsigned i = 0; i <= SIGNED_DEPTH; i++)
		p += snprintf(p, 100, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i,
			      i);
	p += snprintf(p, 200, "\n" CLEAR);
	for (unsigned i = SIGNED_DEPTH + 1; i-- > 0;)
		p += snprintf(p, 100, "\n--b%u--\n", i);
	CHECK(of(str_of(deep)).form == SIGNED_NOT);
	CHECK(of(str_of(strstr(deep, "--b0\n") + 5)).form == SIGNED_PGP_TEXT);
	CHECK(much.p != NULL && !signed_cut(much, &a, &c));
	p = deep + snprintf(deep, 100, "Content-Type: multipart/mixed; boundary=b\n\n");
	for (unsigned i = 0; i < SIGNED_PARTS; i++)
		p += snprintf(p, 100, "--b\n\nx\n");
	snprintf(p, 300, "--b\n\n" CLEAR "\n--b--\n");
	CHECK(of(str_of(deep)).form == SIGNED_NOT);
}
