#include "codec/intel/stix_pattern.h"

#include "base/utf8.h"
#include "codec/intel/stix_literal.h"
#include "codec/intel/stix_token.h"
#include "codec/intel/stix_use.h"

struct parser {
	struct stix_lexer in;
	struct stix_token now;
	struct arena *a;
	struct stix_pattern *out;
	struct err *e;
	unsigned depth;
};

static bool read_observations(struct parser *p);
static bool read_comparisons(struct parser *p);

static void step(struct parser *p)
{
	p->now = stix_token_next(&p->in);
}

static bool wrong(struct parser *p, const char *must)
{
	struct str there = str_first(str_from(p->in.text, p->now.at), 24);
	unsigned long long byte = p->now.at + 1;
	uint32_t c;
	size_t n = 0, more;

	if (p->now.kind == TOKEN_BAD)
		return err_set(p->e, ERR_INPUT, "byte %llu: %s", byte, p->in.why);
	if (p->now.kind == TOKEN_END)
		return err_set(p->e, ERR_INPUT, "byte %llu: %s, but the pattern ends", byte, must);
	while ((more = utf8_next(str_from(there, n), &c)) > 0)
		n += more;
	return err_set(p->e, ERR_INPUT, "byte %llu: %s, not \"" STR_FMT "\"", byte, must, (int)n,
		       there.p);
}

static bool over(struct parser *p, const char *what, unsigned most)
{
	return err_set(p->e, ERR_LIMIT, "byte %llu: more than %u %s",
		       (unsigned long long)p->now.at + 1, most, what);
}

static bool take(struct parser *p, enum stix_token_kind kind)
{
	if (p->now.kind != kind)
		return false;
	step(p);
	return true;
}

static bool need(struct parser *p, enum stix_token_kind kind, const char *must)
{
	return take(p, kind) || wrong(p, must);
}

static bool deeper(struct parser *p)
{
	return ++p->depth <= STIX_MAX_DEPTH ||
	       over(p, "parentheses within each other", STIX_MAX_DEPTH);
}

static bool read_key(struct parser *p, struct stix_step *out)
{
	if (p->now.kind == TOKEN_NAME && p->now.hyphen)
		return wrong(p, "a property with a hyphen must stand in quotes");
	if (p->now.kind != TOKEN_NAME && p->now.kind != TOKEN_STRING)
		return wrong(p, "the name of a property must follow");
	*out = (struct stix_step){ .key = p->now.kind == TOKEN_STRING
						  ? stix_unescape(p->now.text, p->a)
						  : p->now.text };
	step(p);
	return true;
}

static bool read_index(struct parser *p, struct stix_step *out)
{
	if (p->now.kind != TOKEN_STAR && p->now.kind != TOKEN_INTEGER)
		return wrong(p, "an index is a number or *");
	*out = (struct stix_step){ .index = true };
	step(p);
	return need(p, TOKEN_UNBRACKET, "] must follow the index");
}

// file:hashes.'SHA-256' (9.7)
static bool read_path(struct parser *p, struct stix_comparison *c)
{
	struct stix_step steps[STIX_MAX_STEPS];
	unsigned n = 0;

	c->type = p->now.text;
	if (c->type.n > STIX_MAX_TYPE)
		return over(p, "bytes in the type of an object", STIX_MAX_TYPE);
	if (!need(p, TOKEN_NAME, "the type of an object must stand here") ||
	    !need(p, TOKEN_COLON, "a colon must follow the type of the object") ||
	    !read_key(p, &steps[n++]))
		return false;
	while (p->now.kind == TOKEN_DOT || p->now.kind == TOKEN_BRACKET) {
		bool index = p->now.kind == TOKEN_BRACKET;

		if (n == STIX_MAX_STEPS)
			return over(p, "steps in an object path", STIX_MAX_STEPS);
		step(p);
		if (index ? !read_index(p, &steps[n++]) : !read_key(p, &steps[n++]))
			return false;
	}
	c->path = stix_path_text(steps, n, p->a);
	c->selects = stix_path_selects(c->type, steps, n);
	return c->path.p != NULL || over(p, "bytes in an object path", STIX_MAX_PATH);
}

static bool add(struct parser *p, const struct stix_comparison *c)
{
	struct stix_pattern *out = p->out;
	struct stix_comparison *added;

	if (out->comparisons.count == STIX_MAX_COMPARISONS)
		return over(p, "comparisons", STIX_MAX_COMPARISONS);
	added = list_add(&out->comparisons, p->a);
	*added = *c;
	added->use = stix_use_of(c);
	return true;
}

static bool read_value(struct parser *p, struct stix_comparison *c, unsigned allowed)
{
	struct stix_token value = p->now;
	enum stix_literal literal = stix_literal_of(value.kind);
	struct str algorithm;

	if (literal == STIX_NO_LITERAL || (allowed & 1U << literal) == 0)
		return wrong(p, allowed == 1U << STIX_TEXT ? "a text in quotes must follow"
							   : "a value must follow");
	c->literal = literal;
	c->value = literal == STIX_TEXT ? stix_unescape(value.text, p->a) : value.text;
	if (!stix_hash_fits(c, &algorithm))
		return err_set(p->e, ERR_INPUT, "byte %llu: this is no " STR_FMT,
			       (unsigned long long)value.at + 1, STR_ARG(algorithm));
	step(p);
	return add(p, c);
}

static bool read_set(struct parser *p, struct stix_comparison *c)
{
	if (!need(p, TOKEN_OPEN, "( must follow IN"))
		return false;
	if (take(p, TOKEN_CLOSE)) // of nothing: allowed, and never met
		return true;
	do {
		if (!read_value(p, c, STIX_ANY_LITERAL))
			return false;
	} while (take(p, TOKEN_COMMA));
	return need(p, TOKEN_CLOSE, "a comma or ) must follow a member of a set");
}

static bool read_exists(struct parser *p, struct stix_comparison *c)
{
	c->negated = take(p, TOKEN_NOT);
	c->how = STIX_EXISTS;
	return need(p, TOKEN_EXISTS, "EXISTS must follow a NOT in this place") && read_path(p, c) &&
	       add(p, c);
}

static bool read_comparison(struct parser *p)
{
	struct stix_comparison c = { .observation = p->out->observations, .term = p->out->terms++ };
	unsigned allowed;

	if (p->now.kind == TOKEN_NOT || p->now.kind == TOKEN_EXISTS)
		return read_exists(p, &c);
	if (!read_path(p, &c))
		return false;
	c.negated = take(p, TOKEN_NOT);
	if (!stix_operator_of(p->now.kind, &c.how, &allowed))
		return wrong(p, "an operator must follow the object path");
	step(p);
	return c.how == STIX_IN ? read_set(p, &c) : read_value(p, &c, allowed);
}

static bool read_term(struct parser *p)
{
	if (!take(p, TOKEN_OPEN))
		return read_comparison(p);
	if (!deeper(p) || !read_comparisons(p))
		return false;
	p->depth--;
	return need(p, TOKEN_CLOSE, ") must close the parenthesis");
}

static bool read_terms(struct parser *p) // joined by AND, which binds closer than OR
{
	struct stix_chain chain = stix_chain_of(p->out);

	do {
		if (!read_term(p))
			return false;
		stix_chain_add(&chain);
	} while (take(p, TOKEN_AND));
	stix_chain_end(&chain);
	return true;
}

static bool read_comparisons(struct parser *p)
{
	do {
		if (!read_terms(p))
			return false;
	} while (take(p, TOKEN_OR));
	return true;
}

static bool is_nothing(struct str number) // "0", "0.00"
{
	for (size_t i = 0; i < number.n; i++)
		if (number.p[i] >= '1' && number.p[i] <= '9')
			return false;
	return true;
}

static bool read_count(struct parser *p, bool whole, struct str *out)
{
	if ((p->now.kind != TOKEN_INTEGER && (whole || p->now.kind != TOKEN_FLOAT)) ||
	    p->now.negative || is_nothing(p->now.text))
		return wrong(p, whole ? "a whole number above zero must follow"
				      : "a number above zero must follow");
	*out = p->now.text;
	step(p);
	return true;
}

static bool read_moment(struct parser *p, struct str *out)
{
	*out = p->now.text;
	return need(p, TOKEN_TIME, "a time must follow, as t'2026-03-02T04:05:06Z'");
}

static bool read_qualifier(struct parser *p, struct stix_qualifier *q)
{
	if (take(p, TOKEN_WITHIN)) {
		q->kind = STIX_WITHIN;
		return read_count(p, false, &q->first) &&
		       need(p, TOKEN_SECONDS, "SECONDS must follow");
	}
	if (take(p, TOKEN_REPEATS)) {
		q->kind = STIX_REPEATS;
		return read_count(p, true, &q->first) && need(p, TOKEN_TIMES, "TIMES must follow");
	}
	step(p);
	q->kind = STIX_START_STOP;
	return read_moment(p, &q->first) && need(p, TOKEN_STOP, "STOP must follow") &&
	       read_moment(p, &q->second);
}

// What stands behind an observation, or behind several in a parenthesis (9.5.1).
static bool read_qualifiers(struct parser *p, unsigned from, bool bare)
{
	unsigned seen = 0;

	while (p->now.kind == TOKEN_WITHIN || p->now.kind == TOKEN_REPEATS ||
	       p->now.kind == TOKEN_START) {
		struct stix_qualifier q = { .from = from, .to = p->out->observations };
		struct stix_token at = p->now;

		if (p->out->qualifiers.count == STIX_MAX_QUALIFIERS)
			return over(p, "qualifiers", STIX_MAX_QUALIFIERS);
		if (!read_qualifier(p, &q))
			return false;
		if (bare && (seen & 1U << q.kind) != 0)
			return err_set(p->e, ERR_INPUT,
				       "byte %llu: a second " STR_FMT " at one observation",
				       (unsigned long long)at.at + 1, STR_ARG(at.text));
		seen |= 1U << q.kind;
		*list_add(&p->out->qualifiers, p->a) = q;
	}
	return true;
}

static bool read_observation(struct parser *p)
{
	unsigned from = p->out->observations;

	if (take(p, TOKEN_OPEN)) {
		if (!deeper(p) || !read_observations(p))
			return false;
		p->depth--;
		return need(p, TOKEN_CLOSE, ") must close the parenthesis") &&
		       read_qualifiers(p, from, false);
	}
	if (!need(p, TOKEN_BRACKET, "an observation begins with [") || !read_comparisons(p) ||
	    !need(p, TOKEN_UNBRACKET, "AND, OR or ] must follow a comparison"))
		return false;
	if (from == STIX_MAX_OBSERVATIONS)
		return over(p, "observations", STIX_MAX_OBSERVATIONS);
	p->out->observations++;
	return read_qualifiers(p, from, true);
}

static bool read_chain(struct parser *p, enum stix_token_kind joint, bool (*below)(struct parser *))
{
	struct stix_chain chain = stix_chain_of(p->out);

	do {
		if (!below(p))
			return false;
		stix_chain_add(&chain);
	} while (take(p, joint));
	if (joint != TOKEN_OR)
		stix_chain_end_apart(&chain);
	return true;
}

static bool read_all(struct parser *p)
{
	return read_chain(p, TOKEN_AND, read_observation);
}

static bool read_any(struct parser *p)
{
	return read_chain(p, TOKEN_OR, read_all);
}

static bool read_observations(struct parser *p) // FOLLOWEDBY binds loosest (9.5.2)
{
	return read_chain(p, TOKEN_FOLLOWEDBY, read_any);
}

bool stix_pattern_read(struct str text, struct arena *a, struct stix_pattern *out, struct err *e)
{
	struct stix_pattern pattern = { 0 };
	struct parser p = { .in = { .text = text }, .a = a, .out = &pattern, .e = e };

	if (text.n > STIX_MAX_PATTERN)
		return err_set(e, ERR_LIMIT, "a pattern has at most %d bytes", STIX_MAX_PATTERN);
	if (!utf8_is(text))
		return err_set(e, ERR_INPUT, "the pattern is no UTF-8");
	step(&p);
	if (!read_observations(&p) ||
	    !need(&p, TOKEN_END, "AND, OR, FOLLOWEDBY or a qualifier must follow an observation"))
		return false;
	LIST_EACH (const struct stix_comparison, c, &pattern.comparisons) {
		pattern.alone += c->use == STIX_ALONE;
		pattern.together += c->use == STIX_TOGETHER;
	}
	*out = pattern;
	return true;
}
