#include "codec/intel/stix_token.h"

#include "base/utf8.h"

static const struct {
	struct str word;
	enum stix_token_kind kind;
} words[] = {
	{ { "AND", 3 }, TOKEN_AND },           { { "OR", 2 }, TOKEN_OR },
	{ { "NOT", 3 }, TOKEN_NOT },           { { "FOLLOWEDBY", 10 }, TOKEN_FOLLOWEDBY },
	{ { "LIKE", 4 }, TOKEN_LIKE },         { { "MATCHES", 7 }, TOKEN_MATCHES },
	{ { "ISSUBSET", 8 }, TOKEN_ISSUBSET }, { { "ISSUPERSET", 10 }, TOKEN_ISSUPERSET },
	{ { "EXISTS", 6 }, TOKEN_EXISTS },     { { "IN", 2 }, TOKEN_IN },
	{ { "START", 5 }, TOKEN_START },       { { "STOP", 4 }, TOKEN_STOP },
	{ { "WITHIN", 6 }, TOKEN_WITHIN },     { { "SECONDS", 7 }, TOKEN_SECONDS },
	{ { "REPEATS", 7 }, TOKEN_REPEATS },   { { "TIMES", 5 }, TOKEN_TIMES },
	{ { "LAST", 4 }, TOKEN_LAST },         { { "true", 4 }, TOKEN_BOOLEAN },
	{ { "false", 5 }, TOKEN_BOOLEAN },
};

// The longer of two that begin alike comes first.
static const struct {
	struct str sign;
	enum stix_token_kind kind;
} signs[] = {
	{ { "==", 2 }, TOKEN_EQUAL },      { { "=", 1 }, TOKEN_EQUAL },
	{ { "!=", 2 }, TOKEN_NOT_EQUAL },  { { "<>", 2 }, TOKEN_NOT_EQUAL },
	{ { "<=", 2 }, TOKEN_LESS_EQUAL }, { { "<", 1 }, TOKEN_LESS },
	{ { ">=", 2 }, TOKEN_MORE_EQUAL }, { { ">", 1 }, TOKEN_MORE },
	{ { "(", 1 }, TOKEN_OPEN },        { { ")", 1 }, TOKEN_CLOSE },
	{ { "[", 1 }, TOKEN_BRACKET },     { { "]", 1 }, TOKEN_UNBRACKET },
	{ { ":", 1 }, TOKEN_COLON },       { { ".", 1 }, TOKEN_DOT },
	{ { ",", 1 }, TOKEN_COMMA },       { { "*", 1 }, TOKEN_STAR },
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || c == '_';
}

static char char_at(const struct stix_lexer *in, size_t at)
{
	return at < in->text.n ? in->text.p[at] : '\0';
}

static bool is_blank(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xa0 || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
	       c == 0x205f || c == 0x3000;
}

// Over one blank or one comment; false: there is none, or a comment that does not end.
static bool skip_one(struct stix_lexer *in)
{
	struct str rest = str_from(in->text, in->at);
	uint32_t c;
	size_t n;

	if (str_has_prefix(rest, S("//"))) {
		while (in->at < in->text.n && in->text.p[in->at] != '\n' &&
		       in->text.p[in->at] != '\r')
			in->at++;
		return true;
	}
	if (str_has_prefix(rest, S("/*"))) {
		for (n = 2; n + 1 < rest.n; n++)
			if (rest.p[n] == '*' && rest.p[n + 1] == '/') {
				in->at += n + 2;
				return true;
			}
		return false;
	}
	n = utf8_next(rest, &c);
	if (n == 0 || !is_blank(c))
		return false;
	in->at += n;
	return true;
}

static struct stix_token bad(struct stix_lexer *in, size_t at, const char *why)
{
	in->why = why;
	return (struct stix_token){ .kind = TOKEN_BAD, .at = at };
}

static bool is_base64(struct str s)
{
	size_t pad = str_has_suffix(s, S("==")) ? 2 : str_has_suffix(s, S("="));

	for (size_t i = 0; i + pad < s.n; i++)
		if (!(is_digit(s.p[i]) || (is_letter(s.p[i]) && s.p[i] != '_') || s.p[i] == '+' ||
		      s.p[i] == '/'))
			return false;
	return s.n > 0 && s.n % 4 == 0;
}

static bool is_hex(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!(is_digit(s.p[i]) ||
		      (ascii_lower(s.p[i]) >= 'a' && ascii_lower(s.p[i]) <= 'f')))
			return false;
	return s.n % 2 == 0;
}

static bool number_within(struct str two_digits, int low, int high)
{
	int n = (two_digits.p[0] - '0') * 10 + (two_digits.p[1] - '0');

	return n >= low && n <= high;
}

// "2016-06-01T01:30:00.123Z" and nothing else: capitals, seconds, a Z (STIX 2.1, 9.3).
static bool is_time(struct str s)
{
	static const char form[] = "dddd-dd-ddTdd:dd:dd";
	size_t i = sizeof form - 1;

	if (s.n <= i)
		return false;
	for (size_t k = 0; k < i; k++)
		if (form[k] == 'd' ? !is_digit(s.p[k]) : s.p[k] != form[k])
			return false;
	if (!number_within(str_from(s, 5), 1, 12) || !number_within(str_from(s, 8), 1, 31) ||
	    !number_within(str_from(s, 11), 0, 23) || !number_within(str_from(s, 14), 0, 59) ||
	    !number_within(str_from(s, 17), 0, 60))
		return false;
	if (s.p[i] == '.') {
		size_t from = ++i;

		while (i < s.n && is_digit(s.p[i]))
			i++;
		if (i == from)
			return false;
	}
	return i + 1 == s.n && s.p[i] == 'Z';
}

// At the opening quote; `kind` is what stands before it.
static struct stix_token read_quoted(struct stix_lexer *in, size_t at, enum stix_token_kind kind)
{
	size_t from = in->at + 1, i = from;
	struct str text;

	while (i < in->text.n && in->text.p[i] != '\'') {
		if (in->text.p[i] != '\\') {
			i++;
			continue;
		}
		if (char_at(in, i + 1) != '\'' && char_at(in, i + 1) != '\\')
			return bad(in, i, "a backslash stands only before a quote or a backslash");
		i += 2;
	}
	if (i >= in->text.n)
		return bad(in, at, "a quote is not closed");
	text = (struct str){ in->text.p + from, i - from };
	if (kind == TOKEN_TIME && !is_time(text))
		return bad(in, at, "a time is written as t'2026-03-02T04:05:06Z'");
	if (kind == TOKEN_HEX && !is_hex(text))
		return bad(in, at, "behind h stand hexadecimal digits, two for each byte");
	if (kind == TOKEN_BASE64 && !is_base64(text))
		return bad(in, at, "behind b stands Base64");
	in->at = i + 1;
	return (struct stix_token){ .kind = kind, .at = at, .text = text };
}

static struct stix_token read_number(struct stix_lexer *in)
{
	size_t at = in->at, i = at, whole;
	bool negative = in->text.p[at] == '-';
	struct stix_token t = { .kind = TOKEN_INTEGER, .at = at, .negative = negative };

	i += negative || in->text.p[at] == '+';
	whole = i;
	while (is_digit(char_at(in, i)))
		i++;
	if (char_at(in, i) == '.' && is_digit(char_at(in, i + 1))) {
		t.kind = TOKEN_FLOAT;
		for (i++; is_digit(char_at(in, i)); i++)
			;
	} else if (i == whole) {
		return bad(in, at, "a number must follow the sign");
	} else if (in->text.p[whole] == '0' && i > whole + 1) {
		return bad(in, at, "a number has no zero in front");
	}
	t.text = (struct str){ in->text.p + at, i - at };
	in->at = i;
	return t;
}

static struct stix_token read_word(struct stix_lexer *in)
{
	size_t at = in->at, i = at;
	struct stix_token t = { .kind = TOKEN_NAME, .at = at };

	for (; is_letter(char_at(in, i)) || is_digit(char_at(in, i)) || char_at(in, i) == '-'; i++)
		t.hyphen |= in->text.p[i] == '-';
	t.text = (struct str){ in->text.p + at, i - at };
	in->at = i;
	if (t.text.n == 1 && char_at(in, i) == '\'') {
		if (*t.text.p == 't')
			return read_quoted(in, at, TOKEN_TIME);
		if (*t.text.p == 'h')
			return read_quoted(in, at, TOKEN_HEX);
		if (*t.text.p == 'b')
			return read_quoted(in, at, TOKEN_BASE64);
	}
	for (size_t k = 0; k < COUNTOF(words); k++)
		if (str_eq(t.text, words[k].word))
			t.kind = words[k].kind;
	return t;
}

struct stix_token stix_token_next(struct stix_lexer *in)
{
	struct str rest;
	char c;

	while (skip_one(in))
		;
	if (in->at == in->text.n)
		return (struct stix_token){ .kind = TOKEN_END, .at = in->at };
	rest = str_from(in->text, in->at);
	c = *rest.p;
	if (is_letter(c))
		return read_word(in);
	if (c == '\'')
		return read_quoted(in, in->at, TOKEN_STRING);
	if (is_digit(c) || c == '-' || c == '+' || (c == '.' && is_digit(char_at(in, in->at + 1))))
		return read_number(in);
	for (size_t i = 0; i < COUNTOF(signs); i++) {
		if (!str_has_prefix(rest, signs[i].sign))
			continue;
		in->at += signs[i].sign.n;
		return (struct stix_token){ signs[i].kind, in->at - signs[i].sign.n,
					    str_first(rest, signs[i].sign.n), false, false };
	}
	return bad(in, in->at,
		   str_has_prefix(rest, S("/*")) ? "a comment is not closed"
						 : "this character has no meaning here");
}
