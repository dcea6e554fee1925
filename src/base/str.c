#include "base/str.h"

bool str_has_prefix(struct str s, struct str head)
{
	return s.n >= head.n && str_eq(str_first(s, head.n), head);
}

bool str_has_suffix(struct str s, struct str tail)
{
	return s.n >= tail.n && str_eq(str_from(s, s.n - tail.n), tail);
}

bool str_eq_nocase(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (ascii_lower(a.p[i]) != ascii_lower(b.p[i]))
			return false;
	return true;
}

int str_order(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int first = n > 0 ? memcmp(a.p, b.p, n) : 0;

	return first != 0 ? first : (a.n > b.n) - (a.n < b.n);
}

bool str_has(struct str s, char c)
{
	return s.n > 0 && memchr(s.p, c, s.n) != NULL;
}

bool str_contains(struct str s, struct str part)
{
	for (size_t i = 0; i + part.n <= s.n; i++)
		if (str_has_prefix(str_from(s, i), part))
			return true;
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str str_trim(struct str s)
{
	while (s.n > 0 && is_blank(s.p[0]))
		str_skip(&s, 1);
	while (s.n > 0 && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

struct str str_cut(struct str *s, char c)
{
	const char *hit = s->n > 0 ? memchr(s->p, c, s->n) : NULL;
	struct str head = *s;

	if (hit == NULL) {
		*s = (struct str){ 0 };
		return head;
	}
	head.n = (size_t)(hit - s->p);
	str_skip(s, head.n + 1);
	return head;
}

struct str file_base(struct str path)
{
	size_t n = path.n;

	while (n > 0 && path.p[n - 1] != '/')
		n--;
	return str_from(path, n);
}

bool str_to_uint(struct str s, uint64_t max, uint64_t *out)
{
	uint64_t v = 0;

	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		uint64_t d = (unsigned char)s.p[i] - (uint64_t)'0';

		if (d > 9 || __builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, d, &v))
			return false;
	}
	if (v > max)
		return false;
	*out = v;
	return true;
}

unsigned str_distance(struct str a, struct str b, unsigned limit)
{
	enum { MOST = 64 };
	unsigned row[MOST + 1];

	if (a.n > MOST || b.n > MOST)
		return limit + 1;
	for (unsigned j = 0; j <= b.n; j++)
		row[j] = j;
	for (unsigned i = 1; i <= a.n; i++) {
		unsigned corner = row[0];

		row[0] = i;
		for (unsigned j = 1; j <= b.n; j++) {
			unsigned swap = corner + (a.p[i - 1] != b.p[j - 1]);
			unsigned step = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;

			corner = row[j];
			row[j] = swap < step ? swap : step;
		}
	}
	return row[b.n] <= limit ? row[b.n] : limit + 1;
}
