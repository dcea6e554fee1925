// Address, name and port that stand in one cell: "192.0.2.1:80", "[2001:db8::1]:443",
// "host.example:8080", "host.example (192.0.2.1):443", or a bare address or name.
#include "codec/net/address.h"
#include "model/feed/convert_work.h"

struct endpoint { // what is not there is empty
	struct str address, name, port;
};

static bool is_name(struct str s)
{
	bool letter = false;

	for (size_t i = 0; i < s.n; i++) {
		char c = ascii_lower(s.p[i]);

		if ((c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80)
			letter = true;
		else if (!(c >= '0' && c <= '9') && c != '-' && c != '.' && c != '_')
			return false;
	}
	return letter;
}

static bool take_host(struct str s, struct endpoint *out)
{
	struct address a;
	bool is = address_read(s, &a);

	if (!is && !is_name(s))
		return false;
	*(is ? &out->address : &out->name) = s;
	return true;
}

// ":443" at the end, or nothing.
static bool take_port(struct str s, struct endpoint *out)
{
	uint64_t v;

	if (s.n == 0)
		return true;
	if (!str_starts(s, ':') || !str_to_uint(str_from(s, 1), 65535, &v))
		return false;
	out->port = str_from(s, 1);
	return true;
}

// What stands before `open`, between it and `close`, and behind that.
static bool bracketed(struct str s, char open, char close, struct str out[3])
{
	if (!str_has(s, open) || !str_has(s, close))
		return false;
	out[0] = str_trim(str_cut(&s, open));
	out[1] = str_trim(str_cut(&s, close));
	out[2] = s;
	return true;
}

static bool read_endpoint(struct str s, struct endpoint *out)
{
	struct str piece[3], rest = s, host;
	struct address a;

	if (address_read(s, &a)) { // also IPv6, whose last ':' is no port's
		out->address = s;
		return true;
	}
	if (bracketed(s, '(', ')', piece))
		return piece[0].n > 0 && take_host(piece[0], out) && address_read(piece[1], &a) &&
		       out->address.n == 0 && (out->address = piece[1]).n > 0 &&
		       take_port(piece[2], out);
	if (bracketed(s, '[', ']', piece))
		return piece[0].n == 0 && address_read(piece[1], &a) &&
		       (out->address = piece[1]).n > 0 && take_port(piece[2], out);
	host = str_cut(&rest, ':');
	return take_host(host, out) &&
	       take_port((struct str){ host.p + host.n, s.n - host.n }, out);
}

// What is no endpoint stays, so that it does not fit its field and is counted.
void convert_endpoint(struct work *w, struct str s)
{
	struct endpoint x = { 0 };

	if (!read_endpoint(s, &x))
		convert_put(w, s);
	else if (str_eq(w->c->a, S("port")))
		convert_put(w, x.port);
	else
		convert_put(w, str_eq(w->c->a, S("name")) ? x.name : x.address);
}
