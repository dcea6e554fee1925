#include "codec/text/json_out.h"

#include "base/utf8.h"

static void control(struct buf *b, unsigned char c)
{
	static const char *const shorts[0x20] = {
		['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f", ['\r'] = "\\r"
	};

	if (c < 0x20 && shorts[c] != NULL) {
		buf_str(b, str_of(shorts[c]));
		return;
	}
	buf_str(b, S("\\u00"));
	buf_hex(b, &c, 1);
}

// What stands as it is; nearly all of a feed does.
static size_t plain(struct str s)
{
	static const bool is_plain[256] = {
		[' ' ... '!'] = true,
		['#' ... '['] = true,
		[']' ... '~'] = true,
	};
	size_t n = 0;

	while (n < s.n && is_plain[(unsigned char)s.p[n]])
		n++;
	return n;
}

static size_t put_next(struct buf *b, struct str s)
{
	uint32_t c = 0;
	size_t n = utf8_next(s, &c);

	if (n == 0)
		buf_str(b, S("\xef\xbf\xbd"));
	else if (c < 0x20 || c == 0x7f)
		control(b, (unsigned char)c);
	else if (c == '"' || c == '\\')
		buf_fmt(b, "\\%c", (char)c);
	else
		buf_add(b, s.p, n);
	return n != 0 ? n : 1;
}

void json_inner(struct buf *b, struct str s)
{
	while (s.n > 0) {
		size_t n = plain(s);

		buf_add(b, s.p, n);
		str_skip(&s, n);
		if (s.n > 0)
			str_skip(&s, put_next(b, s));
	}
}

void json_str(struct buf *b, struct str s)
{
	buf_char(b, '"');
	json_inner(b, s);
	buf_char(b, '"');
}

void json_int(struct buf *b, int64_t v)
{
	if (v < 0)
		buf_char(b, '-');
	buf_uint(b, v < 0 ? -(uint64_t)v : (uint64_t)v);
}
