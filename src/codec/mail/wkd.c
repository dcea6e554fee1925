#include "codec/mail/wkd.h"

void wkd_name(const unsigned char hash[WKD_HASH], char out[WKD_NAME + 1])
{
	static const char letters[] = "ybndrfg8ejkmcpqxot1uwisza345h769";
	unsigned bits = 0, have = 0;
	size_t n = 0;

	for (size_t i = 0; i < WKD_HASH; i++) {
		bits = bits << 8 | hash[i];
		for (have += 8; have >= 5; have -= 5)
			out[n++] = letters[bits >> (have - 5) & 31];
	}
	out[n] = '\0';
}

// What stands behind ?l=, as a URL has it.
static void escaped(struct buf *b, struct str s)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		const unsigned char c = (unsigned char)s.p[i];
		const char low = ascii_lower(s.p[i]);

		if ((low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') ||
		    str_has(S("-._~"), s.p[i]))
			buf_char(b, s.p[i]);
		else
			buf_add(b, (char[]){ '%', digits[c >> 4], digits[c & 15] }, 3);
	}
}

static void lower(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_char(b, ascii_lower(s.p[i]));
}

bool wkd_folder(struct buf *b, enum wkd_method method, struct str address)
{
	struct str domain = address;

	str_cut(&domain, '@');
	buf_str(b, S(".well-known/openpgpkey/"));
	if (method == WKD_ADVANCED) {
		lower(b, domain);
		buf_char(b, '/');
	}
	return !b->over;
}

bool wkd_url(struct buf *b, enum wkd_method method, struct str address,
	     const unsigned char hash[WKD_HASH])
{
	struct str domain = address, local = str_cut(&domain, '@');
	char name[WKD_NAME + 1];

	wkd_name(hash, name);
	buf_str(b, method == WKD_ADVANCED ? S("https://openpgpkey.") : S("https://"));
	lower(b, domain);
	buf_char(b, '/');
	if (!wkd_folder(b, method, address))
		return false;
	buf_fmt(b, "hu/%s?l=", name);
	escaped(b, local);
	return !b->over;
}
