#include "model/finding/seen.h"

#include "codec/net/url.h"

enum { HOST_BITS_V6 = 64 };

enum where { BY_SERVICE, BY_SOURCE, BY_HOST, BY_ADDRESS };

// What a class of issue looks at (RULES 3, the column `seen`).
static const enum where looks_at[ISSUE_CLASS_COUNT] = {
	[CLASS_EXPOSED] = BY_SERVICE,  [CLASS_VULNERABLE] = BY_SERVICE,
	[CLASS_INFECTED] = BY_SOURCE,  [CLASS_ATTACKING] = BY_SOURCE,
	[CLASS_COMPROMISED] = BY_HOST, [CLASS_ABUSED] = BY_HOST,
	[CLASS_LEAKED] = BY_HOST,      [CLASS_LEAK_SITE] = BY_HOST,
	[CLASS_ATTACKED] = BY_ADDRESS, [CLASS_LISTED] = BY_ADDRESS,
};

// Its own field, or the host of the victim's URL.
static bool put_address(struct buf *b, const struct event *event)
{
	struct address a;
	struct host host;

	if (!address_read(event_get(event, S("source.ip")), &a)) {
		if (url_host(event_get(event, S("source.url")), NULL, &host) != HOST_ADDRESS)
			return false;
		a = host.address;
	}
	address_write(b, a);
	return true;
}

static bool put_name(struct buf *b, const struct event *event)
{
	struct str name = event_get(event, S("source.fqdn"));
	struct host host;

	if (name.n == 0)
		name = event_get(event, S("source.reverse_dns"));
	if (name.n == 0 && url_host(event_get(event, S("source.url")), NULL, &host) == HOST_NAME)
		name = name_str(&host.name);
	buf_str(b, name);
	return name.n > 0;
}

// The thing by which the member was met, the other one where that is missing.
static bool put_host(struct buf *b, const struct event *event, bool by_name)
{
	return by_name ? put_name(b, event) || put_address(b, event)
		       : put_address(b, event) || put_name(b, event);
}

static void put_port(struct buf *b, const struct event *event)
{
	struct str port = event_get(event, S("source.port")),
		   protocol = event_get(event, S("protocol.transport"));

	if (port.n > 0)
		buf_fmt(b, " " STR_FMT "/" STR_FMT, STR_ARG(protocol.n > 0 ? protocol : S("tcp")),
			STR_ARG(port));
}

// A whole /64 is one household's or one server's; inside a dynamic asset an address
// says nothing, and the asset is what was seen.
static bool put_source(struct buf *b, const struct event *event, const struct claim *c,
		       const struct asset *asset)
{
	struct address a;

	if (asset->dynamic && !c->by_name) {
		buf_str(b, asset->value);
		return true;
	}
	if (!address_read(event_get(event, S("source.ip")), &a))
		return put_name(b, event);
	if (address_is_v4(a))
		address_write(b, a);
	else
		prefix_write(b, prefix_of(a, HOST_BITS_V6));
	return true;
}

bool seen_write(struct buf *b, enum issue_class class, const struct event *event,
		const struct claim *c, const struct asset *asset)
{
	switch (looks_at[class]) {
	case BY_SERVICE:
		if (!put_host(b, event, c->by_name))
			return false;
		put_port(b, event);
		return true;
	case BY_SOURCE:
		return put_source(b, event, c, asset);
	case BY_HOST:
	case BY_ADDRESS:
		return put_host(b, event, c->by_name);
	}
	return false;
}
