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

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

// Does any of eight bytes stand otherwise than as it is? The high bit of a byte says so;
// one that is set by a borrow or carry stands beside one that is set rightly.
static inline uint64_t any_odd(uint64_t v)
{
	uint64_t control = v - EACH(0x20), delete = v + EACH(1);
	uint64_t quote = (v ^ EACH('"')) - EACH(1), backslash = (v ^ EACH('\\')) - EACH(1);

	return (v | control | delete | quote | backslash) & EACH(0x80);
}

// Copies what stands as it is, up to the first byte that does not, and counts it; nearly
// all of a feed does, so eight bytes are looked at and copied at once. `to` has room
// for all of s.
static size_t put_plain(char *to, struct str s)
{
	static const bool is_plain[256] = {
		[' ' ... '!'] = true,
		['#' ... '['] = true,
		[']' ... '~'] = true,
	};
	size_t n = 0;
	uint64_t v, w;

	for (; s.n - n >= 2 * sizeof v; n += 2 * sizeof v) {
		memcpy(&v, s.p + n, sizeof v);
		memcpy(&w, s.p + n + sizeof v, sizeof w);
		if (any_odd(v) | any_odd(w))
			break;
		memcpy(to + n, &v, sizeof v);
		memcpy(to + n + sizeof v, &w, sizeof w);
	}
	for (; s.n - n >= sizeof v; n += sizeof v) {
		memcpy(&v, s.p + n, sizeof v);
		if (any_odd(v))
			break;
		memcpy(to + n, &v, sizeof v);
	}
	if (s.n >= sizeof v && s.n - n < sizeof v) { // the last eight, some for the second time
		memcpy(&v, s.p + s.n - sizeof v, sizeof v);
		if (!any_odd(v)) {
			memcpy(to + s.n - sizeof v, &v, sizeof v);
			return s.n;
		}
	}
	for (; n < s.n && is_plain[(unsigned char)s.p[n]]; n++)
		to[n] = s.p[n];
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
		buf_add(b, (char[]){ '\\', (char)c }, 2);
	else
		buf_add(b, s.p, n);
	return n != 0 ? n : 1;
}

void json_inner(struct buf *b, struct str s)
{
	while (s.n > 0) {
		size_t n;

		if (b->over || s.n > b->cap - b->n) { // longer still when it is written
			b->over = true;
			return;
		}
		n = put_plain(b->p + b->n, s);
		b->n += n;
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
