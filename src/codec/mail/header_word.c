#include "codec/mail/header_word.h"

#include "base/utf8.h"
#include "codec/mail/header.h"
#include "codec/text/base64.h"
#include "codec/text/prose_word.h"

enum {
	ENCODED_MAX = 75, // RFC 2047, 2
	ENCODED_AROUND = sizeof "=?UTF-8?Q?" - 1 + sizeof "?=" - 1,
	ENCODED_LEAST = ENCODED_AROUND + 4 * 3, // one character of four bytes
};

struct header_line header_begin(struct buf *b, const char *name)
{
	struct str s = str_of(name);

	buf_str(b, s);
	buf_char(b, ':');
	return (struct header_line){ .b = b, .column = s.n + 1 };
}

void header_end(struct header_line *h)
{
	buf_str(h->b, S("\r\n"));
}

static void fold(struct header_line *h)
{
	buf_str(h->b, S("\r\n "));
	h->column = 1;
}

void header_word(struct header_line *h, struct str word)
{
	if (h->column + 1 + word.n > HEADER_WIDTH) {
		fold(h);
	} else {
		buf_char(h->b, ' ');
		h->column++;
	}
	buf_str(h->b, word);
	h->column += word.n;
}

// As it may stand in a phrase too (RFC 2047, 5 (3)).
static bool q_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       str_has(S("!*+-/"), c);
}

static size_t q_length(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += q_plain(s.p[i]) || s.p[i] == ' ' ? 1 : 3;
	return n;
}

static void q_write(struct buf *b, struct str s)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		const unsigned char c = (unsigned char)s.p[i];

		if (c == ' ' || q_plain(s.p[i]))
			buf_char(b, c == ' ' ? '_' : s.p[i]);
		else
			buf_add(b, (char[]){ '=', digits[c >> 4], digits[c & 15] }, 3);
	}
}

static size_t encoded_length(struct str s, bool q)
{
	return q ? q_length(s) : BASE64_ROOM(s.n);
}

// As many whole characters off the front of *rest as encode into `room`.
static struct str cut_for(struct str *rest, size_t room, bool q)
{
	struct str whole = *rest;
	size_t n = 0;
	uint32_t c;

	while (n < whole.n) {
		size_t one = utf8_next(str_from(whole, n), &c);

		if (encoded_length(str_first(whole, n + one), q) > room)
			break;
		n += one > 0 ? one : 1;
	}
	str_skip(rest, n);
	return str_first(whole, n);
}

void header_encoded(struct header_line *h, struct str s)
{
	const bool q = q_length(s) <= BASE64_ROOM(s.n);

	while (s.n > 0) {
		struct str part;
		size_t start, room;

		if (h->column + 1 + ENCODED_LEAST > HEADER_WIDTH) {
			fold(h);
		} else {
			buf_char(h->b, ' ');
			h->column++;
		}
		start = h->b->n;
		room = HEADER_WIDTH - h->column;
		part = cut_for(&s, (room < ENCODED_MAX ? room : ENCODED_MAX) - ENCODED_AROUND, q);
		buf_str(h->b, q ? S("=?UTF-8?Q?") : S("=?UTF-8?B?"));
		if (q)
			q_write(h->b, part);
		else
			base64_write(h->b, part);
		buf_str(h->b, S("?="));
		h->column += h->b->n - start;
	}
}

void header_clean(struct str s, struct buf *out)
{
	bool gap = false;

	while (s.n > 0) {
		const bool control = (unsigned char)s.p[0] < ' ' || s.p[0] == 0x7f;
		uint32_t c = prose_char(&s);
		char bytes[4];
		size_t need;

		if (control || c == ' ') {
			gap = true;
			continue;
		}
		gap &= out->n > 0;
		need = utf8_write(c, bytes);
		if (out->n + gap + need > out->cap)
			return;
		if (gap)
			buf_char(out, ' ');
		buf_add(out, bytes, need);
		gap = false;
	}
}

bool header_word_plain(struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (word.p[i] <= ' ' || word.p[i] > '~')
			return false;
	return word.n <= HEADER_MAX_WORD && !str_contains(word, S("=?"));
}
