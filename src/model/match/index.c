#include "model/match/index.h"

#include "base/hash.h"
#include "base/sort.h"
#include "codec/net/url.h"
#include "codec/text/brand.h"
#include "model/match/intervals.h"
#include "model/match/names.h"

struct asn_slot {
	uint32_t asn; // 0: empty
	int32_t node;
};

struct index {
	const struct roster *roster;
	struct index_node *node;
	struct range *range;  // of a range node; NULL where no two ranges overlap partly
	size_t nodes, ranges; // of the nodes the first are ranges, in interval_range_order
	int32_t *owner;       // places in the roster's assets, grouped by node
	struct intervals *intervals;
	struct names names;
	struct asn_slot *asn;
	uint32_t asn_mask;
};

// What building needs and the index does not keep.
struct build {
	const struct roster *roster;
	struct index *x;
	struct arena *a, scratch;
	int32_t *node_of; // of each asset; INDEX_NONE: matched by other means
	name_idn idn;
};

static bool is_range(enum asset_kind kind)
{
	return kind == ASSET_PREFIX || kind == ASSET_RANGE;
}

static bool is_named(enum asset_kind kind)
{
	return kind == ASSET_DOMAIN || kind == ASSET_HOST || kind == ASSET_MAIL_DOMAIN ||
	       kind == ASSET_ACCOUNT || kind == ASSET_NAME;
}

static int32_t new_node(struct build *b)
{
	b->x->node[b->x->nodes].parent = INDEX_NONE;
	return (int32_t)b->x->nodes++;
}

static bool read_range(const struct asset *asset, struct range *out, struct err *e)
{
	struct prefix p;

	if (asset->kind == ASSET_RANGE)
		return range_read(asset->value, out, e);
	if (!prefix_read(asset->value, &p, e))
		return false;
	*out = prefix_range(p);
	return true;
}

static bool in_line(const struct asset *asset, struct err *e)
{
	return asset->line > 0 ? err_in(e, "line %u", asset->line) : false;
}

static size_t count_kind(const struct roster *r, bool (*is)(enum asset_kind))
{
	size_t n = 0;

	LIST_EACH (struct asset, asset, &r->assets)
		n += is((enum asset_kind)asset->kind);
	return n;
}

static bool read_ranges(const struct build *b, struct interval_range *at, struct err *e)
{
	size_t k = 0;

	for (size_t i = 0; i < b->roster->assets.count; i++) {
		const struct asset *asset = &b->roster->assets.at[i];

		if (!is_range((enum asset_kind)asset->kind))
			continue;
		at[k].node = (int32_t)i; // for now the asset
		if (!read_range(asset, &at[k++].range, e))
			return in_line(asset, e);
	}
	return true;
}

static void sort_ranges(struct interval_range *at, size_t n)
{
	autoarena scratch;

	arena_init(&scratch, (n + 1) * sizeof *at);
	sort_merge(at, arena_new(&scratch, struct interval_range, n), n, sizeof *at,
		   interval_range_order);
}

// Equal ones get one node. Returns how many are left.
static size_t node_ranges(struct build *b, struct interval_range *at, size_t n)
{
	size_t unique = 0;

	for (size_t i = 0; i < n; i++) {
		int32_t asset = at[i].node;

		if (unique == 0 || interval_range_order(&at[unique - 1], &at[i]) != 0) {
			at[unique] = at[i];
			at[unique++].node = new_node(b);
		}
		b->node_of[asset] = at[unique - 1].node;
	}
	return unique;
}

// Prefixes and ranges: sort, give equal ones one node, flatten.
static bool add_ranges(struct build *b, struct err *e)
{
	size_t n = count_kind(b->roster, is_range);
	struct index *x = b->x;
	autoarena scratch;
	struct interval_range *at;

	arena_init(&scratch, (n + 1) * sizeof *at);
	at = arena_new(&scratch, struct interval_range, n);
	if (!read_ranges(b, at, e))
		return false;
	sort_ranges(at, n);
	x->ranges = node_ranges(b, at, n);
	x->intervals = intervals_build(at, x->ranges, b->a);
	if (intervals_cross(x->intervals))
		x->range = arena_new(b->a, struct range, x->ranges);
	for (size_t i = 0; i < x->ranges; i++) {
		x->node[at[i].node].parent = at[i].parent;
		if (x->range != NULL)
			x->range[at[i].node] = at[i].range;
	}
	return true;
}

static struct asn_slot *asn_slot(const struct index *x, uint32_t asn)
{
	uint32_t at = (uint32_t)hash_fold(asn, 0x9e3779b97f4a7c15u) & x->asn_mask;

	while (x->asn[at].asn != 0 && x->asn[at].asn != asn)
		at = (at + 1) & x->asn_mask;
	return &x->asn[at];
}

static bool is_asn(enum asset_kind kind)
{
	return kind == ASSET_ASN;
}

static bool add_asns(struct build *b, struct err *e)
{
	size_t slots = 16, n = count_kind(b->roster, is_asn);

	while (slots < 2 * n)
		slots *= 2;
	b->x->asn = arena_new(b->a, struct asn_slot, slots);
	b->x->asn_mask = (uint32_t)slots - 1;
	for (size_t i = 0; n > 0 && i < b->roster->assets.count; i++) {
		const struct asset *asset = &b->roster->assets.at[i];
		struct asn_slot *slot;
		uint32_t asn;

		if (asset->kind != ASSET_ASN)
			continue;
		if (!asn_read(asset->value, &asn))
			return err_set(e, ERR_INPUT,
				       "\"" STR_FMT "\" is no AS number (AS1 to AS4294967295)",
				       STR_ARG(str_first(asset->value, 60))) ||
			       in_line(asset, e);
		slot = asn_slot(b->x, asn);
		if (slot->asn == 0)
			*slot = (struct asn_slot){ asn, new_node(b) };
		b->node_of[i] = slot->node;
	}
	return true;
}

// The key of a named asset; it points into the roster where that is as it should be.
static bool read_key(struct build *b, const struct asset *asset, struct str *out, struct err *e)
{
	char brand[BRAND_TEXT];
	struct name name;

	if (asset->kind == ASSET_ACCOUNT) {
		*out = asset->value;
		return true;
	}
	if (asset->kind == ASSET_NAME) {
		*out = arena_str(b->a, (struct str){ brand, brand_key(asset->value, brand) });
		return true;
	}
	if (!name_read(asset->value, b->idn, &name))
		return err_set(e, ERR_INPUT, "\"" STR_FMT "\" is no domain name",
			       STR_ARG(str_first(asset->value, 90))) ||
		       in_line(asset, e);
	*out = str_eq(name_str(&name), asset->value) ? asset->value
						     : arena_str(b->a, name_str(&name));
	return true;
}

static bool add_name(struct build *b, size_t i, struct err *e)
{
	static const enum names_kind kinds[ASSET_KIND_COUNT] = {
		[ASSET_DOMAIN] = NAMES_TREE,
		[ASSET_HOST] = NAMES_TREE,
		[ASSET_MAIL_DOMAIN] = NAMES_MAIL_DOMAIN,
		[ASSET_ACCOUNT] = NAMES_ACCOUNT,
		[ASSET_NAME] = NAMES_BRAND,
	};
	const struct asset *asset = &b->roster->assets.at[i];
	struct names_entry *en;
	int32_t *node;
	struct str key;

	if (!read_key(b, asset, &key, e))
		return false;
	if (key.n == 0) // a name that says nothing
		return true;
	en = names_add(&b->x->names, kinds[asset->kind], key);
	if (en == NULL)
		return err_set(e, ERR_LIMIT,
			       "the names of the roster have too many labels in all") ||
		       in_line(asset, e);
	node = asset->kind == ASSET_DOMAIN ? &en->tree : &en->exact;
	if (*node == NAMES_NONE)
		*node = new_node(b);
	b->node_of[i] = *node;
	return true;
}

// A tree's parent is the nearest shorter name with a tree; an exact host's may be
// the tree of its own name.
static void link_names(struct index *x)
{
	for (size_t i = 0; i < x->names.count; i++) {
		const struct names_entry *en = &x->names.entry[i], *above = NULL;
		struct str key = { en->text, en->n }, rest = key;

		if (en->kind == NAMES_ACCOUNT || en->kind == NAMES_BRAND)
			continue;
		if (en->kind == NAMES_TREE)
			str_cut(&rest, '.');
		if (rest.n > 0)
			above = names_find_tree(&x->names, rest);
		if (en->tree != NAMES_NONE)
			x->node[en->tree].parent = above != NULL ? above->tree : INDEX_NONE;
		if (en->exact != NAMES_NONE)
			x->node[en->exact].parent = en->tree != NAMES_NONE ? en->tree
						    : above != NULL        ? above->tree
									   : INDEX_NONE;
	}
}

// How many entries the names of the roster may need at the most: one a label.
static size_t count_labels(const struct roster *r)
{
	size_t labels = 0;

	LIST_EACH (struct asset, asset, &r->assets) {
		if (!is_named((enum asset_kind)asset->kind))
			continue;
		labels += 2; // an international name may have dots that are not ASCII
		for (size_t i = 0; i < asset->value.n; i++)
			labels +=
				asset->value.p[i] == '.' || (unsigned char)asset->value.p[i] > 127;
	}
	return labels;
}

static bool add_names(struct build *b, struct err *e)
{
	const struct roster *r = b->roster;

	names_init(&b->x->names, count_kind(r, is_named), count_labels(r), b->a);
	for (size_t i = 0; i < r->assets.count; i++)
		if (is_named((enum asset_kind)r->assets.at[i].kind) && !add_name(b, i, e))
			return false;
	link_names(b->x);
	return true;
}

// Owners grouped by node, in the order of the roster.
static void group_owners(struct build *b)
{
	size_t n = b->roster->assets.count;
	struct index *x = b->x;
	uint32_t first = 0;

	for (size_t i = 0; i < n; i++)
		if (b->node_of[i] != INDEX_NONE)
			x->node[b->node_of[i]].count++;
	for (size_t i = 0; i < x->nodes; i++) {
		x->node[i].first = first;
		first += x->node[i].count;
		x->node[i].count = 0;
	}
	x->owner = arena_new(b->a, int32_t, first);
	for (size_t i = 0; i < n; i++) {
		struct index_node *node;

		if (b->node_of[i] == INDEX_NONE)
			continue;
		node = &x->node[b->node_of[i]];
		x->owner[node->first + node->count++] = (int32_t)i;
		node->hole |= b->roster->assets.at[i].member == ROSTER_NOBODY;
	}
}

static bool build_all(struct build *b, struct err *e)
{
	size_t n = b->roster->assets.count;

	b->node_of = arena_new(&b->scratch, int32_t, n);
	for (size_t i = 0; i < n; i++)
		b->node_of[i] = INDEX_NONE;
	b->x->node = arena_new(b->a, struct index_node, n);
	if (!add_ranges(b, e) || !add_asns(b, e) || !add_names(b, e))
		return false;
	group_owners(b);
	return true;
}

bool index_build(const struct roster *r, name_idn idn, struct arena *a, struct index **out,
		 struct err *e)
{
	struct build b = { .roster = r, .a = a, .idn = idn };
	bool ok;

	if (r->assets.count > INDEX_MAX_ASSETS)
		return err_set(e, ERR_LIMIT, "the roster has %zu assets; the most is %d",
			       r->assets.count, INDEX_MAX_ASSETS);
	b.x = arena_new(a, struct index, 1);
	b.x->roster = r;
	arena_init(&b.scratch, (r->assets.count + 1) * sizeof *b.node_of);
	ok = build_all(&b, e);
	arena_done(&b.scratch);
	if (ok)
		*out = b.x;
	return ok;
}

size_t index_nodes(const struct index *x)
{
	return x->nodes;
}

const struct index_node *index_node(const struct index *x, int32_t node)
{
	return &x->node[node];
}

int32_t index_owner(const struct index *x, uint32_t at)
{
	return x->owner[at];
}

int32_t index_address(const struct index *x, struct address a)
{
	return intervals_find(x->intervals, a);
}

int32_t index_asn(const struct index *x, uint32_t asn)
{
	const struct asn_slot *slot = asn_slot(x, asn);

	return slot->asn != 0 ? slot->node : INDEX_NONE;
}

int32_t index_name(const struct index *x, struct str name)
{
	const struct names_entry *en = names_find_tree(&x->names, name);

	if (en == NULL)
		return INDEX_NONE;
	return en->n == name.n && en->exact != NAMES_NONE ? en->exact : en->tree;
}

int32_t index_mail(const struct index *x, struct str mail, name_idn idn)
{
	const struct names_entry *en = names_find(&x->names, NAMES_ACCOUNT, mail);
	struct name domain;

	if (en != NULL)
		return en->exact;
	if (!mail_domain(mail, idn, &domain))
		return INDEX_NONE;
	en = names_find(&x->names, NAMES_MAIL_DOMAIN, name_str(&domain));
	return en != NULL ? en->exact : index_name(x, name_str(&domain));
}

int32_t index_brand(const struct index *x, struct str name)
{
	char key[BRAND_TEXT];
	size_t n = brand_key(name, key);
	const struct names_entry *en =
		n > 0 ? names_find(&x->names, NAMES_BRAND, (struct str){ key, n }) : NULL;

	return en != NULL ? en->exact : INDEX_NONE;
}

// A range may hold all of r though no parent of what owns its first address does:
// where ranges cross, each is asked.
static int32_t smallest_around(const struct index *x, struct range r)
{
	int32_t best = INDEX_NONE;
	struct address least = { 0 };

	for (size_t i = 0; i < x->ranges; i++) {
		const struct range *at = &x->range[i];
		struct address size = address_minus(at->last, at->first);

		if (address_order(at->first, r.first) > 0)
			break;
		if (address_order(at->last, r.last) < 0 ||
		    address_is_v4(at->first) != address_is_v4(r.first))
			continue;
		if (best == INDEX_NONE || address_order(size, least) < 0) {
			best = (int32_t)i;
			least = size;
		}
	}
	return best;
}

// Few rows are prefixes: how far a node reaches is read from its asset again, rather
// than kept for a million.
static bool reaches(const struct index *x, int32_t node, struct address last)
{
	const struct asset *asset = &x->roster->assets.at[x->owner[x->node[node].first]];
	struct range r;
	struct err e;

	return read_range(asset, &r, &e) && address_order(r.last, last) >= 0;
}

int32_t index_prefix(const struct index *x, struct prefix p)
{
	struct range r = prefix_range(p);
	int32_t node = intervals_find(x->intervals, r.first);

	if (node != INDEX_NONE && x->range != NULL &&
	    address_order(x->range[node].last, r.last) < 0)
		return smallest_around(x, r);
	while (node != INDEX_NONE && !reaches(x, node, r.last))
		node = x->node[node].parent;
	return node;
}

void index_prefetch_address(const struct index *x, struct address a)
{
	intervals_prefetch(x->intervals, a);
}

void index_prefetch_asn(const struct index *x, uint32_t asn)
{
	__builtin_prefetch(&x->asn[(uint32_t)hash_fold(asn, 0x9e3779b97f4a7c15u) & x->asn_mask]);
}

void index_prefetch_name(const struct index *x, struct str name)
{
	names_prefetch(&x->names, name);
}
