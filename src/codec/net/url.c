#include "codec/net/url.h"

static unsigned hex_digit(char c)
{
	char l = ascii_lower(c);

	return c >= '0' && c <= '9'   ? (unsigned)(c - '0')
	       : l >= 'a' && l <= 'f' ? (unsigned)(l - 'a') + 10
				      : 16;
}

// Undo %41; false where a '%' is not followed by two hexadecimal digits.
static bool undo_percent(struct str s, char *out, size_t room, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (*n == room)
			return false;
		if (c == '%') {
			if (s.n - i < 3 || hex_digit(s.p[i + 1]) > 15 || hex_digit(s.p[i + 2]) > 15)
				return false;
			c = (char)(hex_digit(s.p[i + 1]) << 4 | hex_digit(s.p[i + 2]));
			i += 2;
		}
		out[(*n)++] = c;
	}
	return true;
}

// Does the last label begin with a digit? Only then may a host be a number
// (WHATWG URL, "ends in a number checker"); saves the attempt for all others.
static bool may_be_number(struct str s)
{
	size_t at = s.n;

	if (at > 0 && s.p[at - 1] == '.')
		at--;
	while (at > 0 && s.p[at - 1] != '.')
		at--;
	return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

enum host_kind host_read(struct str s, name_idn idn, struct host *out)
{
	char plain[4 * NAME_MAX_BYTES];
	size_t n;

	out->kind = HOST_NONE;
	if (str_has(s, '%')) {
		if (!undo_percent(s, plain, sizeof plain, &n))
			return HOST_NONE;
		s = (struct str){ plain, n };
	}
	if (may_be_number(s)) {
		if (address_read_loose(s, &out->address))
			return out->kind = HOST_ADDRESS;
	} else if (str_has(s, ':') && address_read(s, &out->address)) {
		return out->kind = HOST_ADDRESS;
	}
	if (!name_read(s, idn, &out->name))
		return HOST_NONE;
	return out->kind = HOST_NAME;
}

// Step over the scheme: true with s behind "//".
static bool skip_scheme(struct str *s)
{
	static const struct str schemes[] = { { "http://", 7 }, { "https://", 8 } };

	for (size_t i = 0; i < COUNTOF(schemes); i++) {
		if (!str_eq_nocase(str_first(*s, schemes[i].n), schemes[i]))
			continue;
		str_skip(s, schemes[i].n);
		return true;
	}
	return false;
}

enum host_kind url_host(struct str s, name_idn idn, struct host *out)
{
	size_t end = 0, start = 0;

	out->kind = HOST_NONE;
	if (!skip_scheme(&s))
		return HOST_NONE;
	for (; end < s.n && s.p[end] != '/' && s.p[end] != '?' && s.p[end] != '#'; end++)
		if (s.p[end] == '@')
			start = end + 1;
	s = (struct str){ s.p + start, end - start };
	if (str_starts(s, '[')) {
		const char *close = memchr(s.p, ']', s.n);

		if (close == NULL ||
		    !address_read((struct str){ s.p + 1, (size_t)(close - s.p) - 1 },
				  &out->address))
			return HOST_NONE;
		return out->kind = HOST_ADDRESS;
	}
	for (size_t i = s.n; i > 0; i--) {
		if (s.p[i - 1] == ':') {
			s.n = i - 1;
			break;
		}
		if (s.p[i - 1] < '0' || s.p[i - 1] > '9')
			break;
	}
	return host_read(s, idn, out);
}

bool mail_domain(struct str s, name_idn idn, struct name *out)
{
	size_t at = s.n;

	while (at > 0 && s.p[at - 1] != '@')
		at--;
	return at > 1 && name_read(str_from(s, at), idn, out);
}

bool asn_read(struct str s, uint32_t *out)
{
	uint64_t v;

	if (s.n > 2 && ascii_lower(s.p[0]) == 'a' && ascii_lower(s.p[1]) == 's')
		str_skip(&s, 2);
	if (!str_to_uint(s, UINT32_MAX, &v) || v == 0)
		return false;
	*out = (uint32_t)v;
	return true;
}
