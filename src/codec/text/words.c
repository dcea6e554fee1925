#include "codec/text/words.h"

static struct str unescaped(struct str s, struct arena *a)
{
	char *p;
	size_t n = 0;

	if (!str_has(s, '\\'))
		return s;
	p = arena_new(a, char, s.n);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n) {
			i++;
			p[n++] = s.p[i] == 't' ? '\t' : s.p[i] == 'n' ? '\n' : s.p[i];
		} else {
			p[n++] = s.p[i];
		}
	}
	return (struct str){ p, n };
}

bool words_next(struct str *rest, struct arena *a, struct str *word, bool *quoted)
{
	struct str s = str_trim(*rest);
	bool in_quotes = str_starts(s, '"');
	size_t n = 0;

	if (quoted != NULL)
		*quoted = in_quotes;
	if (s.n == 0)
		return false;
	str_skip(&s, in_quotes);
	if (!in_quotes) {
		while (n < s.n && s.p[n] != ' ' && s.p[n] != '\t')
			n++;
	} else {
		while (n < s.n && s.p[n] != '"')
			n += s.p[n] == '\\' && n + 1 < s.n ? 2 : 1;
		n = n < s.n ? n : s.n;
	}
	*word = str_first(s, n);
	if (in_quotes)
		*word = unescaped(*word, a);
	*rest = str_from(s, n + (in_quotes && n < s.n));
	return true;
}
