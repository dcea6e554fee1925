// Numbers that are nobody's, by IANA's registries "IPv4 Special-Purpose Address
// Space", "IPv6 Special-Purpose Address Space", "Special-Purpose AS Numbers" and
// RFC 1112, 5771 (multicast, reserved). Private, documentation and benchmark numbers
// are what example homes are made of.
#include "model/roster/check.h"

struct block {
	const char *prefix, *name;
	bool example;
};

// clang-format off
static const struct block blocks[] = {
	{ "0.0.0.0/8",          "\"this network\", RFC 791",           false },
	{ "10.0.0.0/8",         "private space, RFC 1918",             true  },
	{ "100.64.0.0/10",      "shared space of carriers, RFC 6598",  true  },
	{ "127.0.0.0/8",        "loopback, RFC 1122",                  false },
	{ "169.254.0.0/16",     "link-local space, RFC 3927",          false },
	{ "172.16.0.0/12",      "private space, RFC 1918",             true  },
	{ "192.0.0.0/24",       "protocol assignments, RFC 6890",      false },
	{ "192.0.2.0/24",       "documentation, RFC 5737",             true  },
	{ "192.31.196.0/24",    "AS112, RFC 7535",                     false },
	{ "192.52.193.0/24",    "AMT, RFC 7450",                       false },
	{ "192.88.99.0/24",     "6to4 relays, RFC 7526",               false },
	{ "192.168.0.0/16",     "private space, RFC 1918",             true  },
	{ "192.175.48.0/24",    "AS112, RFC 7534",                     false },
	{ "198.18.0.0/15",      "benchmarks, RFC 2544",                true  },
	{ "198.51.100.0/24",    "documentation, RFC 5737",             true  },
	{ "203.0.113.0/24",     "documentation, RFC 5737",             true  },
	{ "224.0.0.0/4",        "multicast, RFC 5771",                 false },
	{ "240.0.0.0/4",        "reserved, RFC 1112",                  false },
	{ "::/8",               "reserved and mapped space, RFC 4291", false },
	{ "100::/64",           "discard-only, RFC 6666",              false },
	{ "100::/8",            "unassigned, RFC 4291",                false },
	{ "200::/7",            "unassigned, RFC 4048",                false },
	{ "400::/6",            "unassigned, RFC 4291",                false },
	{ "800::/5",            "unassigned, RFC 4291",                false },
	{ "1000::/4",           "unassigned, RFC 4291",                false },
	{ "2001::/32",          "Teredo, RFC 4380",                    false },
	{ "2001:2::/48",        "benchmarks, RFC 5180",                true  },
	{ "2001:db8::/32",      "documentation, RFC 3849",             true  },
	{ "2001::/23",          "protocol assignments, RFC 2928",      false },
	{ "2002::/16",          "6to4, RFC 3056",                      false },
	{ "2620:4f:8000::/48",  "AS112, RFC 7534",                     false },
	{ "3fff::/20",          "documentation, RFC 9637",             true  },
	{ "4000::/2",           "unassigned, RFC 4291",                false },
	{ "8000::/2",           "unassigned, RFC 4291",                false },
	{ "c000::/3",           "unassigned, RFC 4291",                false },
	{ "e000::/4",           "unassigned, RFC 4291",                false },
	{ "f000::/5",           "unassigned, RFC 4291",                false },
	{ "f800::/6",           "unassigned, RFC 4291",                false },
	{ "fc00::/7",           "unique local space, RFC 4193",        true  },
	{ "fe00::/9",           "unassigned, RFC 4291",                false },
	{ "fe80::/10",          "link-local space, RFC 4291",          false },
	{ "fec0::/10",          "site-local space, RFC 3879",          false },
	{ "ff00::/8",           "multicast, RFC 4291",                 false },
};

static const struct {
	uint32_t first, last;
	const char *name;
	bool example;
} asns[] = {
	{ 0,          0,          "reserved, RFC 7607",              false },
	{ 112,        112,        "AS112, RFC 7534",                 false },
	{ 23456,      23456,      "AS_TRANS, RFC 6793",              false },
	{ 64496,      64511,      "documentation, RFC 5398",         true  },
	{ 64512,      65534,      "private use, RFC 6996",           true  },
	{ 65535,      65535,      "reserved, RFC 7300",              false },
	{ 65536,      65551,      "documentation, RFC 5398",         true  },
	{ 65552,      131071,     "reserved by IANA",                false },
	{ 4200000000, 4294967294, "private use, RFC 6996",           true  },
	{ 4294967295, 4294967295, "reserved, RFC 7300",              false },
};
// clang-format on

static bool block_range(const struct block *b, struct range *out)
{
	struct err e;
	struct prefix p;

	if (!prefix_read(str_of(b->prefix), &p, &e))
		return false; // not so: the test reads them all
	*out = prefix_range(p);
	return true;
}

// An IPv4 address is a mapped IPv6 address in our numbers: "::/8" would hold them all.
static bool same_family(struct range x, struct range y)
{
	return address_is_v4(x.first) == address_is_v4(y.first);
}

const char *special_range(struct range r, bool example, bool *inside)
{
	const char *holds = NULL;

	for (size_t i = 0; i < COUNTOF(blocks); i++) {
		struct range b;

		if (!block_range(&blocks[i], &b) || !same_family(b, r) ||
		    address_order(b.last, r.first) < 0 || address_order(r.last, b.first) < 0)
			continue;
		*inside =
			address_order(b.first, r.first) <= 0 && address_order(r.last, b.last) <= 0;
		if (*inside)
			return blocks[i].example && example ? NULL : blocks[i].name;
		if (!(blocks[i].example && example))
			holds = blocks[i].name;
	}
	*inside = false;
	return holds;
}

const char *special_asn(uint32_t asn, bool example)
{
	for (size_t i = 0; i < COUNTOF(asns); i++)
		if (asn >= asns[i].first && asn <= asns[i].last)
			return asns[i].example && example ? NULL : asns[i].name;
	return NULL;
}
