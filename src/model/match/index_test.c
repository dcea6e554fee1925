#include "base/test.h"
#include "model/match/index.h"
#include "model/roster/tsv.h"

static struct index *build(const struct roster *r, struct arena *a)
{
	struct index *x = NULL;
	struct err e = { 0 };
	bool ok = index_build(r, NULL, a, &x, &e);

	if (!ok)
		printf("# %s\n", e.text);
	CHECK(ok);
	return x;
}

static struct roster read_roster(struct str text, struct arena *a)
{
	struct roster r = { 0 };
	struct err e = { 0 };

	CHECK(roster_read_tsv(text, a, &r, &e));
	return r;
}

static struct str owner_value(const struct roster *r, const struct index *x, int32_t node)
{
	if (node == INDEX_NONE)
		return S("-");
	return r->assets.at[index_owner(x, index_node(x, node)->first)].value;
}

TEST("index: the most specific asset owns, enclosing ones are its parents")
{
	static const struct {
		const char *address, *owner, *parent;
	} cases[] = {
		{ "192.0.2.1", "192.0.2.0/24", "-" },
		{ "192.0.2.129", "192.0.2.128/26", "192.0.2.0/24" },
		{ "192.0.2.191", "192.0.2.128/26", "192.0.2.0/24" },
		{ "192.0.2.192", "192.0.2.0/24", "-" },
		{ "192.0.2.140", "192.0.2.140", "192.0.2.136-192.0.2.150" },
		{ "192.0.2.150", "192.0.2.136-192.0.2.150", "192.0.2.128/26" },
		{ "192.0.3.0", "-", "-" },
		{ "192.0.1.255", "-", "-" },
		{ "2001:db8:1::1", "2001:db8:1::/48", "2001:db8::/32" },
		{ "2001:db8:2::1", "2001:db8::/32", "-" },
		{ "2001:db9::", "-", "-" },
		{ "::1", "::1", "-" },
		{ "255.255.255.255", "255.255.255.255", "-" },
	};
	autoarena a;
	struct roster r;
	struct index *x;

	arena_init(&a, 1 << 24);
	r = read_roster(S("a\tprefix\t192.0.2.0/24\nb\tprefix\t192.0.2.128/26\n"
			  "c\trange\t192.0.2.136-192.0.2.150\nd\tprefix\t192.0.2.140\n"
			  "a\tprefix\t2001:db8::/32\nb\tprefix\t2001:db8:1::/48\n"
			  "a\tprefix\t::1\nc\tprefix\t255.255.255.255\n"),
			&a);
	x = build(&r, &a);
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct address at;
		int32_t node;

		CHECK(address_read(str_of(cases[i].address), &at));
		node = index_address(x, at);
		CHECK(str_eq(owner_value(&r, x, node), str_of(cases[i].owner)));
		if (node != INDEX_NONE)
			CHECK(str_eq(owner_value(&r, x, index_node(x, node)->parent),
				     str_of(cases[i].parent)));
	}
}

TEST("index: equal values are one node with all its owners")
{
	autoarena a;
	struct roster r;
	struct index *x;
	struct address at;
	const struct index_node *node;

	arena_init(&a, 1 << 24);
	r = read_roster(S("a\tprefix\t192.0.2.0/24\nb\trange\t192.0.2.0-192.0.2.255\n"
			  "a\tdomain\tmember.example\nb\tdomain\tMEMBER.example.\n"),
			&a);
	x = build(&r, &a);
	CHECK(address_read(S("192.0.2.9"), &at));
	node = index_node(x, index_address(x, at));
	CHECK(node->count == 2 && node->parent == INDEX_NONE);
	CHECK(index_owner(x, node->first) == 0 && index_owner(x, node->first + 1) == 1);
	CHECK(index_node(x, index_name(x, S("www.member.example")))->count == 2);
}

TEST("index: a name belongs to the longest domain above it, a host to itself alone")
{
	static const struct {
		const char *name, *owner;
	} cases[] = {
		{ "member.example", "member.example" },
		{ "www.member.example", "member.example" },
		{ "a.poli.member.example", "poli.member.example" },
		{ "xmember.example", "-" },
		{ "example", "-" },
		{ "member.example.n7.invalid", "-" },
		{ "vpn.other.example", "vpn.other.example" },
		{ "a.vpn.other.example", "-" },
		{ "exact.member.example", "exact.member.example" },
		{ "a.exact.member.example", "member.example" },
	};
	autoarena a;
	struct roster r;
	struct index *x;

	arena_init(&a, 1 << 24);
	r = read_roster(S("a\tdomain\tmember.example\nb\tdomain\tpoli.member.example\n"
			  "c\thost\tvpn.other.example\nc\thost\texact.member.example\n"
			  "d\tmail-domain\tmail.example\nd\taccount\tp@elsewhere.example\n"),
			&a);
	x = build(&r, &a);
	for (size_t i = 0; i < COUNTOF(cases); i++)
		CHECK(str_eq(owner_value(&r, x, index_name(x, str_of(cases[i].name))),
			     str_of(cases[i].owner)));
	CHECK(str_eq(owner_value(&r, x, index_mail(x, S("q@mail.example"), NULL)),
		     S("mail.example")));
	CHECK(index_mail(x, S("q@sub.mail.example"), NULL) == INDEX_NONE);
	CHECK(str_eq(owner_value(&r, x, index_mail(x, S("p@elsewhere.example"), NULL)),
		     S("p@elsewhere.example")));
	CHECK(str_eq(owner_value(&r, x, index_mail(x, S("q@x.member.example"), NULL)),
		     S("member.example")));
	CHECK(index_name(x, S("mail.example")) == INDEX_NONE);
}

TEST("index: AS numbers, and prefixes that lie inside an asset")
{
	autoarena a;
	struct roster r;
	struct index *x;
	struct prefix p;
	struct err e;

	arena_init(&a, 1 << 24);
	r = read_roster(
		S("a\tasn\tAS64500\nb\tprefix\t198.51.100.0/24\nb\tprefix\t198.51.100.0/26\n"), &a);
	x = build(&r, &a);
	CHECK(str_eq(owner_value(&r, x, index_asn(x, 64500)), S("AS64500")));
	CHECK(index_asn(x, 64501) == INDEX_NONE);
	CHECK(prefix_read(S("198.51.100.0/25"), &p, &e));
	CHECK(str_eq(owner_value(&r, x, index_prefix(x, p)), S("198.51.100.0/24")));
	CHECK(prefix_read(S("198.51.100.32/27"), &p, &e));
	CHECK(str_eq(owner_value(&r, x, index_prefix(x, p)), S("198.51.100.0/26")));
	CHECK(prefix_read(S("198.51.0.0/16"), &p, &e));
	CHECK(index_prefix(x, p) == INDEX_NONE);
}

TEST("index: a value that cannot be read is refused with its line")
{
	static const struct {
		struct str text;
		const char *complaint;
	} cases[] = {
		{ { "# c\na\tprefix\t192.0.2.1/24\n", 26 },
		  "line 2: \"192.0.2.1/24\" has host bits set; the prefix is 192.0.2.0/24" },
		{ { "a\tasn\tASx\n", 10 },
		  "line 1: \"ASx\" is no AS number (AS1 to AS4294967295)" },
		{ { "a\tdomain\ta..b\n", 14 }, "line 1: \"a..b\" is no domain name" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		autoarena a;
		struct roster r;
		struct index *x;
		struct err e = { 0 };

		arena_init(&a, 1 << 24);
		r = read_roster(cases[i].text, &a);
		CHECK(!index_build(&r, NULL, &a, &x, &e) && e.kind == ERR_INPUT);
		CHECK(strcmp(e.text, cases[i].complaint) == 0);
	}
}

TEST("index: an organisation is met by its whole name, however it is spelt")
{
	autoarena a;
	struct roster r;
	struct index *x;

	arena_init(&a, 1 << 24);
	r = read_roster(S("a\tname\tStichting Zorg Een\nb\tname\tzorg een b.v.\nc\tname\tZorg\n"
			  "d\tdomain\tzorg.example\n"),
			&a);
	x = build(&r, &a);
	CHECK(str_eq(owner_value(&r, x, index_brand(x, S("ZORG EEN"))), S("Stichting Zorg Een")));
	CHECK(index_node(x, index_brand(x, S("Zorg-Een")))->count == 2);
	CHECK(str_eq(owner_value(&r, x, index_brand(x, S("zorg"))), S("Zorg")));
	CHECK(index_brand(x, S("zorg een twee")) == INDEX_NONE);
	CHECK(index_brand(x, S("zorg.example")) == INDEX_NONE);
	CHECK(index_brand(x, S("")) == INDEX_NONE);
	arena_done(&a);
}
