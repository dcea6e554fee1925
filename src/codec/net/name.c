#include "codec/net/name.h"

// Every byte of a name in ASCII: itself in lower case; '.' and bytes above 127
// are told apart by the caller. NUL, blanks and controls are no part of a host.
static inline bool is_name_byte(unsigned char c)
{
	return c > ' ' && c < 0x7f;
}

// The labels of n bytes at text; 0 where one is empty or too long.
static unsigned count_labels(const char *text, size_t n)
{
	unsigned labels = 1;
	size_t start = 0;

	for (size_t i = 0; i <= n; i++) {
		if (i < n && text[i] != '.')
			continue;
		if (i == start || i - start > NAME_MAX_LABEL)
			return 0;
		labels += i < n;
		start = i + 1;
	}
	return labels;
}

static bool finish(struct name *out, size_t n)
{
	unsigned labels = count_labels(out->text, n);

	if (labels == 0)
		return false;
	out->text[n] = '\0';
	out->n = (unsigned char)n;
	out->labels = (unsigned char)labels;
	return true;
}

// UTF-8 to A-labels. The library takes "a..b" for "a.b": labels are counted before.
static bool read_unicode(struct str s, name_idn idn, struct name *out)
{
	size_t n;

	if (idn == NULL || s.n > 4 * NAME_MAX_BYTES)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c < 0x80 && !is_name_byte(c)) || (c == '.' && (i == 0 || s.p[i - 1] == '.')))
			return false;
	}
	n = idn(s, out->text);
	return n > 0 && n <= NAME_MAX_BYTES && finish(out, n);
}

bool name_read(struct str s, name_idn idn, struct name *out)
{
	size_t start = 0;
	unsigned labels = 1;

	if (s.n > 0 && s.p[s.n - 1] == '.')
		s.n--;
	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (UNLIKELY(!is_name_byte(c)))
			return c >= 0x80 && read_unicode(s, idn, out);
		if (UNLIKELY(i == NAME_MAX_BYTES))
			return false;
		out->text[i] = ascii_lower((char)c);
		if (c != '.')
			continue;
		if (i == start || i - start > NAME_MAX_LABEL)
			return false;
		labels++;
		start = i + 1;
	}
	if (s.n == start || s.n - start > NAME_MAX_LABEL)
		return false;
	out->text[s.n] = '\0';
	out->n = (unsigned char)s.n;
	out->labels = (unsigned char)labels;
	return true;
}

bool name_within(struct str a, struct str b)
{
	return str_has_suffix(a, b) && (a.n == b.n || a.p[a.n - b.n - 1] == '.');
}
