#include "codec/text/ini.h"

#include "base/utf8.h"

struct ini ini_of(struct str bytes)
{
	if (str_has_prefix(bytes, S("\xef\xbb\xbf")))
		str_skip(&bytes, 3);
	return (struct ini){ .rest = bytes };
}

static bool bad(const struct ini *in, unsigned column, struct err *e, const char *what)
{
	return err_set(e, ERR_CONFIG, "line %u, column %u: %s", in->line, column, what);
}

static unsigned column_of(struct str line, struct str part)
{
	return (unsigned)(part.p - line.p) + 1;
}

static bool read_section(struct ini *in, struct str line, struct str text, struct err *e)
{
	if (text.p[text.n - 1] != ']' || text.n < 3)
		return bad(in, column_of(line, text), e, "a section is written as [name]");
	in->section = str_trim((struct str){ text.p + 1, text.n - 2 });
	return in->section.n > 0 || bad(in, column_of(line, text), e, "a section needs a name");
}

static bool read_pair(struct ini *in, struct str line, struct str text, struct err *e)
{
	struct str rest = text, key;

	if (!str_has(text, '='))
		return bad(in, column_of(line, text), e,
			   "neither `key = value` nor [section] nor # comment");
	key = str_trim(str_cut(&rest, '='));
	if (key.n == 0 || key.n > INI_MAX_KEY)
		return bad(in, column_of(line, text), e,
			   "a key stands before '=', of 1 to 128 bytes");
	in->key = key;
	in->key_column = column_of(line, key);
	in->value_column = rest.p != NULL ? column_of(line, rest) : (unsigned)line.n + 1;
	in->value = str_trim(rest);
	if (in->value.n > 0)
		in->value_column = column_of(line, in->value);
	return true;
}

static bool is_text(const struct ini *in, struct str line, struct err *e)
{
	if (line.n > INI_MAX_LINE)
		return bad(in, 1, e, "a line of over 8192 bytes");
	if (!utf8_is(line) || str_has(line, '\0'))
		return bad(in, 1, e, "not UTF-8 text");
	return true;
}

enum ini_kind ini_next(struct ini *in, struct err *e)
{
	e->kind = ERR_NONE;
	while (in->rest.n > 0) {
		struct str line = str_cut(&in->rest, '\n'), text = str_trim(line);
		bool section = str_starts(text, '[');

		in->line++;
		if (!is_text(in, line, e))
			return INI_END;
		if (text.n == 0 || str_starts(text, '#'))
			continue;
		if (section ? !read_section(in, line, text, e) : !read_pair(in, line, text, e))
			return INI_END;
		return section ? INI_SECTION : INI_PAIR;
	}
	return INI_END;
}

struct str ini_nearest(struct str wrong, const struct str *words, size_t n)
{
	// Two letters that changed places are two that differ: also in a word of five.
	unsigned limit = wrong.n < 4 ? 1 : (unsigned)(wrong.n < 30 ? (wrong.n + 1) / 3 : 10);
	struct str best = { 0 };

	for (size_t i = 0; i < n; i++) {
		unsigned d = str_distance(wrong, words[i], limit);

		if (d > limit)
			continue;
		best = words[i];
		limit = d > 0 ? d - 1 : 0;
	}
	return best;
}

bool ini_unknown(const struct ini *in, const struct str *words, size_t n, struct err *e)
{
	struct str near = ini_nearest(in->key, words, n);

	if (near.n == 0)
		return err_set(e, ERR_CONFIG,
			       "line %u, column %u: unknown key \"" STR_FMT "\" in [" STR_FMT "]",
			       in->line, in->key_column, STR_ARG(in->key), STR_ARG(in->section));
	return err_set(e, ERR_CONFIG,
		       "line %u, column %u: unknown key \"" STR_FMT "\" in [" STR_FMT
		       "]; did you mean \"" STR_FMT "\"?",
		       in->line, in->key_column, STR_ARG(in->key), STR_ARG(in->section),
		       STR_ARG(near));
}
