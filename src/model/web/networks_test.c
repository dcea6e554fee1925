#include "base/test.h"
#include "model/web/networks.h"

TEST("networks: a list of prefixes, IPv6 no longer than who asks is known by")
{
	static const struct {
		const char *text;
		bool well;
	} rows[] = {
		{ "192.0.2.0/24", true },     { " 192.0.2.0/24 , 2001:db8::/48", true },
		{ "192.0.2.7", true },        { "2001:db8::/64", true },
		{ "2001:db8::1", false },     { "192.0.2.1/24", false },
		{ "192.0.2.0/24,", true },    { ",192.0.2.0/24", false },
		{ "scanner.example", false }, { "", false },
	};
	char many[NETWORKS_MOST * 10 + 16];
	size_t n = 0;

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(networks_well(str_of(rows[i].text)) == rows[i].well);
	for (unsigned i = 0; i < NETWORKS_MOST; i++)
		n += (size_t)snprintf(many + n, sizeof many - n, "%s10.0.0.%u", i > 0 ? "," : "",
				      i);
	CHECK(networks_well((struct str){ many, n }));
	n += (size_t)snprintf(many + n, sizeof many - n, ",10.1.0.0");
	CHECK(!networks_well((struct str){ many, n }));
}

TEST("networks: who is in one of them")
{
	static const struct str text = S("192.0.2.0/24, 2001:db8:1::/48");
	static const struct {
		const char *address;
		bool in;
	} rows[] = {
		{ "192.0.2.200", true },
		{ "192.0.3.1", false },
		{ "2001:db8:1:2::", true },
		{ "2001:db8:2::", false },
	};
	struct address a = { 0 };

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(address_read(str_of(rows[i].address), &a) &&
		      networks_hold(text, a) == rows[i].in);
	CHECK(!networks_hold(S("none"), a) && !networks_hold(S(""), a));
}
