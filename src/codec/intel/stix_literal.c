#include "codec/intel/stix_literal.h"

#define BIT(literal) (1U << (literal))
#define ORDERED      (STIX_ANY_LITERAL & ~BIT(STIX_BOOLEAN))

static const struct {
	struct str text;
	enum stix_token_kind token;
	unsigned allowed;
} operators[] = {
	[STIX_EQUAL] = { { "=", 1 }, TOKEN_EQUAL, STIX_ANY_LITERAL },
	[STIX_NOT_EQUAL] = { { "!=", 2 }, TOKEN_NOT_EQUAL, STIX_ANY_LITERAL },
	[STIX_LESS] = { { "<", 1 }, TOKEN_LESS, ORDERED },
	[STIX_LESS_EQUAL] = { { "<=", 2 }, TOKEN_LESS_EQUAL, ORDERED },
	[STIX_MORE] = { { ">", 1 }, TOKEN_MORE, ORDERED },
	[STIX_MORE_EQUAL] = { { ">=", 2 }, TOKEN_MORE_EQUAL, ORDERED },
	[STIX_IN] = { { "IN", 2 }, TOKEN_IN, STIX_ANY_LITERAL },
	[STIX_LIKE] = { { "LIKE", 4 }, TOKEN_LIKE, BIT(STIX_TEXT) },
	[STIX_MATCHES] = { { "MATCHES", 7 }, TOKEN_MATCHES, BIT(STIX_TEXT) },
	[STIX_ISSUBSET] = { { "ISSUBSET", 8 }, TOKEN_ISSUBSET, BIT(STIX_TEXT) },
	[STIX_ISSUPERSET] = { { "ISSUPERSET", 10 }, TOKEN_ISSUPERSET, BIT(STIX_TEXT) },
	[STIX_EXISTS] = { { "EXISTS", 6 }, TOKEN_END, 0 }, // stands before its path
};

struct str stix_operator_text(enum stix_operator o)
{
	return operators[o].text;
}

bool stix_operator_of(enum stix_token_kind kind, enum stix_operator *out, unsigned *allowed)
{
	for (unsigned i = 0; i < STIX_EXISTS; i++) {
		if (operators[i].token != kind)
			continue;
		*out = (enum stix_operator)i;
		*allowed = operators[i].allowed;
		return true;
	}
	return false;
}

enum stix_literal stix_literal_of(enum stix_token_kind kind)
{
	static const enum stix_token_kind of[] = {
		[STIX_TEXT] = TOKEN_STRING,   [STIX_INTEGER] = TOKEN_INTEGER,
		[STIX_FLOAT] = TOKEN_FLOAT,   [STIX_BOOLEAN] = TOKEN_BOOLEAN,
		[STIX_TIME] = TOKEN_TIME,     [STIX_HEX] = TOKEN_HEX,
		[STIX_BASE64] = TOKEN_BASE64,
	};

	for (unsigned i = STIX_TEXT; i < COUNTOF(of); i++)
		if (of[i] == kind)
			return (enum stix_literal)i;
	return STIX_NO_LITERAL;
}

struct str stix_unescape(struct str raw, struct arena *a)
{
	size_t n = 0;
	char *text;

	if (!str_has(raw, '\\'))
		return raw;
	text = arena_new(a, char, raw.n);
	for (size_t i = 0; i < raw.n; i++) {
		i += raw.p[i] == '\\';
		text[n++] = raw.p[i];
	}
	return (struct str){ text, n };
}

static struct str last_step(struct str path)
{
	size_t at = path.n;

	while (at > 0 && path.p[at - 1] != '.')
		at--;
	return str_from(path, at);
}

bool stix_hash_fits(const struct stix_comparison *c, struct str *algorithm)
{
	unsigned digits;

	if (c->selects != STIX_HASH || c->literal != STIX_TEXT ||
	    (c->how != STIX_EQUAL && c->how != STIX_NOT_EQUAL && c->how != STIX_IN))
		return true;
	*algorithm = stix_hash_name(last_step(c->path), &digits);
	if (digits == 0)
		return true;
	for (size_t i = 0; i < c->value.n; i++) {
		char x = ascii_lower(c->value.p[i]);

		if (!((x >= '0' && x <= '9') || (x >= 'a' && x <= 'f')))
			return false;
	}
	return c->value.n == digits;
}
