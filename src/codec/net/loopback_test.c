#include "base/test.h"
#include "codec/net/loopback.h"

TEST("loopback: only a port of this machine's own addresses is one")
{
	static const struct {
		struct str text;
		bool is, six;
		uint16_t port;
	} rows[] = {
		{ S("127.0.0.1:9464"), true, false, 9464 },
		{ S("[::1]:1"), true, true, 1 },
		{ S("127.0.0.1:65535"), true, false, 65535 },
		{ S("127.0.0.1:65536"), false, false, 0 },
		{ S("127.0.0.1:0"), false, false, 0 },
		{ S("127.0.0.1:"), false, false, 0 },
		{ S("127.0.0.1"), false, false, 0 },
		{ S("127.0.0.1:009464"), false, false, 0 },
		{ S("127.0.0.1:94 "), false, false, 0 },
		{ S("127.0.0.2:9464"), false, false, 0 },
		{ S("0.0.0.0:9464"), false, false, 0 },
		{ S("[::]:9464"), false, false, 0 },
		{ S("::1:9464"), false, false, 0 },
		{ S("localhost:9464"), false, false, 0 },
		{ S(":9464"), false, false, 0 },
		{ S("9464"), false, false, 0 },
		{ S(""), false, false, 0 },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct loopback l = { 0 };

		CHECK(loopback_read(rows[i].text, &l) == rows[i].is);
		CHECK(!rows[i].is || (l.six == rows[i].six && l.port == rows[i].port));
	}
}
