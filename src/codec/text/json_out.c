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

void json_str(struct buf *b, struct str s)
{
	buf_char(b, '"');
	while (s.n > 0) {
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
		str_skip(&s, n != 0 ? n : 1);
	}
	buf_char(b, '"');
}

void json_int(struct buf *b, int64_t v)
{
	if (v < 0)
		buf_char(b, '-');
	buf_uint(b, v < 0 ? -(uint64_t)v : (uint64_t)v);
}
