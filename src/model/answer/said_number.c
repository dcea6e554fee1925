#include "model/answer/said_number.h"

#include "codec/text/id.h"
#include "model/answer/said.h"

enum { BODY = 6 }; // characters between the letter and the check

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_part(char c) // of a word; a byte of a longer character, too
{
	char low = ascii_lower(c);

	return is_digit(c) || (low >= 'a' && low <= 'z') || (unsigned char)c >= 0xc0;
}

// A dash of any sort, or a blank; its length, 0: neither.
static size_t gap_at(struct str s, bool *dash)
{
	static const struct {
		struct str bytes;
		bool dash;
	} gaps[] = {
		{ { "-", 1 }, true },
		{ { "\xe2\x80\x90", 3 }, true }, // hyphen
		{ { "\xe2\x80\x91", 3 }, true }, // one that does not break
		{ { "\xe2\x80\x93", 3 }, true }, // en dash
		{ { "\xc2\xa0", 2 }, false },
		{ { " ", 1 }, false },
	};

	for (size_t i = 0; i < COUNTOF(gaps); i++)
		if (str_has_prefix(s, gaps[i].bytes)) {
			*dash = *dash || gaps[i].dash;
			return gaps[i].bytes.n;
		}
	return 0;
}

enum said_number_kind said_number_at(struct str s, char kind, uint32_t *out, size_t *n)
{
	char text[1 + BODY + 1];
	size_t at = 1, have = 1;
	bool digit = false, dash = false;

	if (s.n == 0 || ascii_lower(s.p[0]) != ascii_lower(kind))
		return SAID_NO_NUMBER;
	text[0] = s.p[0];
	while (have < sizeof text) {
		if (have == 1 || have == 1 + BODY)
			at += gap_at(str_from(s, at), &dash);
		if (at >= s.n || (unsigned char)s.p[at] >= 0x80 || !is_part(s.p[at]))
			return SAID_NO_NUMBER;
		digit = digit || is_digit(s.p[at]);
		text[have++] = s.p[at++];
	}
	if ((at < s.n && is_part(s.p[at])) || (!digit && !dash))
		return SAID_NO_NUMBER;
	*n = at;
	if (id_read((struct str){ text, sizeof text }, kind, out))
		return SAID_NUMBER;
	return dash ? SAID_BAD_NUMBER : SAID_NO_NUMBER;
}

bool said_number(struct str text, char kind, uint32_t *out)
{
	struct str s = str_first(text, SAID_BYTES);

	while (s.n > 0) {
		size_t n = 0;

		if (said_number_at(s, kind, out, &n) == SAID_NUMBER)
			return true;
		while (s.n > 0 && is_part(s.p[0]))
			str_skip(&s, 1);
		if (s.n > 0)
			str_skip(&s, 1);
	}
	return false;
}
