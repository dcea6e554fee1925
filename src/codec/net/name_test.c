#include "base/test.h"
#include "codec/net/url.h"

static size_t no_idn(struct str name, char out[NAME_MAX_BYTES + 1]) // the real one: os/idn_test.c
{
	if (!str_eq(name, S("m\xc3\xbcller.example")))
		return 0;
	memcpy(out, "xn--mller-kva.example", 22);
	return 21;
}

#define L63  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define N253 L63 "." L63 "." L63 ".aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

TEST("name: one form to compare, and no name that DNS could not carry")
{
	static const struct {
		const char *in, *out;
		unsigned labels;
	} cases[] = {
		{ "www.member.example", "www.member.example", 3 },
		{ "WWW.Member.EXAMPLE.", "www.member.example", 3 },
		{ "XN--Mller-KVA.example", "xn--mller-kva.example", 2 },
		{ "m\xc3\xbcller.example", "xn--mller-kva.example", 2 },
		{ "_dmarc.member.example", "_dmarc.member.example", 3 },
		{ "localhost", "localhost", 1 },
		{ "(none)", "(none)", 1 },
		{ N253, N253, 4 },
		{ N253 "a", NULL, 0 },
		{ N253 ".", N253, 4 },
		{ L63 ".example", L63 ".example", 2 },
		{ L63 "a.example", NULL, 0 },
		{ "", NULL, 0 },
		{ ".", NULL, 0 },
		{ "..", NULL, 0 },
		{ "a..b", NULL, 0 },
		{ ".a", NULL, 0 },
		{ "a..", NULL, 0 },
		{ "a b", NULL, 0 },
		{ "a\tb", NULL, 0 },
		{ "\xff\xfe.bad", NULL, 0 },
		{ "m\xc3\xbcller..example", NULL, 0 },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct name n;
		bool ok = name_read(str_of(cases[i].in), no_idn, &n);

		CHECK(ok == (cases[i].out != NULL));
		CHECK(!ok ||
		      (str_eq(name_str(&n), str_of(cases[i].out)) && n.labels == cases[i].labels));
		CHECK(name_read_plain(str_of(cases[i].in), no_idn, &n) == ok);
		CHECK(!ok || str_eq(name_str(&n), str_of(cases[i].out)));
	}
}

TEST("name: below a name means by whole labels")
{
	CHECK(name_within(S("www.member.example"), S("member.example")));
	CHECK(name_within(S("member.example"), S("member.example")));
	CHECK(!name_within(S("xmember.example"), S("member.example")));
	CHECK(!name_within(S("member.example"), S("www.member.example")));
	CHECK(!name_within(S("member.example.n7.invalid"), S("member.example")));
	CHECK(name_within(S("WWW.Member.example"), S("member.EXAMPLE")));
	CHECK(!name_within(S("member.example"), S("")) && !name_within(S(""), S("")));
	CHECK(!name_within(S("example"), S("member.example")));
}

TEST("url: the host is what stands behind the last @ and before the port")
{
	static const struct {
		const char *in, *out; // NULL: no host
		enum host_kind kind;
	} cases[] = {
		{ "http://www.member.example/x", "www.member.example", HOST_NAME },
		{ "HTTPS://Member.Example:8443?x#y", "member.example", HOST_NAME },
		{ "http://other.example@member.example/", "member.example", HOST_NAME },
		{ "http://a@b@member.example#@c.example", "member.example", HOST_NAME },
		{ "http://member.example?u=http://x@other.example/", "member.example", HOST_NAME },
		{ "http://member.example", "member.example", HOST_NAME },
		{ "http://member.example:/", "member.example", HOST_NAME },
		{ "http://%6dember.ex%61mple/", "member.example", HOST_NAME },
		{ "http://192.0.2.1:8080/x", "192.0.2.1", HOST_ADDRESS },
		{ "http://[2001:db8::1]:80/x", "2001:db8::1", HOST_ADDRESS },
		{ "http://[::ffff:192.0.2.1]/x", "192.0.2.1", HOST_ADDRESS },
		{ "http://0xC0000201/", "192.0.2.1", HOST_ADDRESS },
		{ "http://3221225985/", "192.0.2.1", HOST_ADDRESS },
		{ "http://192.0.2.1./", "192.0.2.1", HOST_ADDRESS },
		{ "http:///no-host", NULL, HOST_NONE },
		{ "http://", NULL, HOST_NONE },
		{ "http://%zz.example/", NULL, HOST_NONE },
		{ "http://[2001:db8::1/", NULL, HOST_NONE },
		{ "mailto:a@b.invalid", NULL, HOST_NONE },
		{ "ftp://member.example/", NULL, HOST_NONE },
		{ "not a url", NULL, HOST_NONE },
		{ "", NULL, HOST_NONE },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct host h;
		char text[ADDRESS_TEXT];
		struct buf b = BUF_ON(text);

		if (url_host(str_of(cases[i].in), no_idn, &h) != cases[i].kind)
			printf("# %s\n", cases[i].in);
		CHECK(h.kind == cases[i].kind);
		if (h.kind == HOST_ADDRESS) {
			address_write(&b, h.address);
			CHECK(str_eq(buf_view(&b), str_of(cases[i].out)));
		}
		CHECK(h.kind != HOST_NAME || str_eq(name_str(&h.name), str_of(cases[i].out)));
	}
}

TEST("mail: the domain stands behind the last @")
{
	struct name n;

	CHECK(mail_domain(S("a@b@Member.example"), NULL, &n) &&
	      str_eq(name_str(&n), S("member.example")));
	CHECK(!mail_domain(S("member.example"), NULL, &n));
	CHECK(!mail_domain(S("@member.example"), NULL, &n));
	CHECK(!mail_domain(S("a@"), NULL, &n));
}

TEST("asn: 1 to 4294967295, with or without AS")
{
	static const struct {
		const char *in;
		uint32_t out; // 0: refused
	} cases[] = {
		{ "64500", 64500 },  { "AS64500", 64500 },
		{ "as1", 1 },        { "4294967295", UINT32_MAX },
		{ "4294967296", 0 }, { "0", 0 },
		{ "", 0 },           { "AS", 0 },
		{ "ASx", 0 },        { "-1", 0 },
		{ "12.34", 0 },      { "99999999999", 0 },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		uint32_t v = 0;

		CHECK(asn_read(str_of(cases[i].in), &v) == (cases[i].out != 0) &&
		      v == cases[i].out);
	}
}
