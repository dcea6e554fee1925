#include "model/feed/feed.h"

static bool is_type_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

// {type}: the longest name of a type that stands here, else a word.
static size_t type_length(const struct feed *f, struct str file)
{
	size_t best = 0;

	LIST_EACH (const struct feed_type, t, &f->types)
		if (t->name.n > best && str_has_prefix(file, t->name))
			best = t->name.n;
	if (best == 0)
		while (best < file.n && is_type_letter(file.p[best]))
			best++;
	return best;
}

static bool fits_rest(struct str pattern, struct str file) // '*' only, from here
{
	size_t star = 0;

	while (star < pattern.n && pattern.p[star] != '*')
		star++;
	if (star == pattern.n)
		return str_eq(pattern, file);
	return str_has_prefix(file, str_first(pattern, star)) &&
	       str_has_suffix(str_from(file, star), str_from(pattern, star + 1));
}

static struct str without_packing(struct str file)
{
	static const struct str ends[] = { { ".gz", 3 }, { ".zst", 4 }, { ".zip", 4 } };

	for (size_t i = 0; i < COUNTOF(ends); i++)
		if (str_has_suffix(file, ends[i]))
			return str_first(file, file.n - ends[i].n);
	return file;
}

bool feed_file_name(const struct feed *f, struct str file, struct str *type, int64_t *day)
{
	struct str pattern = f->file, kind = { 0 };
	int64_t at = TIME_EVER;

	file = without_packing(file);
	while (pattern.n > 0 && pattern.p[0] != '*') {
		if (str_has_prefix(pattern, S("{date}"))) {
			if (file.n < 10 || !time_read(str_first(file, 10), &at))
				return false;
			str_skip(&file, 10);
			str_skip(&pattern, 6);
		} else if (str_has_prefix(pattern, S("{type}"))) {
			kind = str_first(file, type_length(f, file));
			if (kind.n == 0)
				return false;
			str_skip(&file, kind.n);
			str_skip(&pattern, 6);
		} else {
			if (file.n == 0 || file.p[0] != pattern.p[0])
				return false;
			str_skip(&file, 1);
			str_skip(&pattern, 1);
		}
	}
	if (!fits_rest(pattern, file))
		return false;
	*type = kind;
	*day = at;
	return true;
}
