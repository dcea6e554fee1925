#include "codec/text/base64.h"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_write(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i += 3) {
		size_t left = s.n - i;
		uint32_t v = (uint32_t)(unsigned char)s.p[i] << 16;
		char four[4] = { 0, 0, '=', '=' };

		if (left > 1)
			v |= (uint32_t)(unsigned char)s.p[i + 1] << 8;
		if (left > 2)
			v |= (unsigned char)s.p[i + 2];
		four[0] = letters[v >> 18];
		four[1] = letters[v >> 12 & 63];
		if (left > 1)
			four[2] = letters[v >> 6 & 63];
		if (left > 2)
			four[3] = letters[v & 63];
		buf_add(b, four, 4);
	}
}

static int value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool base64_read(struct str s, char *out, size_t *n)
{
	size_t got = 0, used = 0, padding = 0;
	unsigned have = 0; // bits not yet out
	uint32_t bits = 0;

	for (size_t i = 0; i < s.n; i++) {
		int v = value_of(s.p[i]);

		if (s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == ' ')
			continue;
		padding += s.p[i] == '=';
		if (s.p[i] == '=' && padding <= 2)
			continue;
		if (v < 0 || padding > 0)
			return false;
		used++;
		bits = bits << 6 | (uint32_t)v;
		have += 6;
		if (have >= 8) {
			have -= 8;
			out[got++] = (char)(bits >> have);
		}
	}
	*n = got;
	return used % 4 != 1;
}
