#include "codec/text/id.h"

enum { BASE = 31, DIGITS = 6 };

static const char letters[BASE + 1] = "0123456789ABCDEFGHJKMNPQRSTVWXY";

static unsigned check_of(const unsigned char value[DIGITS])
{
	unsigned sum = 0;

	for (unsigned i = 0; i < DIGITS; i++)
		sum += (i + 1) * value[i];
	return sum % BASE;
}

void id_write(char kind, uint32_t number, char out[ID_TEXT])
{
	unsigned char value[DIGITS];

	for (unsigned i = DIGITS; i-- > 0; number /= BASE)
		value[i] = (unsigned char)(number % BASE);
	out[0] = kind;
	out[1] = out[8] = '-';
	for (unsigned i = 0; i < DIGITS; i++)
		out[2 + i] = letters[value[i]];
	out[9] = letters[check_of(value)];
	out[10] = '\0';
}

static bool value_of(char c, unsigned char *out)
{
	char upper = c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
	const char *at = upper != '\0' ? memchr(letters, upper, BASE) : NULL;

	if (at == NULL)
		return false;
	*out = (unsigned char)(at - letters);
	return true;
}

static bool starts_with_kind(struct str s, char kind)
{
	return s.n > 0 && ascii_lower(s.p[0]) == ascii_lower(kind);
}

bool id_read(struct str s, char kind, uint32_t *out)
{
	unsigned char value[DIGITS], check;
	uint32_t number = 0;

	if (!starts_with_kind(s, kind))
		return false;
	str_skip(&s, 1);
	if (s.n == DIGITS + 3 && s.p[0] == '-' && s.p[DIGITS + 1] == '-')
		str_skip(&s, 1);
	else if (s.n != DIGITS + 1)
		return false;
	for (unsigned i = 0; i < DIGITS; i++) {
		if (!value_of(s.p[i], &value[i]))
			return false;
		number = number * BASE + value[i];
	}
	if (!value_of(s.p[s.n - 1], &check) || check != check_of(value))
		return false;
	*out = number;
	return true;
}
