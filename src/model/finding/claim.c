#include "model/finding/claim.h"

#include <assert.h>

#define X(id, word, says, dutch) { word, says, dutch },
static const struct {
	const char *word, *says, *dutch;
} rules[CLAIM_RULE_COUNT] = { CLAIM_RULES(X) };
#undef X

struct str claim_rule_word(enum claim_rule rule)
{
	assert(rule < CLAIM_RULE_COUNT);
	return str_of(rules[rule].word);
}

struct str claim_rule_says(enum claim_rule rule, bool dutch)
{
	assert(rule < CLAIM_RULE_COUNT);
	return str_of(dutch ? rules[rule].dutch : rules[rule].says);
}

// Which rule a single match falls under: side × strength of the selector.
static const enum claim_rule rule_of[][3] = {
	[MET_ADDRESS] = { RULE_TUNNEL, RULE_PREFIX, RULE_PREFIX },
	[MET_ASN] = { RULE_ASN, RULE_ASN, RULE_ASN },
	[MET_NAME] = { RULE_REVERSE, RULE_ATTESTED, RULE_NAME },
	[MET_MAIL] = { RULE_MAIL, RULE_MAIL, RULE_MAIL },
	[MET_BRAND] = { RULE_BRAND, RULE_BRAND, RULE_BRAND },
};

static bool named(enum met_side side)
{
	return side == MET_NAME || side == MET_MAIL || side == MET_BRAND;
}

static struct claim first_claim(const struct met *m, int32_t member, int32_t asset)
{
	return (struct claim){
		.member = member,
		.asset = asset,
		.node = m->node,
		.strength =
			m->side == MET_ASN || m->side == MET_BRAND ? STRENGTH_WEAK : m->strength,
		.rule = rule_of[m->side][m->strength],
		.by_name = named(m->side),
	};
}

// The same member again, by another selector of the record. Address and name both are
// strong, whatever each was alone; otherwise the stronger of the two stands.
static void join(struct claim *c, enum met_side had, const struct claim *more, enum met_side side)
{
	bool both = (had == MET_ADDRESS && side == MET_NAME) ||
		    (had == MET_NAME && side == MET_ADDRESS);

	if ((c->by_name && !more->by_name) ||
	    (c->by_name == more->by_name && more->strength > c->strength)) {
		c->asset = more->asset;
		c->node = more->node;
	}
	if (both) {
		c->strength = STRENGTH_STRONG;
		c->rule = RULE_BOTH;
	} else if (more->strength > c->strength) {
		c->strength = more->strength;
		c->rule = more->rule;
	}
	c->by_name = c->by_name && more->by_name;
}

static bool held(const struct asset *a, int64_t at)
{
	return at >= a->since && at < a->until;
}

// A hole beside an owner, on the very same addresses or name, is a hole still.
static bool nobodys(const struct roster *r, const struct index *x, const struct index_node *node,
		    int64_t at)
{
	for (uint32_t k = 0; k < node->count; k++) {
		const struct asset *a = &r->assets.at[index_owner(x, node->first + k)];

		if (a->member == ROSTER_NOBODY && held(a, at))
			return true;
	}
	return false;
}

struct claims {
	struct claim *at;
	enum met_side side[CLAIM_MAX]; // by which the first claim of the member came
	unsigned count;
};

static void claim_add(struct claims *all, const struct claim *c, enum met_side side)
{
	unsigned had = 0;

	while (had < all->count && all->at[had].member != c->member)
		had++;
	if (had < all->count) {
		join(&all->at[had], all->side[had], c, side);
	} else if (had < CLAIM_MAX) {
		all->at[had] = *c;
		all->side[had] = side;
		all->count++;
	}
}

// An asset whose time is over is as if it were not there: what lies around it counts.
static int32_t in_force(const struct roster *r, const struct index *x, int32_t place, int64_t at)
{
	while (place != INDEX_NONE) {
		const struct index_node *node = index_node(x, place);

		for (uint32_t k = 0; k < node->count; k++)
			if (at < r->assets.at[index_owner(x, node->first + k)].until)
				return place;
		place = node->parent;
	}
	return INDEX_NONE;
}

unsigned claim_make(const struct roster *r, const struct index *x, const struct met *met,
		    unsigned count, int64_t at, struct claim out[CLAIM_MAX])
{
	struct claims all = { .at = out };

	for (unsigned i = 0; i < count; i++) {
		struct met m = met[i];
		const struct index_node *node;

		m.node = in_force(r, x, m.node, at);
		if (m.node == INDEX_NONE)
			continue;
		node = index_node(x, m.node);
		if (nobodys(r, x, node, at))
			continue;
		for (uint32_t k = 0; k < node->count; k++) {
			int32_t place = index_owner(x, node->first + k);
			const struct asset *a = &r->assets.at[place];
			struct claim c = first_claim(&m, a->member, place);

			if (held(a, at))
				claim_add(&all, &c, m.side);
		}
	}
	return all.count;
}
