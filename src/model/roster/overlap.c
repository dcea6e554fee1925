#include "model/roster/overlap.h"

#include "base/hash.h"
#include "base/sort.h"

enum { OVERLAP_DEPTH = 64 }; // enclosing ranges looked at for each

static struct str slug_of(const struct roster *r, const struct asset *x)
{
	return x->member == ROSTER_NOBODY ? S("nobody") : r->members.at[x->member].slug;
}

static unsigned later(const struct asset *x, const struct asset *y)
{
	return x->line > y->line ? x->line : y->line;
}

static bool same_time(const struct asset *x, const struct asset *y)
{
	return x->since < y->until && y->since < x->until;
}

// Is x's owner an umbrella of y's? Then x enclosing y is how it should be.
static bool over(const struct roster *r, const struct asset *x, const struct asset *y)
{
	if (x->member == ROSTER_NOBODY || y->member == ROSTER_NOBODY)
		return true; // holes are meant to lie in and around others
	LIST_EACH (struct str, slug, &r->members.at[y->member].umbrellas)
		if (str_eq(*slug, r->members.at[x->member].slug))
			return true;
	return false;
}

// Assets by kind and key.
struct table {
	uint32_t *slot, mask; // place of an asset + 1
	uint32_t *next;       // the next one of the same key; + 1
};

static uint64_t hash_asset(unsigned kind, struct str key)
{
	return hash_str(kind, key);
}

static uint32_t *table_slot(const struct table *t, const struct roster *r,
			    const struct asset_key *keys, unsigned kind, struct str key)
{
	uint32_t at = (uint32_t)hash_asset(kind, key) & t->mask;

	while (t->slot[at] != 0 && (r->assets.at[t->slot[at] - 1].kind != kind ||
				    !str_eq(keys[t->slot[at] - 1].text, key)))
		at = (at + 1) & t->mask;
	return &t->slot[at];
}

static struct table table_new(size_t n, struct arena *a)
{
	size_t slots = 16;

	while (slots < 2 * n)
		slots *= 2;
	return (struct table){ arena_new(a, uint32_t, slots), (uint32_t)slots - 1,
			       arena_new(a, uint32_t, n) };
}

static void remark_same(const struct roster *r, const struct asset *x, const struct asset *y,
			struct remarks *out)
{
	if (!same_time(x, y))
		return;
	if (x->member == y->member)
		remark_add(out, REMARK_REFUSED, later(x, y),
			   STR_FMT " stands twice under " STR_FMT "; first in line %u",
			   STR_ARG(str_first(y->value, 90)), STR_ARG(slug_of(r, x)), x->line);
	else if (x->member == ROSTER_NOBODY || y->member == ROSTER_NOBODY)
		remark_add(out, REMARK_REFUSED, later(x, y),
			   STR_FMT " cannot be a hole and of " STR_FMT,
			   STR_ARG(str_first(y->value, 90)),
			   STR_ARG(slug_of(r, x->member == ROSTER_NOBODY ? y : x)));
	else
		remark_add(out, REMARK_WARNING, later(x, y),
			   STR_FMT " is of " STR_FMT " and of " STR_FMT ": both will be told",
			   STR_ARG(str_first(y->value, 90)), STR_ARG(slug_of(r, x)),
			   STR_ARG(slug_of(r, y)));
}

void check_same(const struct roster *r, const struct asset_key *keys, struct remarks *out)
{
	struct table t = table_new(r->assets.count, out->a);

	for (size_t i = 0; i < r->assets.count; i++) {
		const struct asset *y = &r->assets.at[i];
		uint32_t *slot, k;

		if (keys[i].text.n == 0)
			continue;
		slot = table_slot(&t, r, keys, y->kind, keys[i].text);
		k = *slot;
		// A thousand owners of one asset are remarked with the latest few only.
		for (unsigned depth = 0; k != 0 && depth < OVERLAP_DEPTH;
		     k = t.next[k - 1], depth++)
			remark_same(r, &r->assets.at[k - 1], y, out);
		t.next[i] = *slot;
		*slot = (uint32_t)i + 1;
	}
}

void check_parents(const struct roster *r, const struct asset_key *keys, struct remarks *out)
{
	struct table t = table_new(r->assets.count, out->a);

	for (size_t i = 0; i < r->assets.count; i++)
		if (r->assets.at[i].kind == ASSET_DOMAIN && keys[i].text.n > 0)
			*table_slot(&t, r, keys, ASSET_DOMAIN, keys[i].text) = (uint32_t)i + 1;
	for (size_t i = 0; i < r->assets.count; i++) {
		const struct asset *x = &r->assets.at[i], *up;
		struct str rest = keys[i].text;
		uint32_t k = 0;

		if (!asset_has_name(x))
			continue;
		do {
			str_cut(&rest, '.');
			k = rest.n > 0 ? *table_slot(&t, r, keys, ASSET_DOMAIN, rest) : 0;
		} while (k == 0 && rest.n > 0);
		up = k != 0 ? &r->assets.at[k - 1] : NULL;
		if (up == NULL || up->member == x->member || over(r, up, x) || !same_time(up, x))
			continue;
		remark_add(out, REMARK_WARNING, later(x, up),
			   STR_FMT " of " STR_FMT " is below " STR_FMT ", which is of " STR_FMT,
			   STR_ARG(str_first(x->value, 90)), STR_ARG(slug_of(r, x)),
			   STR_ARG(str_first(up->value, 90)), STR_ARG(slug_of(r, up)));
	}
}

struct span {
	struct range range;
	uint32_t asset;
};

// A wider range comes before what it holds.
static int by_start(const void *x, const void *y)
{
	const struct span *a = x, *b = y;
	int order = address_order(a->range.first, b->range.first);

	return order != 0 ? order : address_order(b->range.last, a->range.last);
}

static bool equal(struct range x, struct range y)
{
	return address_order(x.first, y.first) == 0 && address_order(x.last, y.last) == 0;
}

static void remark_pair(const struct roster *r, const struct span *outer, const struct span *s,
			struct remarks *out)
{
	const struct asset *x = &r->assets.at[outer->asset], *y = &r->assets.at[s->asset];
	bool partly = address_order(outer->range.last, s->range.last) < 0;

	if (x->member == y->member || !same_time(x, y) || equal(outer->range, s->range) ||
	    address_order(outer->range.last, s->range.first) < 0)
		return;
	if (partly)
		remark_add(out, REMARK_CONSENT, later(x, y),
			   STR_FMT " of " STR_FMT " lies partly over " STR_FMT " of " STR_FMT,
			   STR_ARG(str_first(y->value, 90)), STR_ARG(slug_of(r, y)),
			   STR_ARG(str_first(x->value, 90)), STR_ARG(slug_of(r, x)));
	else if (!over(r, x, y))
		remark_add(out, REMARK_NOTE, later(x, y),
			   STR_FMT " of " STR_FMT " lies in " STR_FMT " of " STR_FMT
				   ": the first is told",
			   STR_ARG(str_first(y->value, 90)), STR_ARG(slug_of(r, y)),
			   STR_ARG(str_first(x->value, 90)), STR_ARG(slug_of(r, x)));
}

void check_overlaps(const struct roster *r, const struct asset_key *keys, struct remarks *out)
{
	size_t n = 0, all = r->assets.count, depth = 0;
	struct span *at = arena_new(out->a, struct span, all);
	struct span *open = arena_new(out->a, struct span, all);

	for (size_t i = 0; i < all; i++)
		if (asset_has_range(&r->assets.at[i]) && keys[i].text.n > 0)
			at[n++] = (struct span){ keys[i].range, (uint32_t)i };
	sort_merge(at, open, n, sizeof *at, by_start);
	for (size_t i = 0; i < n; i++) {
		while (depth > 0 &&
		       address_order(open[depth - 1].range.last, at[i].range.first) < 0)
			depth--;
		// Down to the first that holds all of it: what lies around that one was said.
		for (size_t k = depth; k > 0 && depth - k < OVERLAP_DEPTH; k--) {
			remark_pair(r, &open[k - 1], &at[i], out);
			if (address_order(open[k - 1].range.last, at[i].range.last) >= 0 &&
			    !equal(open[k - 1].range, at[i].range))
				break;
		}
		open[depth++] = at[i];
	}
}
