#include "codec/mail/relay.h"

#include "codec/net/address.h"
#include "codec/net/name.h"

enum { PORT_SUBMISSION = 587, PORT_SMTPS = 465 };

// ::1, and 127.0.0.0/8.
static bool is_loopback(struct address a)
{
	return (a.high == 0 && a.low == 1) || (address_is_v4(a) && (a.low >> 24 & 0xff) == 127);
}

static bool is_host(struct str s, bool six, bool *loopback)
{
	struct address a;
	struct name name;

	*loopback = str_eq_nocase(s, S("localhost"));
	if (address_read(s, &a)) {
		*loopback = is_loopback(a);
		return six != address_is_v4(a);
	}
	for (size_t i = 0; i < s.n; i++) {
		char c = ascii_lower(s.p[i]);

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'))
			return false;
	}
	return !six && name_read(s, NULL, &name);
}

bool relay_read(struct str s, struct relay *out)
{
	struct relay r = { .implicit = str_has_prefix(s, S("smtps://")) };
	struct str rest = s;
	bool six;
	uint64_t port;

	if (!r.implicit && !str_has_prefix(s, S("smtp://")))
		return false;
	str_skip(&rest, r.implicit ? 8 : 7);
	six = str_starts(rest, '[');
	if (six) {
		if (!str_has(rest, ']'))
			return false;
		str_skip(&rest, 1);
		r.host = str_cut(&rest, ']');
		if (rest.n > 0 && rest.p[0] != ':')
			return false;
		str_skip(&rest, rest.n > 0);
	} else {
		r.host = str_cut(&rest, ':');
	}
	port = r.implicit ? PORT_SMTPS : PORT_SUBMISSION;
	if (s.p[s.n - 1] == ':' || !is_host(r.host, six, &r.loopback) ||
	    (rest.n > 0 && (!str_to_uint(rest, UINT16_MAX, &port) || port == 0)))
		return false;
	r.port = (uint16_t)port;
	*out = r;
	return true;
}
