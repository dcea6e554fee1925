#include "codec/table/json.h"

#include "base/utf8.h"
#include "codec/table/json_chase.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
	WANT_VALUE,
	WANT_KEY,
	WANT_NEXT,
	WANT_KEY_OR_CLOSE,
	WANT_VALUE_OR_CLOSE,
	WANT_END,
	WANT_NOTHING
};

struct json json_of(struct str bytes)
{
	return (struct json){ .p = bytes.p, .end = bytes.p + bytes.n };
}

// Over the plain ASCII of a string: to a quote, a backslash, a control or a byte
// above 127.
static inline const char *over_plain(const char *p, const char *end)
{
#ifdef __SSE2__
	const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\');
	const __m128i blank = _mm_set1_epi8(' ');

	for (; end - p >= 16; p += 16) { // signed: bytes above 127 are below the blank too
		__m128i b = _mm_loadu_si128((const __m128i_u *)(const void *)p);
		__m128i stop = _mm_or_si128(
			_mm_or_si128(_mm_cmpeq_epi8(b, quote), _mm_cmpeq_epi8(b, slash)),
			_mm_cmplt_epi8(b, blank));
		unsigned bits = (unsigned)_mm_movemask_epi8(stop);

		if (bits != 0)
			return p + __builtin_ctz(bits);
	}
#endif
	while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= ' ' &&
	       (unsigned char)*p < 0x80)
		p++;
	return p;
}

static int hex4(const char *p, const char *end)
{
	int v = 0;

	if (end - p < 4)
		return -1;
	for (unsigned i = 0; i < 4; i++) {
		char c = ascii_lower(p[i]);

		if (c >= '0' && c <= '9')
			v = v << 4 | (c - '0');
		else if (c >= 'a' && c <= 'f')
			v = v << 4 | (c - 'a' + 10);
		else
			return -1;
	}
	return v;
}

static bool is_low_half(int u)
{
	return u >= 0xdc00 && u < 0xe000;
}

size_t json_escape(const char *p, const char *end)
{
	int u;

	if (end - p < 2)
		return 0;
	if (p[1] != 'u')
		return memchr("\"\\/bfnrt", p[1], 8) != NULL ? 2 : 0;
	u = hex4(p + 2, end);
	if (u <= 0 || is_low_half(u))
		return 0;
	if (u < 0xd800 || u >= 0xdc00)
		return 6;
	if (end - p < 12 || p[6] != '\\' || p[7] != 'u' || !is_low_half(hex4(p + 8, end)))
		return 0;
	return 12;
}

// From behind the opening quote to behind the closing one.
static bool read_string(struct json *j)
{
	const char *start = j->p;

	for (;;) {
		uint32_t c;
		size_t n;

		j->p = over_plain(j->p, j->end);
		if (j->p == j->end)
			return false;
		if (*j->p == '"') {
			j->token = (struct str){ start, (size_t)(j->p - start) };
			j->p++;
			return true;
		}
		if (*j->p == '\\') {
			n = json_escape(j->p, j->end);
			if (n == 0)
				return false;
			j->p += n;
			continue;
		}
		n = utf8_next((struct str){ j->p, (size_t)(j->end - j->p) }, &c);
		if (n < 2)
			return false;
		j->p += n;
	}
}

static const char *digits(const char *p, const char *end)
{
	while (p < end && *p >= '0' && *p <= '9')
		p++;
	return p;
}

const char *json_number(const char *p, const char *end)
{
	const char *from;

	p += *p == '-';
	from = p;
	p = p < end && *p == '0' ? p + 1 : digits(p, end);
	if (p == from)
		return NULL;
	if (p < end && *p == '.') {
		from = ++p;
		p = digits(p, end);
		if (p == from)
			return NULL;
	}
	if (p < end && (*p == 'e' || *p == 'E')) {
		p++;
		if (p < end && (*p == '+' || *p == '-'))
			p++;
		from = p;
		p = digits(p, end);
		if (p == from)
			return NULL;
	}
	return p;
}

static bool read_number(struct json *j)
{
	const char *start = j->p, *stop = json_number(start, j->end);

	if (stop == NULL)
		return false;
	j->token = (struct str){ start, (size_t)(stop - start) };
	j->p = stop;
	return true;
}

static bool skip_char(struct json *j, char c)
{
	bool there = j->p < j->end && *j->p == c;

	j->p += there;
	return there;
}

static enum json_kind bad(struct json *j)
{
	j->p = j->end;
	j->want = WANT_NOTHING;
	return JSON_BAD;
}

static enum json_kind close_one(struct json *j)
{
	j->p++;
	j->depth--;
	j->want = j->depth > 0 ? WANT_NEXT : WANT_END;
	return JSON_CLOSE;
}

static enum json_kind open_one(struct json *j, bool object)
{
	uint64_t bit;

	if (j->depth == JSON_MAX_DEPTH)
		return bad(j);
	bit = UINT64_C(1) << j->depth++;
	j->in_object = object ? j->in_object | bit : j->in_object & ~bit;
	j->want = object ? WANT_KEY_OR_CLOSE : WANT_VALUE_OR_CLOSE;
	j->p++;
	return object ? JSON_OBJECT : JSON_ARRAY;
}

size_t json_word(const char *p, const char *end)
{
	static const struct str words[] = { { "true", 4 }, { "false", 5 }, { "null", 4 } };
	struct str rest = { p, (size_t)(end - p) };

	for (size_t i = 0; i < COUNTOF(words); i++)
		if (str_has_prefix(rest, words[i]))
			return words[i].n;
	return 0;
}

static enum json_kind read_word(struct json *j)
{
	size_t n = json_word(j->p, j->end);

	if (n == 0)
		return bad(j);
	j->token = (struct str){ j->p, n };
	j->p += n;
	return JSON_WORD;
}

static enum json_kind read_value(struct json *j)
{
	char c = *j->p;

	if (c == '{' || c == '[')
		return open_one(j, c == '{');
	j->want = j->depth > 0 ? WANT_NEXT : WANT_END;
	if (c == '"') {
		j->p++;
		return read_string(j) ? JSON_STRING : bad(j);
	}
	if (c == '-' || (c >= '0' && c <= '9'))
		return read_number(j) ? JSON_NUMBER : bad(j);
	return read_word(j);
}

static inline void skip_blanks(struct json *j)
{
	while (j->p < j->end && (*j->p == ' ' || *j->p == '\n' || *j->p == '\t' || *j->p == '\r'))
		j->p++;
}

static enum json_kind read_key(struct json *j)
{
	if (*j->p != '"')
		return bad(j);
	j->p++;
	if (!read_string(j))
		return bad(j);
	skip_blanks(j);
	if (!skip_char(j, ':'))
		return bad(j);
	j->want = WANT_VALUE;
	return JSON_KEY;
}

enum json_kind json_next(struct json *j)
{
	bool in_object;

	skip_blanks(j);
	if (j->p == j->end)
		return j->want == WANT_END ? JSON_END : bad(j);
	in_object = j->depth > 0 && (j->in_object >> (j->depth - 1) & 1) != 0;
	if (j->want == WANT_NEXT) {
		if (*j->p == (in_object ? '}' : ']'))
			return close_one(j);
		if (*j->p != ',')
			return bad(j);
		j->p++;
		skip_blanks(j);
		if (j->p == j->end)
			return bad(j);
		j->want = in_object ? WANT_KEY : WANT_VALUE;
	}
	if ((j->want == WANT_KEY_OR_CLOSE && *j->p == '}') ||
	    (j->want == WANT_VALUE_OR_CLOSE && *j->p == ']'))
		return close_one(j);
	if (j->want == WANT_KEY || j->want == WANT_KEY_OR_CLOSE)
		return read_key(j);
	return j->want == WANT_VALUE || j->want == WANT_VALUE_OR_CLOSE ? read_value(j) : bad(j);
}

static char escape_of(char c)
{
	switch (c) {
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	default:
		return c;
	}
}

size_t json_text(struct str s, char *out)
{
	const char *end = s.p + s.n;
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		uint32_t c;

		if (s.p[i] != '\\' || i + 1 == s.n) {
			out[n++] = s.p[i];
			continue;
		}
		if (s.p[++i] != 'u') {
			out[n++] = escape_of(s.p[i]);
			continue;
		}
		c = (uint32_t)hex4(s.p + i + 1, end);
		i += 4;
		if (c >= 0xd800 && c < 0xdc00) {
			c = 0x10000 + ((c - 0xd800) << 10) +
			    ((uint32_t)hex4(s.p + i + 3, end) - 0xdc00);
			i += 6;
		}
		n += utf8_write(c, out + n);
	}
	return n;
}

struct json_path json_path(struct str dotted)
{
	struct json_path path = { 0 };

	while (dotted.n > 0) {
		if (path.steps == JSON_MAX_STEPS)
			return (struct json_path){ 0 };
		path.step[path.steps++] = str_cut(&dotted, '.');
	}
	return path;
}

bool chase_is_escaped_step(struct str key, struct str step)
{
	char text[256];

	return key.n <= sizeof text && str_eq((struct str){ text, json_text(key, text) }, step);
}

bool json_pick(struct str bytes, const struct json_path *path, unsigned n, struct json_value *out)
{
	struct json j = json_of(bytes);
	struct chase c = chase_of(path, n, out);
	enum json_kind kind = json_next(&j);

	if (kind != JSON_OBJECT)
		return false;
	while ((kind = json_next(&j)) != JSON_END) {
		if (kind == JSON_BAD)
			return false;
		if (kind == JSON_KEY)
			chase_key(&c, j.depth, j.token);
		else if (kind == JSON_OBJECT || kind == JSON_ARRAY)
			chase_enter(&c, j.depth - 1);
		else if (kind == JSON_CLOSE)
			chase_leave(&c, j.depth);
		else
			chase_value(&c, j.depth, kind, j.token);
	}
	return true;
}
