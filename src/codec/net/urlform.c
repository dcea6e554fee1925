#include "codec/net/urlform.h"

#include "base/utf8.h"

enum { DEL = 0x7f };

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = ascii_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// A percent sign that begins no byte stands for itself, as browsers read it.
static char next_byte(struct str *s)
{
	char c = s->p[0];
	int high, low;

	str_skip(s, 1);
	if (c == '+')
		return ' ';
	if (c != '%' || s->n < 2)
		return c;
	high = hex(s->p[0]);
	low = hex(s->p[1]);
	if (high < 0 || low < 0)
		return c;
	str_skip(s, 2);
	return (char)(high << 4 | low);
}

static bool is_text(char c)
{
	return (unsigned char)c >= ' ' ? c != DEL : c == '\t' || c == '\n';
}

static bool decode(struct str s, struct arena *a, struct str *out)
{
	char *to = arena_new(a, char, s.n + 1);
	size_t n = 0;
	bool cr = false;

	while (s.n > 0) {
		char c = next_byte(&s);
		bool lf = c == '\n' && cr;

		cr = c == '\r';
		if (lf)
			continue;
		if (cr)
			c = '\n';
		if (!is_text(c))
			return false;
		to[n++] = c;
	}
	*out = (struct str){ to, n };
	return utf8_is(*out);
}

bool urlform_next(struct urlform *f, struct arena *a, struct str *name, struct str *value,
		  struct err *e)
{
	struct str pair = { 0 };

	while (f->rest.n > 0 && pair.n == 0)
		pair = str_cut(&f->rest, '&');
	if (pair.n == 0)
		return false;
	if (f->n++ >= URLFORM_PAIRS)
		return err_set(e, ERR_LIMIT, "more than %d fields", (int)URLFORM_PAIRS);
	if (!decode(str_cut(&pair, '='), a, name) || !decode(pair, a, value))
		return err_set(e, ERR_INPUT, "a field that is no text");
	return true;
}
