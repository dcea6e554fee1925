#include "codec/mail/auth_results.h"

#include "codec/mail/mime_read.h"

#include <stddef.h>

// Of several results of a method: one that passed is enough, or they must be of one mind.
enum auth_together { AUTH_ANY, AUTH_ONE };

static const struct {
	const char *word;
	enum auth_together together;
} methods[] = {
#define X(id, word, together) [id] = { word, together },
	AUTH_METHODS(X)
#undef X
};

struct str auth_method_word(enum auth_method method)
{
	return str_of(methods[method].word);
}

static const struct {
	const char *name;
	size_t at;
} properties[] = {
	{ "reason", offsetof(struct auth_result, reason) },
	{ "header.from", offsetof(struct auth_result, header_from) },
	{ "header.d", offsetof(struct auth_result, header_d) },
	{ "header.s", offsetof(struct auth_result, header_s) },
	{ "header.i", offsetof(struct auth_result, header_i) },
	{ "smtp.mailfrom", offsetof(struct auth_result, smtp_mailfrom) },
	{ "smtp.helo", offsetof(struct auth_result, smtp_helo) },
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// Blanks and comments, which nest (RFC 5322, 3.2.2).
static void skip(struct str *s)
{
	unsigned depth = 0;

	while (s->n > 0) {
		char c = s->p[0];

		if (c == '\\' && depth > 0 && s->n > 1)
			str_skip(s, 1);
		else if (c == '(')
			depth++;
		else if (c == ')' && depth > 0)
			depth--;
		else if (depth == 0 && !is_blank(c))
			return;
		str_skip(s, 1);
	}
}

// Up to one of the ends, or a blank, outside of quotes: a sender chooses what stands in them, as in
// smtp.mailfrom="a\"; dmarc=pass"@b. A text that is quoted whole comes without its quotes.
static struct str word(struct str *s, const char *ends)
{
	struct str w = *s;
	bool quoted = false;
	size_t n = 0;

	for (; n < s->n; n++) {
		char c = s->p[n];

		if (c == '"')
			quoted = !quoted;
		else if (quoted && c == '\\')
			n += n + 1 < s->n;
		else if (!quoted && (is_blank(c) || str_has(str_of(ends), c)))
			break;
	}
	str_skip(s, n);
	w.n = n;
	if (n < 2 || w.p[0] != '"' || memchr(w.p + 1, '"', n - 1) != w.p + n - 1)
		return w;
	return (struct str){ w.p + 1, n - 2 };
}

static enum auth_verdict verdict(struct str s)
{
	if (str_eq_nocase(s, S("pass")))
		return AUTH_PASS;
	if (str_eq_nocase(s, S("none")))
		return AUTH_NONE;
	return str_eq_nocase(s, S("fail")) ? AUTH_FAIL : AUTH_OTHER;
}

// The first of a name counts: a later one is no better.
static void note_property(struct auth_result *r, struct str key, struct str value)
{
	for (size_t i = 0; i < COUNTOF(properties); i++) {
		struct str is;

		if (!str_eq_nocase(key, str_of(properties[i].name)))
			continue;
		memcpy(&is, (const char *)r + properties[i].at, sizeof is);
		if (is.n == 0)
			memcpy((char *)r + properties[i].at, &value, sizeof value);
	}
}

static void read_properties(struct str *s, struct auth_result *r)
{
	for (skip(s); s->n > 0 && s->p[0] != ';'; skip(s)) {
		const size_t left = s->n;
		struct str key = word(s, "=;("), value;

		if (s->n == left && !str_starts(*s, '=')) {
			str_skip(s, 1);
			continue;
		}
		skip(s);
		if (!str_starts(*s, '='))
			continue;
		str_skip(s, 1);
		skip(s);
		value = word(s, ";(");
		note_property(r, key, value);
	}
}

static void note(struct auth_results *out, const struct auth_result *r)
{
	enum auth_verdict *const all[] = { [AUTH_SPF] = &out->spf,
					   [AUTH_DKIM] = &out->dkim,
					   [AUTH_DMARC] = &out->dmarc,
					   [AUTH_ARC] = &out->arc };
	enum auth_verdict *is = all[r->method];
	const unsigned bit = 1u << r->method;
	const bool first = (out->said & bit) == 0;

	if (first || (methods[r->method].together == AUTH_ANY && *is != AUTH_PASS))
		*is = r->verdict;
	else if (methods[r->method].together == AUTH_ONE && *is != r->verdict)
		*is = AUTH_OTHER;
	if (r->method == AUTH_DMARC && first)
		out->dmarc_from = r->header_from;
	else if (r->method == AUTH_DMARC && !str_eq_nocase(out->dmarc_from, r->header_from))
		*is = AUTH_OTHER;
	if (r->method == AUTH_DKIM && r->verdict == AUTH_PASS && out->dkim_d.n == 0)
		out->dkim_d = r->header_d;
	out->said |= bit;
	if (out->count < AUTH_RESULTS)
		out->at[out->count++] = *r;
}

// "method/version = result reason=… property=…", behind its ";".
static void read_result(struct str *s, struct auth_results *out)
{
	struct auth_result r = { 0 };
	struct str method;

	skip(s);
	method = word(s, "=;(/");
	skip(s);
	while (s->n > 0 && s->p[0] != '=' && s->p[0] != ';') {
		str_skip(s, 1);
		skip(s);
	}
	if (!str_starts(*s, '='))
		return;
	str_skip(s, 1);
	skip(s);
	r.word = word(s, ";(");
	r.verdict = verdict(r.word);
	read_properties(s, &r);
	for (unsigned i = 0; i < AUTH_METHOD_COUNT; i++)
		if (str_eq_nocase(method, str_of(methods[i].word))) {
			r.method = (enum auth_method)i;
			note(out, &r);
		}
}

static void read_field(struct str s, struct str name, struct auth_results *out)
{
	struct str id;

	skip(&s);
	id = word(&s, ";(");
	if (!str_eq_nocase(id, name))
		return;
	out->there = true;
	for (skip(&s); s.n > 0; skip(&s)) {
		bool result = s.p[0] == ';'; // else a version, or what nobody expects

		str_skip(&s, 1);
		if (result)
			read_result(&s, out);
	}
}

void auth_results_read(struct str head, struct str name, struct auth_results *out)
{
	struct str field, value;

	*out = (struct auth_results){ 0 };
	if (name.n == 0)
		return;
	for (unsigned i = 0; i < AUTH_FIELDS && mime_next_field(&head, &field, &value); i++) {
		if (str_eq_nocase(field, S("Received")) && out->there)
			return;
		if (str_eq_nocase(field, S("Authentication-Results")))
			read_field(value, name, out);
	}
}
