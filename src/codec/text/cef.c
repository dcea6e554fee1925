#include "codec/text/cef.h"

#include "base/utf8.h"

// One character as it came, or what stands for it. `special`: what a backslash goes before; in a
// field, where a bar is one, a line end is a blank.
static void put_char(struct buf *b, struct str c, uint32_t code, struct str special)
{
	if ((code == '\n' || code == '\r') && !str_has(special, '|')) {
		buf_str(b, code == '\n' ? S("\\n") : S("\\r"));
	} else if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x2028 ||
		   code == 0x2029) { // also those that some take for the end of a line
		buf_char(b, ' ');
	} else {
		if (c.n == 1 && str_has(special, c.p[0]))
			buf_char(b, '\\');
		buf_str(b, c);
	}
}

static void put(struct buf *b, struct str s, size_t most, struct str special)
{
	size_t left = most;

	while (s.n > 0) {
		uint32_t code = 0xfffd;
		size_t n = utf8_next(s, &code);
		struct str c = n > 0 ? str_first(s, n) : S("\xef\xbf\xbd");

		if (c.n > left) {
			buf_str(b, S("\xe2\x80\xa6"));
			return;
		}
		left -= c.n;
		put_char(b, c, code, special);
		str_skip(&s, n > 0 ? n : 1);
	}
}

static void put_field(struct buf *b, struct str s)
{
	put(b, s, CEF_FIELD, S("\\|"));
	buf_char(b, '|');
}

void cef_begin(struct buf *b, const struct cef_head *h)
{
	buf_str(b, S("CEF:0|"));
	put_field(b, h->vendor);
	put_field(b, h->product);
	put_field(b, h->version);
	put_field(b, h->id);
	put_field(b, h->name);
	buf_uint(b, h->severity);
	buf_char(b, '|');
}

static void put_key(struct buf *b, const char *key)
{
	if (b->n > 0 && b->p[b->n - 1] != '|')
		buf_char(b, ' ');
	buf_str(b, str_of(key));
	buf_char(b, '=');
}

void cef_pair(struct buf *b, const char *key, struct str value)
{
	if (value.n == 0)
		return;
	put_key(b, key);
	put(b, value, CEF_VALUE, S("\\="));
}

void cef_number(struct buf *b, const char *key, int64_t value)
{
	put_key(b, key);
	buf_fmt(b, "%lld", (long long)value);
}

void cef_custom(struct buf *b, const char *key, const char *label, struct str value)
{
	if (value.n == 0)
		return;
	cef_pair(b, key, value);
	buf_fmt(b, " %sLabel=%s", key, label);
}
