#include "model/finding/seen.h"

#include "codec/net/url.h"

enum { HOST_BITS_V6 = 64 };

enum where { BY_SERVICE, BY_SOURCE, BY_HOST, BY_ADDRESS, BY_MAIL, BY_MEMBER };

// What a class of issue looks at (RULES 3, the column `seen`).
static const enum where looks_at[ISSUE_CLASS_COUNT] = {
	[CLASS_EXPOSED] = BY_SERVICE,  [CLASS_VULNERABLE] = BY_SERVICE,
	[CLASS_INFECTED] = BY_SOURCE,  [CLASS_ATTACKING] = BY_SOURCE,
	[CLASS_COMPROMISED] = BY_HOST, [CLASS_ABUSED] = BY_HOST,
	[CLASS_LEAKED] = BY_MAIL,      [CLASS_LEAK_SITE] = BY_MEMBER,
	[CLASS_ATTACKED] = BY_ADDRESS, [CLASS_LISTED] = BY_ADDRESS,
};

// The victim's own: "ip" is source.ip, or destination.ip where the victim is attacked.
static struct str field(const struct seen_of *of, const char *what)
{
	static const char *const sides[] = {
		[SIDE_SOURCE] = "source.",
		[SIDE_DESTINATION] = "destination.",
	};
	char key[40];
	struct buf b = BUF_ON(key);

	buf_str(&b, str_of(sides[of->side]));
	buf_str(&b, str_of(what));
	return event_get(of->event, buf_view(&b));
}

// Its own field, the host of the victim's URL, or the prefix that is listed.
static bool put_address(struct buf *b, const struct seen_of *of)
{
	struct str network = field(of, "network");
	struct address a;
	struct host host;

	if (!address_read(field(of, "ip"), &a)) {
		if (url_host(field(of, "url"), NULL, &host) != HOST_ADDRESS) {
			buf_str(b, network);
			return network.n > 0;
		}
		a = host.address;
	}
	address_write(b, a);
	return true;
}

// The name that was asked for: its own field, or the host of its URL.
static bool put_host_name(struct buf *b, const struct seen_of *of)
{
	struct str name = field(of, "fqdn");
	struct host host;

	if (name.n == 0 && url_host(field(of, "url"), NULL, &host) == HOST_NAME)
		name = name_str(&host.name);
	buf_str(b, name);
	return name.n > 0;
}

static bool put_name(struct buf *b, const struct seen_of *of)
{
	struct str name = field(of, "fqdn");

	if (name.n == 0)
		name = field(of, "reverse_dns");
	buf_str(b, name);
	return name.n > 0 || put_host_name(b, of);
}

// The thing by which the member was met, the other one where that is missing.
static bool put_host(struct buf *b, const struct seen_of *of)
{
	return of->claim->by_name ? put_name(b, of) || put_address(b, of)
				  : put_address(b, of) || put_name(b, of);
}

static void put_port(struct buf *b, const struct seen_of *of)
{
	struct str port = field(of, "port"),
		   protocol = event_get(of->event, S("protocol.transport"));

	if (port.n > 0)
		buf_fmt(b, " " STR_FMT "/" STR_FMT, STR_ARG(protocol.n > 0 ? protocol : S("tcp")),
			STR_ARG(port));
}

// A whole /64 is one household's or one server's; inside a dynamic asset an address
// says nothing, and the asset is what was seen.
static bool put_source(struct buf *b, const struct seen_of *of)
{
	struct address a;

	if (of->asset->dynamic && !of->claim->by_name) {
		buf_str(b, of->asset->value);
		return true;
	}
	if (!address_read(field(of, "ip"), &a))
		return put_name(b, of);
	if (address_is_v4(a))
		address_write(b, a);
	else
		prefix_write(b, prefix_of(a, HOST_BITS_V6));
	return true;
}

// The domain of the stolen account, so that one leak of many accounts is one finding.
static bool put_mail_domain(struct buf *b, const struct seen_of *of)
{
	struct name name;

	if (!mail_domain(field(of, "account"), NULL, &name) &&
	    !mail_domain(event_get(of->event, S("extra.email")), NULL, &name))
		return put_host(b, of);
	buf_str(b, name_str(&name));
	return true;
}

bool seen_write(struct buf *b, enum issue_class class, const struct seen_of *of)
{
	switch (looks_at[class]) {
	case BY_SERVICE:
		if (!put_host(b, of))
			return false;
		put_port(b, of);
		return true;
	case BY_SOURCE:
		return put_source(b, of);
	case BY_HOST: // also where the address is the member's as well: sites share one
		return put_host_name(b, of) || put_host(b, of);
	case BY_ADDRESS:
		return put_host(b, of);
	case BY_MAIL:
		return put_mail_domain(b, of);
	case BY_MEMBER:
		buf_str(b, of->member);
		return of->member.n > 0;
	}
	return false;
}

static bool reads_address(struct str s, struct address *out)
{
	return address_read(str_cut(&s, '/'), out);
}

bool seen_within(struct str seen, struct str what)
{
	struct str rest = seen, thing = str_cut(&rest, ' ');
	struct err e = { 0 };
	struct prefix p;
	struct address a;

	if (str_eq(seen, what) || str_eq_nocase(thing, what))
		return true;
	if (prefix_read(what, &p, &e))
		return reads_address(thing, &a) && prefix_holds(p, a);
	if (thing.n <= what.n || reads_address(thing, &a))
		return false;
	thing = str_from(thing, thing.n - what.n - 1);
	return thing.p[0] == '.' && str_eq_nocase(str_from(thing, 1), what);
}
