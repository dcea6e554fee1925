#include "codec/intel/stix_use.h"

#include "codec/net/address.h"

static bool is_prefix(struct str s)
{
	struct str base = str_cut(&s, '/');
	struct address a;
	uint64_t length = 0;

	return address_read(base, &a) &&
	       (s.n == 0 || str_to_uint(s, address_is_v4(a) ? 32 : 128, &length));
}

enum stix_use stix_use_of(const struct stix_comparison *c)
{
	bool text =
		c->literal == STIX_TEXT || (c->literal == STIX_INTEGER && c->selects == STIX_ASN);

	if (c->selects == STIX_NOTHING || !text)
		return STIX_FACT;
	if (c->how == STIX_NOT_EQUAL)
		return c->negated ? STIX_ALONE : STIX_FACT;
	if (c->negated)
		return STIX_FACT;
	if (c->how == STIX_ISSUBSET)
		return (c->selects == STIX_ADDRESS || c->selects == STIX_HOST) &&
				       is_prefix(c->value)
			       ? STIX_ALONE
			       : STIX_FACT;
	return c->how == STIX_EQUAL || c->how == STIX_IN ? STIX_ALONE : STIX_FACT;
}

struct stix_chain stix_chain_of(struct stix_pattern *p)
{
	return (struct stix_chain){ .pattern = p,
				    .from = p->comparisons.count,
				    .operand = p->comparisons.count };
}

void stix_chain_add(struct stix_chain *c)
{
	const struct stix_pattern *p = c->pattern;
	bool selects = false;

	for (size_t i = c->operand; i < p->comparisons.count; i++)
		selects |= p->comparisons.at[i].selects != STIX_NOTHING;
	c->operands++;
	c->selecting += selects;
	c->operand = p->comparisons.count;
}

static void bind_together(const struct stix_chain *c)
{
	struct stix_pattern *p = c->pattern;

	p->groups++;
	for (size_t i = c->from; i < p->comparisons.count; i++) {
		p->comparisons.at[i].narrowed = false;
		if (p->comparisons.at[i].use == STIX_FACT)
			continue;
		p->comparisons.at[i].use = STIX_TOGETHER;
		p->comparisons.at[i].group = p->groups;
	}
}

// "hashes" of "hashes.MD5", "content_ref.hashes" of "content_ref.hashes.MD5".
static struct str without_last_step(struct str path)
{
	size_t at = path.n;

	while (at > 0 && path.p[at - 1] != '.')
		at--;
	return str_first(path, at);
}

static bool is_same_file(const struct stix_comparison *a, const struct stix_comparison *b)
{
	return a->selects == STIX_HASH && b->selects == STIX_HASH && a->use == STIX_ALONE &&
	       b->use == STIX_ALONE && str_eq(a->type, b->type) &&
	       str_eq(without_last_step(a->path), without_last_step(b->path));
}

// Does every other term of the chain leave the meaning of its first selecting value?
static bool is_only_narrowed(const struct stix_chain *c)
{
	const struct stix_pattern *p = c->pattern;
	const struct stix_comparison *at = p->comparisons.at, *first = NULL;

	for (size_t i = c->from; i < p->comparisons.count && first == NULL; i++)
		first = at[i].selects != STIX_NOTHING ? &at[i] : NULL;
	for (size_t i = c->from; first != NULL && i < p->comparisons.count; i++) {
		if (at[i].selects != STIX_NOTHING) {
			if (c->selecting > 1 && !is_same_file(&at[i], first))
				return false;
		} else if (!str_eq(at[i].type, first->type) &&
			   !str_eq(at[i].type, S("network-traffic"))) {
			return false;
		}
	}
	return true;
}

void stix_chain_end(const struct stix_chain *c)
{
	struct stix_pattern *p = c->pattern;
	bool more = false; // than hashes of one file

	if (c->operands < 2 || c->selecting == 0)
		return;
	if (!is_only_narrowed(c)) {
		bind_together(c);
		return;
	}
	for (size_t i = c->from; i < p->comparisons.count; i++)
		more |= p->comparisons.at[i].selects == STIX_NOTHING;
	for (size_t i = c->from; more && i < p->comparisons.count; i++) {
		struct stix_comparison *at = &p->comparisons.at[i];

		at->narrowed |= at->use == STIX_ALONE || (at->selects == STIX_NOTHING &&
							  at->how == STIX_EQUAL && !at->negated);
	}
}

void stix_chain_end_apart(const struct stix_chain *c)
{
	if (c->operands > 1 && c->selecting > 0)
		bind_together(c);
}
