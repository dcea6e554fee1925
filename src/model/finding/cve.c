#include "model/finding/cve.h"

enum { YEAR = 4, LEAST = 4, MOST = 19 };

static bool between(char c)
{
	return c == ';' || c == ',' || c == ' ' || c == '\t' || c == '\n';
}

static struct str word(struct str *list)
{
	size_t n = 0;
	struct str w;

	while (n < list->n && between(list->p[n]))
		n++;
	str_skip(list, n);
	for (n = 0; n < list->n && !between(list->p[n]);)
		n++;
	w = str_first(*list, n);
	str_skip(list, n);
	return w;
}

static bool digits(struct str s, size_t least, size_t most)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n >= least && s.n <= most;
}

static bool is_cve(struct str w)
{
	struct str head = str_cut(&w, '-'), year = str_cut(&w, '-');

	return str_eq_nocase(head, S("CVE")) && digits(year, YEAR, YEAR) && digits(w, LEAST, MOST);
}

bool cve_next(struct str *list, char out[CVE_TEXT])
{
	while (list->n > 0) {
		struct str w = word(list);

		if (!is_cve(w))
			continue;
		memcpy(out, w.p, w.n);
		memcpy(out, "CVE", 3);
		out[w.n] = '\0';
		return true;
	}
	return false;
}
