#include "ui/web/page.h"

#include "base/utf8.h"
#include "ui/web/pages.gen.h"

static const struct str replacement = { "\xef\xbf\xbd", 3 }; // U+FFFD

void page_raw(struct page *p, struct str html)
{
	buf_str(&p->b, html);
}

void page_number(struct page *p, uint64_t n)
{
	buf_uint(&p->b, n);
}

static bool is_shown(uint32_t c)
{
	if (c < ' ')
		return c == '\n' || c == '\t';
	return c != 0x7f && (c < 0x80 || c > 0x9f) && (c < 0x202a || c > 0x202e) &&
	       (c < 0x2066 || c > 0x2069) && c != 0x200e && c != 0x200f;
}

static void put_letter(struct buf *b, struct str letter)
{
	switch (letter.p[0]) {
	case '&':
		buf_str(b, S("&amp;"));
		break;
	case '<':
		buf_str(b, S("&lt;"));
		break;
	case '>':
		buf_str(b, S("&gt;"));
		break;
	case '"':
		buf_str(b, S("&#34;"));
		break;
	case '\'':
		buf_str(b, S("&#39;"));
		break;
	default:
		buf_str(b, letter);
	}
}

static void put_text(struct buf *b, struct str s)
{
	while (s.n > 0) {
		uint32_t c;
		size_t n = utf8_next(s, &c);

		if (n == 0 || !is_shown(c))
			buf_str(b, replacement);
		else
			put_letter(b, str_first(s, n));
		str_skip(&s, n > 0 ? n : 1);
	}
}

// What RFC 3986 calls unreserved, and the plus of a telephone number, stand for themselves.
static void put_path(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = ascii_lower(s.p[i]);

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || str_has(S("-._~+"), c))
			buf_char(b, s.p[i]);
		else
			buf_fmt(b, "%%%02X", (unsigned char)s.p[i]);
	}
}

void page_text(struct page *p, enum page_place place, struct str value)
{
	switch (place) {
	case PLACE_TEXT:
	case PLACE_ATTRIBUTE:
		put_text(&p->b, value);
		break;
	case PLACE_PATH:
		put_path(&p->b, value);
		break;
	}
}

// The generator has seen that each slot of the word is among these.
void page_word(struct page *p, unsigned word, enum page_place place, const struct page_slot *slots,
	       size_t n)
{
	struct str rest = page_words[word][p->language];

	while (rest.n > 0) {
		bool more = str_has(rest, '{');
		struct str name;

		page_text(p, place, str_cut(&rest, '{'));
		if (!more)
			break;
		name = str_cut(&rest, '}');
		for (size_t i = 0; i < n; i++)
			if (str_eq(slots[i].name, name))
				page_text(p, place, slots[i].value);
	}
}
