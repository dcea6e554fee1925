#include "codec/text/json_blank.h"

static bool has(struct str text, struct str inner)
{
	for (size_t i = 0; inner.n > 0 && i + inner.n <= text.n; i++)
		if (str_eq_nocase(str_first(str_from(text, i), inner.n), inner))
			return true;
	return false;
}

static size_t string_end(struct str s) // with both quotes
{
	size_t i = 1;

	while (i < s.n && s.p[i] != '"')
		i += s.p[i] == '\\' && i + 1 < s.n ? 2 : 1;
	return i < s.n ? i + 1 : s.n;
}

static bool is_between(char c)
{
	return c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':' || c == ' ' ||
	       c == '\t' || c == '\n' || c == '\r' || c == '"';
}

static size_t token_end(struct str s)
{
	size_t i = 0;

	if (s.p[0] == '"')
		return string_end(s);
	while (i < s.n && !is_between(s.p[i]))
		i++;
	return i;
}

static bool is_key(struct str rest)
{
	return str_trim(rest).n > 0 && str_trim(rest).p[0] == ':';
}

size_t json_blank(struct buf *b, struct str json, struct str inner, struct str instead)
{
	size_t count = 0;

	while (json.n > 0) {
		size_t n = json.p[0] != '"' && is_between(json.p[0]) ? 0 : token_end(json);
		struct str token = str_first(json, n), rest = str_from(json, n);

		if (n == 0) {
			buf_char(b, json.p[0]);
			rest = str_from(json, 1);
		} else if (has(token, inner) && !(token.p[0] == '"' && is_key(rest))) {
			buf_str(b, instead);
			count++;
		} else {
			buf_str(b, token);
		}
		json = rest;
	}
	return count;
}
