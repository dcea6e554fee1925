#include "base/test.h"
#include "codec/mail/certificate.h"

// A certificate of nothing but the parts that stand before the key, and a key of one byte.
#define PARTS                                \
	"\xa0\x03\x02\x01\x02" /* version */ \
	"\x02\x01\x07"         /* serial */  \
	"\x30\x00\x30\x00\x30\x00\x30\x00"

TEST("certificate: the key stands behind version, serial, signature, issuer, validity, subject")
{
	const struct str with = S("\x30\x15\x30\x13" PARTS "\x30\x01\x2a");
	const struct str without = S("\x30\x10\x30\x0e"
				     "\x02\x01\x07\x30\x00\x30\x00\x30\x00\x30\x00"
				     "\x30\x01\x2a");
	struct str key;

	CHECK(certificate_key(with, &key) && str_eq(key, S("\x30\x01\x2a")));
	CHECK(certificate_key(without, &key) && str_eq(key, S("\x30\x01\x2a")));
}

TEST("certificate: what is cut anywhere, or has no length, is none")
{
	const struct str whole = S("\x30\x15\x30\x13" PARTS "\x30\x01\x2a");
	struct str key;

	for (size_t n = 0; n < whole.n; n++)
		CHECK(!certificate_key(str_first(whole, n), &key));
	CHECK(!certificate_key(S("\x30\x80\x30\x80" PARTS "\x30\x01\x2a"), &key));
	CHECK(!certificate_key(S("\x30\x84\xff\xff\xff\xff"), &key));
}
