#include "base/buf.h"
#include "base/test.h"
#include "codec/text/spot.h"

TEST("spot: things of the net in lines of mails")
{
	static const struct {
		const char *line, *want;
	} rows[] = {
		{ "192.0.2.1", "address=192.0.2.1" },
		{ "- 192[.]0[.]2[.]1 (port 443), seen at 04:11", "address=192.0.2.1" },
		{ "Please look at 192.0.2.1, 192.0.2.2 and 2001:db8::1.",
		  "address=192.0.2.1 address=192.0.2.2 address=2001:db8::1" },
		{ "192.0.2.1:443 open", "address=192.0.2.1" },
		{ "net 198.51.100.0/24", "address=198.51.100.0/24" },
		{ "* hxxps://a[.]example/x?y=1", "url=https://a.example/x?y=1" },
		{ "see <http://a.example/b>.", "url=http://a.example/b" },
		{ "www.a.example is bad", "name=www.a.example" },
		{ "the site www.a.example is bad", "" },
		{ "www.a.example, mail.b.example", "name=www.a.example name=mail.b.example" },
		{ "3) j.jansen(at)a.example", "mail=j.jansen@a.example" },
		{ "Kind regards, cert@other.example", "" },
		{ "AS64500; AS64501", "asn=AS64500 asn=AS64501" },
		{ "ASAP please", "" },
		{ "version 1.2.3 of 2026.03.02", "" },
		{ "e.g. this", "name=e.g" },
		{ "10.0.0.256 is no address", "" },
		{ "\"192.0.2.1\";\"443\";\"x\"", "address=192.0.2.1" },
		{ "2026-03-02T04:11:00Z\t192.0.2.9\ttcp", "address=192.0.2.9" },
		{ "", "" },
	};
	autoarena a = { 0 };

	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		char text[512];
		struct buf b = BUF_ON(text);
		struct cells c = { 0 };

		spot_cells(str_of(rows[i].line), &a, &c);
		for (size_t k = 0; k < c.list.count; k++)
			buf_fmt(&b, "%s" STR_FMT "=" STR_FMT, k > 0 ? " " : "",
				STR_ARG(c.list.at[k].name), STR_ARG(c.list.at[k].text));
		if (!str_eq(buf_view(&b), str_of(rows[i].want)))
			printf("# %s: " STR_FMT "\n", rows[i].line, STR_ARG(buf_view(&b)));
		CHECK(str_eq(buf_view(&b), str_of(rows[i].want)));
	}
}

TEST("spot: what looks like an address and is none is counted")
{
	autoarena a = { 0 };
	struct cells c = { 0 };

	arena_init(&a, 1 << 20);
	CHECK(spot_cells(S("10.0.0.256 and 192.0.2.999 but 192.0.2.1"), &a, &c) == 2);
	CHECK(spot_cells(S("version 1.2.3, 2026.03.02"), &a, &c) == 0);
}
