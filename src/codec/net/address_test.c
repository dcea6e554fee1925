#include "base/test.h"
#include "codec/net/address.h"

static struct str text_of(struct address a, char *text)
{
	struct buf b = { .p = text, .cap = ADDRESS_TEXT };

	address_write(&b, a);
	CHECK(!b.over);
	return buf_view(&b);
}

TEST("address: what a network stack reads is read, and written as RFC 5952 says")
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "192.0.2.1", "192.0.2.1" },
		{ "0.0.0.0", "0.0.0.0" },
		{ "255.255.255.255", "255.255.255.255" },
		{ "::ffff:192.0.2.1", "192.0.2.1" },
		{ "::FFFF:C000:201", "192.0.2.1" },
		{ "2001:db8::1", "2001:db8::1" },
		{ "2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1" },
		{ "2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1" },
		{ "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1" },
		{ "::", "::" },
		{ "::1", "::1" },
		{ "1::", "1::" },
		{ "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0" },
		{ "64:ff9b::192.0.2.33", "64:ff9b::c000:221" },
		{ "1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		char text[ADDRESS_TEXT];
		struct address a;

		CHECK(address_read(str_of(cases[i].in), &a));
		CHECK(str_eq(text_of(a, text), str_of(cases[i].out)));
		CHECK(address_read_plain(str_of(cases[i].in), &a));
		CHECK(str_eq(text_of(a, text), str_of(cases[i].out)));
	}
}

TEST("address: anything else is none")
{
	static const char *const cases[] = {
		"",
		"1",
		"1.2.3",
		"1.2.3.4.5",
		"1.2.3.",
		".1.2.3",
		"1..2.3",
		"256.1.1.1",
		"1.2.3.256",
		"01.2.3.4",
		"1.2.3.04",
		"00.1.1.1",
		"1.2.3.4 ",
		" 1.2.3.4",
		"1.2.3.4/32",
		"0x7f.0.0.1",
		"2130706433",
		"1.2.3.-4",
		"999.1.1.1",
		"1.2.3.1000",
		":",
		":::",
		"::1::",
		"1:2:3:4:5:6:7",
		"1:2:3:4:5:6:7:8:9",
		"1:2:3:4:5:6:7:8::",
		"12345::",
		"g::1",
		"1:2:3:4:5:6:7:1.2.3.4",
		"::1.2.3",
		"1.2.3.4::",
		"::ffff:1.2.3.4:5",
		"fe80::1%eth0",
		"[::1]",
		"::ffff:01.2.3.4",
		"1:",
		":1",
		"1:2:3:4:5:6:7:",
		"3fff:0:0:0:0:0:0:0:1",
		"-",
		"N/A",
		"0000:0000:0000:0000:0000:0000:0000:0000:0000:0000",
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct address a;

		CHECK(!address_read(str_of(cases[i]), &a));
		CHECK(!address_read_plain(str_of(cases[i]), &a));
	}
}

TEST("address: the host of a URL may be an odd number")
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "0x7f.0.0.1", "127.0.0.1" },
		{ "0x7f.1", "127.0.0.1" },
		{ "2130706433", "127.0.0.1" },
		{ "017700000001", "127.0.0.1" },
		{ "192.0.513", "192.0.2.1" },
		{ "0XC0000201", "192.0.2.1" },
		{ "192.0.2.1.", "192.0.2.1" },
		{ "1.2.3.010", "1.2.3.8" },
		{ "4294967296", NULL },
		{ "1.2.3.4.5", NULL },
		{ "256.0.0.1", NULL },
		{ "1.2.3.256", NULL },
		{ "1.2.65536", NULL },
		{ "08.1.1.1", NULL },
		{ "1..2", NULL },
		{ ".", NULL },
		{ "1.2.3.4..", NULL },
		{ "99999999999999999999999", NULL },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		char text[ADDRESS_TEXT];
		struct address a;
		bool ok = address_read_loose(str_of(cases[i].in), &a);

		CHECK(ok == (cases[i].out != NULL));
		CHECK(!ok || str_eq(text_of(a, text), str_of(cases[i].out)));
	}
}

TEST("prefix: host bits are refused with the prefix that was meant")
{
	static const struct {
		const char *in, *out, *complaint;
	} cases[] = {
		{ "192.0.2.0/24", "192.0.2.0/24", NULL },
		{ "192.0.2.7", "192.0.2.7/32", NULL },
		{ "0.0.0.0/0", "0.0.0.0/0", NULL },
		{ "2001:db8::/32", "2001:db8::/32", NULL },
		{ "2001:db8::1", "2001:db8::1/128", NULL },
		{ "::/0", "::/0", NULL },
		{ "192.0.2.1/24", NULL,
		  "\"192.0.2.1/24\" has host bits set; the prefix is 192.0.2.0/24" },
		{ "2001:db8::1/64", NULL,
		  "\"2001:db8::1/64\" has host bits set; the prefix is 2001:db8::/64" },
		{ "192.0.2.0/33", NULL, "\"192.0.2.0/33\": the length behind / must be 0 to 32" },
		{ "192.0.2.0/", NULL, "\"192.0.2.0/\": the length behind / must be 0 to 32" },
		{ "192.0.2.0/024", NULL, "\"192.0.2.0/024\": the length behind / must be 0 to 32" },
		{ "2001:db8::/129", NULL,
		  "\"2001:db8::/129\": the length behind / must be 0 to 128" },
		{ "example/24", NULL, "\"example/24\" is no address or prefix" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		char text[ADDRESS_TEXT + 5];
		struct buf b = BUF_ON(text);
		struct err e = { 0 };
		struct prefix p;
		bool ok = prefix_read(str_of(cases[i].in), &p, &e);

		CHECK(ok == (cases[i].out != NULL));
		if (!ok) {
			CHECK(e.kind == ERR_INPUT && strcmp(e.text, cases[i].complaint) == 0);
			continue;
		}
		prefix_write(&b, p);
		CHECK(str_eq(buf_view(&b), str_of(cases[i].out)));
	}
}

TEST("prefix: it holds its first and last address and not their neighbours")
{
	struct err e;
	struct prefix p;
	struct address a;
	struct range r;

	CHECK(prefix_read(S("192.0.2.64/26"), &p, &e));
	CHECK(address_read(S("192.0.2.64"), &a) && prefix_holds(p, a));
	CHECK(address_read(S("192.0.2.127"), &a) && prefix_holds(p, a));
	CHECK(address_read(S("192.0.2.63"), &a) && !prefix_holds(p, a));
	CHECK(address_read(S("192.0.2.128"), &a) && !prefix_holds(p, a));
	r = prefix_range(p);
	CHECK(address_read(S("192.0.2.127"), &a) && address_order(r.last, a) == 0);
	CHECK(prefix_read(S("2001:db8:0:8::/61"), &p, &e));
	CHECK(address_read(S("2001:db8:0:f:ffff:ffff:ffff:ffff"), &a) && prefix_holds(p, a));
	CHECK(address_read(S("2001:db8:0:10::"), &a) && !prefix_holds(p, a));
}

TEST("prefix: a range is cut into prefixes, the longest run first")
{
	static const struct {
		const char *range, *says;
	} rows[] = {
		{ "192.0.2.10-192.0.2.20",
		  "192.0.2.10/31 192.0.2.12/30 192.0.2.16/30 192.0.2.20/32 " },
		{ "192.0.2.0-192.0.2.255", "192.0.2.0/24 " },
		{ "192.0.2.7-192.0.2.7", "192.0.2.7/32 " },
		{ "0.0.0.0-255.255.255.255", "0.0.0.0/0 " },
		{ "255.255.255.254-255.255.255.255", "255.255.255.254/31 " },
		{ "2001:db8::ffff-2001:db8::1:0", "2001:db8::ffff/128 2001:db8::1:0/128 " },
		{ "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::/0 " },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		char text[256];
		struct buf b = BUF_ON(text);
		struct range left;
		struct prefix p;
		struct err e;

		CHECK(range_read(str_of(rows[i].range), &left, &e));
		while (prefix_cut(&left, &p)) {
			prefix_write(&b, p);
			buf_char(&b, ' ');
		}
		CHECK(str_eq(buf_view(&b), str_of(rows[i].says)));
	}
}

TEST("range: both ends count, and they stand in order and in one family")
{
	struct err e;
	struct range r;
	char text[2 * ADDRESS_TEXT];
	struct buf b = BUF_ON(text);

	CHECK(range_read(S("192.0.2.10 - 192.0.2.20"), &r, &e));
	range_write(&b, r);
	CHECK(str_eq(buf_view(&b), S("192.0.2.10-192.0.2.20")));
	CHECK(!range_read(S("192.0.2.20-192.0.2.10"), &r, &e) && e.kind == ERR_INPUT);
	CHECK(!range_read(S("192.0.2.20-2001:db8::1"), &r, &e));
	CHECK(!range_read(S("192.0.2.20"), &r, &e));
}

TEST("address: sixteen bytes hold it, and give it back")
{
	unsigned char bytes[16];
	struct address a, back;

	CHECK(address_read(S("2001:db8:1:2:3:4:5:6"), &a));
	address_bytes(a, bytes);
	CHECK(bytes[0] == 0x20 && bytes[3] == 0xb8 && bytes[15] == 6);
	back = address_of_bytes(bytes);
	CHECK(address_order(a, back) == 0);
}

TEST("address: 6to4, Teredo and NAT64 say little of who is behind them")
{
	static const struct {
		const char *in;
		bool tunnel;
	} cases[] = {
		{ "2002:c000:201::1", true }, { "2001::1", true },
		{ "2001:0:1::", true },       { "64:ff9b::c000:201", true },
		{ "64:ff9b:1:2::3", true },   { "2001:db8::1", false },
		{ "2003::1", false },         { "64:ff9b::1:c000:201", false },
		{ "192.0.2.1", false },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct address a;

		CHECK(address_read(str_of(cases[i].in), &a));
		CHECK(address_is_tunnel(a) == cases[i].tunnel);
	}
}
