#include "codec/mail/heard_text.h"

#include "base/utf8.h"
#include "codec/mail/header_word.h"
#include "codec/mail/heard.h"

static const struct str lost = S("\xef\xbf\xbd");

static bool plain(char c)
{
	return (c >= ' ' && c <= '~') || c == '\n' || c == '\t';
}

// What cannot stand as it is: takes it off the front of *rest, and gives what stands for it.
static struct str next(struct str *rest)
{
	const struct str at = *rest;
	uint32_t c;
	size_t n;

	if (at.p[0] == '\r') {
		str_skip(rest, at.n > 1 && at.p[1] == '\n' ? 2 : 1);
		return S("\n");
	}
	n = utf8_next(at, &c);
	str_skip(rest, n > 0 ? n : 1);
	return n == 0 || c < ' ' || (c >= 0x7f && c < 0xa0) ? lost : str_first(at, n);
}

bool heard_text(struct str bytes, struct buf *out)
{
	while (bytes.n > 0) {
		size_t n = 0;
		struct str s;

		while (n < bytes.n && plain(bytes.p[n]))
			n++;
		s = str_first(bytes, n);
		if (n > 0)
			str_skip(&bytes, n);
		else
			s = next(&bytes);
		if (s.n > out->cap - out->n && n > 0) {
			buf_str(out, str_first(s, out->cap - out->n));
			return false;
		}
		if (s.n > out->cap - out->n)
			return false;
		buf_str(out, s);
	}
	return true;
}

struct str heard_line(struct str s, size_t most, struct arena *a)
{
	struct buf b = { .cap = s.n < most / 3 ? 3 * s.n : most };

	b.p = arena_new(a, char, b.cap + 1);
	header_clean(s, &b);
	return buf_view(&b);
}

struct str heard_type(struct str s, struct arena *a)
{
	struct buf b = { .p = arena_new(a, char, HEARD_TYPE), .cap = HEARD_TYPE };

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] <= ' ' || s.p[i] > '~')
			return (struct str){ 0 };
		buf_char(&b, ascii_lower(s.p[i]));
	}
	if (b.over)
		b.n = 0;
	return buf_view(&b);
}
