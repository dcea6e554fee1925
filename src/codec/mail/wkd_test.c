#include "base/test.h"
#include "codec/mail/wkd.h"

// Of "joe.doe": the specification's own example.
static const unsigned char joe[WKD_HASH] = { 0xa8, 0x3e, 0xe9, 0x4b, 0xe8, 0x9c, 0x48,
					     0xa1, 0x1e, 0xd2, 0x5a, 0xb4, 0x4c, 0xfd,
					     0xc8, 0x48, 0x83, 0x3c, 0x8b, 0x6e };

static const char *url(enum wkd_method method, struct str address, const unsigned char *hash)
{
	static char room[WKD_URL];
	struct buf b = BUF_ON(room);

	CHECK(wkd_url(&b, method, address, hash));
	buf_char(&b, '\0');
	return room;
}

TEST("wkd: the example of the specification, by both methods")
{
	CHECK(str_eq(str_of(url(WKD_ADVANCED, S("Joe.Doe@Example.ORG"), joe)),
		     S("https://openpgpkey.example.org/.well-known/openpgpkey/example.org/hu/"
		       "iy9q119eutrkn8s1mk4r39qejnbu3n5q?l=Joe.Doe")));
	CHECK(str_eq(str_of(url(WKD_DIRECT, S("Joe.Doe@Example.ORG"), joe)),
		     S("https://example.org/.well-known/openpgpkey/hu/"
		       "iy9q119eutrkn8s1mk4r39qejnbu3n5q?l=Joe.Doe")));
}

TEST("wkd: both folders lie in one site, and neither is in the other's way")
{
	char room[200];
	struct buf b = BUF_ON(room);

	CHECK(wkd_folder(&b, WKD_ADVANCED, S("Joe.Doe@Example.ORG")));
	CHECK(str_eq(buf_view(&b), S(".well-known/openpgpkey/example.org/")));
	b.n = 0;
	CHECK(wkd_folder(&b, WKD_DIRECT, S("Joe.Doe@Example.ORG")));
	CHECK(str_eq(buf_view(&b), S(".well-known/openpgpkey/")));
	b.cap = b.n = 8;
	CHECK(!wkd_folder(&b, WKD_DIRECT, S("a@e.example")));
}

TEST("wkd: what a URL may not have is escaped, and what does not fit is said")
{
	char small[40];
	struct buf b = BUF_ON(small);

	CHECK(str_has_suffix(str_of(url(WKD_DIRECT, S("o'n+x@e.example"), joe)),
			     S("?l=o%27n%2Bx")));
	CHECK(!wkd_url(&b, WKD_DIRECT, S("a@e.example"), joe));
}
