#include "codec/net/endpoint.h"

enum { PORT_DIGITS = 5, LOOPBACK = 0x7f000001 };

bool endpoint_read(struct str text, struct endpoint *out)
{
	struct endpoint x;
	struct str rest = text, at;
	uint64_t port;
	bool six = str_starts(text, '[');

	if (six)
		str_skip(&rest, 1);
	at = str_cut(&rest, six ? ']' : ':');
	if (six) {
		if (!str_starts(rest, ':'))
			return false;
		str_skip(&rest, 1);
	}
	if (rest.n > PORT_DIGITS || !str_to_uint(rest, UINT16_MAX, &port) || port == 0 ||
	    !address_read(at, &x.at) || str_has(at, ':') != six)
		return false;
	x.port = (uint16_t)port;
	*out = x;
	return true;
}

bool endpoint_is_loopback(const struct endpoint *x)
{
	return address_is_v4(x->at) ? (uint32_t)x->at.low == LOOPBACK
				    : x->at.high == 0 && x->at.low == 1;
}
