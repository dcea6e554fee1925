#include "base/test.h"
#include "codec/net/endpoint.h"

TEST("endpoint: an address and a port, of IPv6 in brackets, and nothing else")
{
	static const struct {
		struct str text;
		bool is, loopback;
		uint16_t port;
	} rows[] = {
		{ S("192.0.2.1:443"), true, false, 443 },
		{ S("0.0.0.0:8443"), true, false, 8443 },
		{ S("[::]:443"), true, false, 443 },
		{ S("[2001:db8::1]:65535"), true, false, 65535 },
		{ S("127.0.0.1:1"), true, true, 1 },
		{ S("127.9.9.9:80"), true, false, 80 },
		{ S("[::1]:80"), true, true, 80 },
		{ S("192.0.2.1"), false, false, 0 },
		{ S("192.0.2.1:"), false, false, 0 },
		{ S("192.0.2.1:0"), false, false, 0 },
		{ S("192.0.2.1:65536"), false, false, 0 },
		{ S("192.0.2.1:000443"), false, false, 0 },
		{ S("[192.0.2.1]:443"), false, false, 0 },
		{ S("2001:db8::1:443"), false, false, 0 },
		{ S("[2001:db8::1]443"), false, false, 0 },
		{ S("[2001:db8::1"), false, false, 0 },
		{ S("www.example.org:443"), false, false, 0 },
		{ S(""), false, false, 0 },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct endpoint x = { 0 };

		CHECK(endpoint_read(rows[i].text, &x) == rows[i].is);
		CHECK(!rows[i].is ||
		      (x.port == rows[i].port && endpoint_is_loopback(&x) == rows[i].loopback));
	}
}
