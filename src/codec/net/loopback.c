#include "codec/net/loopback.h"

bool loopback_read(struct str text, struct loopback *out)
{
	static const struct {
		struct str head;
		bool six;
	} heads[] = { { { "127.0.0.1:", 10 }, false }, { { "[::1]:", 6 }, true } };
	uint64_t port;

	for (size_t i = 0; i < COUNTOF(heads); i++) {
		struct str rest = text;

		if (!str_has_prefix(text, heads[i].head))
			continue;
		str_skip(&rest, heads[i].head.n);
		if (rest.n > 5 || !str_to_uint(rest, UINT16_MAX, &port) || port == 0)
			return false;
		*out = (struct loopback){ heads[i].six, (uint16_t)port };
		return true;
	}
	return false;
}
