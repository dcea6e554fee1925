#include "codec/table/pairs.h"

static inline bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_between(const struct pairs_shape *shape, char c)
{
	return c == shape->pair_separator || (is_blank(shape->pair_separator) && is_blank(c));
}

static const char *over_blanks(const char *p, const char *end)
{
	while (p < end && is_blank(*p))
		p++;
	return p;
}

// The quote that closes the one before p. NULL: none does.
static const char *closing(const char *p, const char *end, char quote)
{
	for (; p < end; p++) {
		if (*p == quote)
			return p;
		if (*p == '\\' && p + 1 < end)
			p++;
	}
	return NULL;
}

static struct str unquoted(struct str s, char quote, struct arena *a)
{
	char *text;
	size_t n = 0;

	if (!str_has(s, '\\'))
		return s;
	text = arena_new(a, char, s.n);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == quote)
			i++;
		text[n++] = s.p[i];
	}
	return (struct str){ text, n };
}

struct pair {
	struct str key, value;
	bool quoted;
};

// The value at p; returns the place behind it, at a separator or the end.
static const char *take_value(const struct pairs_shape *shape, const char *p, const char *end,
			      struct pair *out)
{
	const char *from = is_blank(shape->pair_separator) ? p : over_blanks(p, end), *close;

	out->quoted = false;
	if (shape->quote != '\0' && from < end && *from == shape->quote) {
		close = closing(from + 1, end, shape->quote);
		p = close != NULL ? over_blanks(close + 1, end) : NULL;
		if (p != NULL && (p == end || is_between(shape, *p) || is_between(shape, p[-1]))) {
			out->value = (struct str){ from + 1, (size_t)(close - from) - 1 };
			out->quoted = true;
			return p;
		}
	}
	for (p = from; p < end && !is_between(shape, *p);)
		p++;
	out->value = str_trim((struct str){ from, (size_t)(p - from) });
	return p;
}

// The pair at *p, which is left behind it. False: what stands there is none.
static bool take_pair(const struct pairs_shape *shape, const char **p, const char *end,
		      struct pair *out)
{
	const char *from = *p, *at = from;

	while (at < end && *at != shape->kv_separator && !is_between(shape, *at))
		at++;
	if (at == end || *at != shape->kv_separator) {
		*p = at < end ? at + 1 : end;
		return false;
	}
	out->key = str_trim((struct str){ from, (size_t)(at - from) });
	at = take_value(shape, at + 1, end, out);
	*p = at < end && is_between(shape, *at) ? at + 1 : at;
	return out->key.n > 0;
}

bool pairs_cells(struct str line, const struct pairs_shape *shape, struct arena *a,
		 struct cells *out)
{
	const char *p = line.p, *end = line.p + line.n;
	struct cells cells = { 0 };
	bool any = false;

	while (p < end) {
		struct pair pair;

		if (!take_pair(shape, &p, end, &pair))
			continue;
		any = true;
		if (pair.value.n == 0)
			continue;
		if (pair.quoted && cells.list.count < CELLS_MAX)
			pair.value = unquoted(pair.value, shape->quote, a);
		cells_add(&cells, a,
			  (struct cell){ .name = str_first(pair.key, CELLS_NAME_MAX),
					 .text = pair.value });
	}
	if (any)
		*out = cells;
	return any;
}
