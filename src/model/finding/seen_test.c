#include "base/test.h"
#include "model/finding/seen.h"

// "source.ip=198.51.100.7 source.port=3389" as an event.
static void read_event(struct str text, struct arena *a, struct event *out)
{
	*out = (struct event){ 0 };
	while (text.n > 0) {
		struct str value = str_cut(&text, ' '), key = str_cut(&value, '=');

		*list_add(&out->fields, a) = (struct event_field){ .key = key, .value = value };
	}
}

TEST("seen: each class looks at what makes two records the same finding")
{
	static const struct {
		enum issue_class class;
		enum feed_side side;
		bool by_name, dynamic;
		const char *event, *seen; // NULL: there is nothing to be seen
	} rows[] = {
		{ CLASS_EXPOSED, SIDE_SOURCE, false, false,
		  "source.ip=198.51.100.7 source.port=161 protocol.transport=udp",
		  "198.51.100.7 udp/161" },
		{ CLASS_EXPOSED, SIDE_SOURCE, true, false,
		  "source.ip=198.51.100.7 source.port=443 source.reverse_dns=vpn.example",
		  "vpn.example tcp/443" },
		{ CLASS_INFECTED, SIDE_SOURCE, false, false, "source.ip=2001:db8::1 source.port=1",
		  "2001:db8::/64" },
		{ CLASS_INFECTED, SIDE_SOURCE, false, true, "source.ip=198.51.100.7",
		  "198.51.100.0/24" },
		{ CLASS_COMPROMISED, SIDE_SOURCE, true, false,
		  "source.ip=198.51.100.7 source.fqdn=www.example", "www.example" },
		{ CLASS_COMPROMISED, SIDE_SOURCE, false, false,
		  "source.ip=198.51.100.7 source.url=http://www.example/x", "www.example" },
		{ CLASS_COMPROMISED, SIDE_SOURCE, false, false,
		  "source.ip=198.51.100.7 source.reverse_dns=ptr.example", "198.51.100.7" },
		{ CLASS_LISTED, SIDE_SOURCE, false, false, "source.network=198.51.100.0/28",
		  "198.51.100.0/28" },
		{ CLASS_ATTACKED, SIDE_DESTINATION, false, false,
		  "source.ip=192.0.2.1 destination.ip=198.51.100.7", "198.51.100.7" },
		{ CLASS_ATTACKED, SIDE_SOURCE, false, false,
		  "source.ip=198.51.100.7 destination.ip=192.0.2.1", "198.51.100.7" },
		{ CLASS_LEAKED, SIDE_SOURCE, true, false, "source.account=j.jansen@Member.example",
		  "member.example" },
		{ CLASS_LEAKED, SIDE_SOURCE, true, false,
		  "source.account=jansen extra.email=j@member.example", "member.example" },
		{ CLASS_LEAK_SITE, SIDE_SOURCE, true, false, "extra.website=www.example", "amc" },
		{ CLASS_EXPOSED, SIDE_SOURCE, false, false, "source.port=161", NULL },
	};
	autoarena a = { 0 };

	arena_init(&a, 1 << 16);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const struct claim claim = { .by_name = rows[i].by_name };
		const struct asset asset = { .value = S("198.51.100.0/24"),
					     .dynamic = rows[i].dynamic };
		struct event event;
		const struct seen_of of = { .event = &event,
					    .side = rows[i].side,
					    .claim = &claim,
					    .asset = &asset,
					    .member = S("amc") };
		char text[SEEN_TEXT];
		struct buf b = BUF_ON(text);

		read_event(str_of(rows[i].event), &a, &event);
		CHECK(seen_write(&b, rows[i].class, &of) == (rows[i].seen != NULL));
		CHECK(rows[i].seen == NULL || str_eq(buf_view(&b), str_of(rows[i].seen)));
	}
}

TEST("seen: an address, its prefix, a name and what it lies below say what is seen")
{
	static const struct {
		const char *seen, *what;
		bool within;
	} rows[] = {
		{ "198.51.100.7 tcp/3389", "198.51.100.7", true },
		{ "198.51.100.7 tcp/3389", "198.51.100.7 tcp/3389", true },
		{ "198.51.100.7 tcp/3389", "198.51.100.0/24", true },
		{ "198.51.100.7 tcp/3389", "198.51.100.70", false },
		{ "198.51.100.7 tcp/3389", "100.7", false },
		{ "198.51.101.7 tcp/3389", "198.51.100.0/24", false },
		{ "2001:db8::/64", "2001:db8::/32", true },
		{ "www.zeehaven.example tcp/443", "zeehaven.example", true },
		{ "www.zeehaven.example tcp/443", "WWW.zeehaven.example", true },
		{ "notzeehaven.example", "zeehaven.example", false },
		{ "zeehaven.example", "www.zeehaven.example", false },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(seen_within(str_of(rows[i].seen), str_of(rows[i].what)) == rows[i].within);
}
