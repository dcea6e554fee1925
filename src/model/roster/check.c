#include "model/roster/check.h"

#include "codec/net/url.h"
#include "model/roster/overlap.h"
#include "model/roster/party.h"

enum { LEAST_V4 = 8, LEAST_V6 = 19 }; // a shorter prefix is more likely a slip than a member's

struct check {
	const struct roster *r;
	const struct check_rules *rules;
	struct remarks *out;
};

static struct str shown(const struct asset *x)
{
	return str_first(x->value, 90);
}

// Is there more in the range than a prefix of this length holds?
static bool too_wide(struct range r)
{
	bool v4 = address_is_v4(r.first);
	struct prefix p = prefix_of(r.first, v4 ? 96 + LEAST_V4 : LEAST_V6);
	struct range most = prefix_range(p);
	uint64_t borrow = r.last.low < r.first.low;
	struct address size = { r.last.high - r.first.high - borrow, r.last.low - r.first.low };

	borrow = most.last.low < most.first.low;
	return address_order(size, (struct address){ most.last.high - most.first.high - borrow,
						     most.last.low - most.first.low }) > 0;
}

static void check_range(struct check *c, const struct asset *x, struct range r)
{
	bool inside = false;
	const char *special = special_range(r, c->rules->example, &inside);

	if (special != NULL && inside)
		remark_add(c->out, REMARK_REFUSED, x->line, STR_FMT " is nobody's: %s",
			   STR_ARG(shown(x)), special);
	else if (special != NULL)
		remark_add(c->out, REMARK_CONSENT, x->line,
			   STR_FMT " holds space that is nobody's: %s", STR_ARG(shown(x)), special);
	if (too_wide(r))
		remark_add(c->out, REMARK_CONSENT, x->line,
			   STR_FMT " is shorter than /%d: is it really all theirs?",
			   STR_ARG(shown(x)), address_is_v4(r.first) ? LEAST_V4 : LEAST_V6);
}

static void check_name(struct check *c, const struct asset *x, struct str name)
{
	// One host under a public suffix may well be a member's own; a tree never is.
	if (x->kind != ASSET_HOST && c->rules->is_suffix != NULL && c->rules->is_suffix(name))
		remark_add(c->out, REMARK_REFUSED, x->line,
			   STR_FMT " is a public suffix: everybody's names are below it",
			   STR_ARG(shown(x)));
}

static void check_asset(struct check *c, const struct asset *x, struct arena *a,
			struct asset_key *key)
{
	struct err e = { 0 };
	const char *special;

	if (x->since >= x->until)
		remark_add(c->out, REMARK_REFUSED, x->line, STR_FMT ": until is not after since",
			   STR_ARG(shown(x)));
	if (x->kind == ASSET_ASN && str_eq(x->value, S("0")))
		remark_add(c->out, REMARK_REFUSED, x->line, "AS0 is nobody's: %s",
			   special_asn(0, false));
	else if (!asset_key(x, c->rules->idn, a, key, &e))
		remark_add(c->out, REMARK_REFUSED, x->line, "%s", e.text);
	if (key->text.n == 0)
		return;
	if (asset_has_range(x))
		check_range(c, x, key->range);
	if (asset_has_name(x))
		check_name(c, x, key->text);
	if (x->kind != ASSET_ASN)
		return;
	special = special_asn(key->asn, c->rules->example);
	if (special != NULL)
		remark_add(c->out, REMARK_REFUSED, x->line, "AS%u is nobody's: %s", key->asn,
			   special);
}

void roster_check(const struct roster *r, const struct check_rules *rules, struct arena *a,
		  struct asset_key *keys, struct remarks *remarks)
{
	struct check c = { r, rules, remarks };

	check_members(r, remarks);
	check_contacts(r, rules->idn, remarks);
	for (size_t i = 0; i < r->assets.count; i++)
		check_asset(&c, &r->assets.at[i], a, &keys[i]);
	check_same(r, keys, remarks);
	check_parents(r, keys, remarks);
	check_overlaps(r, keys, remarks);
}
