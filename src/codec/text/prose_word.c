#include "codec/text/prose_word.h"

#include "base/utf8.h"

static const struct {
	uint32_t first, last, becomes;
} harmless[] = {
	{ '\t', '\t', ' ' },
	{ '\n', '\n', '\n' },
	{ '\v', '\r', ' ' },
	{ 0, 0x1f, PROSE_LOST },
	{ 0x7f, 0x84, PROSE_LOST },
	{ 0x85, 0x85, ' ' }, // next line
	{ 0x86, 0x9f, PROSE_LOST },
	{ 0xad, 0xad, PROSE_LOST },       // soft hyphen
	{ 0x61c, 0x61c, PROSE_LOST },     // direction, Arabic
	{ 0x180e, 0x180e, PROSE_LOST },   // no width
	{ 0x200b, 0x200f, PROSE_LOST },   // no width, joiners, direction
	{ 0x2028, 0x2029, ' ' },          // line, paragraph
	{ 0x202a, 0x202e, PROSE_LOST },   // direction
	{ 0x2060, 0x206f, PROSE_LOST },   // no width, direction
	{ 0xfeff, 0xfeff, PROSE_LOST },   // byte order
	{ 0xfff9, 0xfffb, PROSE_LOST },   // annotation
	{ 0xe0000, 0xe007f, PROSE_LOST }, // tags
};

uint32_t prose_char(struct str *rest)
{
	uint32_t c;
	size_t n;

	if (*rest->p >= ' ' && *rest->p <= '~') { // nearly all of a mail
		c = (unsigned char)*rest->p;
		str_skip(rest, 1);
		return c;
	}
	n = utf8_next(*rest, &c);
	str_skip(rest, n > 0 ? n : 1);
	if (n == 0)
		return PROSE_LOST;
	for (size_t i = 0; i < COUNTOF(harmless); i++)
		if (c >= harmless[i].first && c <= harmless[i].last)
			return harmless[i].becomes;
	return c;
}

static bool starts_nocase(struct str s, struct str head)
{
	return str_eq_nocase(str_first(s, head.n), head);
}

bool prose_url_good(struct str url)
{
	static const struct str heads[] = { S("https://"), S("http://"), S("mailto:"), S("tel:") };
	bool known = false;

	for (size_t i = 0; i < COUNTOF(heads); i++)
		known |= url.n > heads[i].n && starts_nocase(url, heads[i]) &&
			 !str_starts(str_from(url, heads[i].n), '/');
	while (known && url.n > 0) {
		uint32_t c = prose_char(&url);

		if (c <= ' ' || c == PROSE_LOST ||
		    (c < 0x7f && str_has(S("\"'<>\\^`{|}"), (char)c)))
			return false;
	}
	return known;
}

bool prose_url_said(struct str text, struct str url)
{
	if (text.n == 0 || str_eq(text, url) || starts_nocase(url, S("tel:")))
		return true;
	return starts_nocase(url, S("mailto:")) &&
	       str_eq(text, str_from(url, sizeof "mailto:" - 1));
}
