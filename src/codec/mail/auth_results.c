#include "codec/mail/auth_results.h"

enum { FIELDS = 200 }; // looked at, from the top

// The next field as it stands, with its folded lines; false: the head is over.
static bool next_field(struct str *rest, struct str *name, struct str *value)
{
	struct str line;
	const char *start;

	if (rest->n == 0 || rest->p[0] == '\n' || rest->p[0] == '\r')
		return false;
	start = rest->p;
	line = str_cut(rest, '\n');
	while (rest->n > 0 && (rest->p[0] == ' ' || rest->p[0] == '\t'))
		str_cut(rest, '\n');
	*value = (struct str){ start, rest->n > 0 ? (size_t)(rest->p - start) : line.n };
	if (rest->n == 0)
		value->n = (size_t)(line.p + line.n - start);
	*name = str_trim(str_cut(value, ':'));
	return true;
}

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

// Up to one of the ends, or a blank; a quoted text without its quotes.
static struct str word(struct str *s, const char *ends)
{
	struct str w = *s;
	size_t n = 0;

	if (str_starts(*s, '"')) {
		str_skip(s, 1);
		return str_cut(s, '"');
	}
	while (n < s->n && !is_blank(s->p[n]) && !str_has(str_of(ends), s->p[n]))
		n++;
	str_skip(s, n);
	return str_first(w, n);
}

static enum auth_verdict verdict(struct str s)
{
	if (str_eq_nocase(s, S("pass")))
		return AUTH_PASS;
	if (str_eq_nocase(s, S("none")))
		return AUTH_NONE;
	return str_eq_nocase(s, S("fail")) ? AUTH_FAIL : AUTH_OTHER;
}

// One that passed counts for all of its method: a mail may have several signatures.
static void note(enum auth_verdict *is, enum auth_verdict new)
{
	if (*is != AUTH_PASS)
		*is = new;
}

static void properties(struct str *s, struct str method, enum auth_verdict v,
		       struct auth_results *out)
{
	for (skip(s); s->n > 0 && s->p[0] != ';'; skip(s)) {
		struct str key = word(s, "=;("), value;

		skip(s);
		if (!str_starts(*s, '=')) {
			if (key.n == 0)
				str_skip(s, 1);
			continue;
		}
		str_skip(s, 1);
		skip(s);
		value = word(s, ";(");
		if (str_eq_nocase(method, S("dmarc")) && str_eq_nocase(key, S("header.from")))
			out->dmarc_from = value;
		if (str_eq_nocase(method, S("dkim")) && v == AUTH_PASS && out->dkim_d.n == 0 &&
		    str_eq_nocase(key, S("header.d")))
			out->dkim_d = value;
	}
}

static void read_field(struct str s, struct str name, struct auth_results *out)
{
	struct str id;

	skip(&s);
	id = word(&s, ";");
	if (!str_eq_nocase(id, name))
		return;
	out->there = true;
	for (skip(&s); s.n > 0; skip(&s)) {
		struct str method;
		enum auth_verdict v;

		if (s.p[0] != ';') { // a version, or what nobody expects
			str_skip(&s, 1);
			continue;
		}
		str_skip(&s, 1);
		skip(&s);
		method = word(&s, "=;(/");
		while (s.n > 0 && s.p[0] != '=' && s.p[0] != ';')
			str_skip(&s, 1);
		if (!str_starts(s, '='))
			continue;
		str_skip(&s, 1);
		skip(&s);
		v = verdict(word(&s, ";("));
		if (str_eq_nocase(method, S("spf")))
			note(&out->spf, v);
		else if (str_eq_nocase(method, S("dkim")))
			note(&out->dkim, v);
		else if (str_eq_nocase(method, S("dmarc")))
			note(&out->dmarc, v);
		else if (str_eq_nocase(method, S("arc")))
			note(&out->arc, v);
		properties(&s, method, v, out);
	}
}

void auth_results_read(struct str head, struct str name, struct auth_results *out)
{
	struct str field, value;

	*out = (struct auth_results){ 0 };
	if (name.n == 0)
		return;
	for (unsigned i = 0; i < FIELDS && next_field(&head, &field, &value); i++) {
		if (str_eq_nocase(field, S("Received")) && out->there)
			return;
		if (str_eq_nocase(field, S("Authentication-Results")))
			read_field(value, name, out);
	}
}
