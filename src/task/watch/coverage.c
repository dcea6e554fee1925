#include "task/watch/coverage.h"

#include "store/batch.h"

#include <stdlib.h>

static void ask(struct coverage_kinds *k, enum select_as as)
{
	static const enum asset_kind addresses[] = { ASSET_PREFIX, ASSET_RANGE, ASSET_ASN },
				     names[] = { ASSET_DOMAIN, ASSET_HOST },
				     mails[] = { ASSET_DOMAIN, ASSET_MAIL_DOMAIN, ASSET_ACCOUNT };
	bool address = as == SELECT_ADDRESS || as == SELECT_ASN;
	const enum asset_kind *kinds = address ? addresses : as == SELECT_MAIL ? mails : names;
	size_t n = address || as == SELECT_MAIL ? COUNTOF(addresses) : COUNTOF(names);

	if (as == SELECT_BRAND) // whom criminals name is nothing to subscribe to
		return;
	for (size_t i = 0; i < n; i++)
		k->asked[kinds[i]] = true;
	if (as == SELECT_HOST || as == SELECT_URL)
		ask(k, SELECT_ADDRESS);
}

struct coverage_kinds coverage_kinds(const struct feed *f)
{
	struct coverage_kinds k = { 0 };

	LIST_EACH (const struct feed_type, t, &f->types) {
		LIST_EACH (const struct feed_select, s, &t->selects)
			ask(&k, s->as);
	}
	return k;
}

bool coverage_wants(const struct coverage_kinds *k, const struct asset *x, int64_t now)
{
	return x->member != ROSTER_NOBODY && k->asked[x->kind] && x->until > now;
}

struct known {
	LIST(int64_t) assets; // that the publisher looks at now, ascending
	bool any;             // something is said of what it looks at
};

static bool load(struct db *d, struct str feed, int64_t now, struct arena *a, struct known *out,
		 struct err *e)
{
	autorows r = NULL;
	struct coverage c;

	if (!coverage_all(d, feed, &r, e))
		return false;
	while (coverage_next_row(r, &c, e)) {
		out->any = true;
		if (c.since <= now && now < c.until)
			*list_add(&out->assets, a) = c.asset;
	}
	return e->kind == ERR_NONE;
}

static int by_number(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static bool is_known(const struct known *k, int64_t asset)
{
	return k->assets.count > 0 &&
	       bsearch(&asset, k->assets.at, k->assets.count, sizeof asset, by_number) != NULL;
}

static int64_t unknown(const struct feed *f, const struct roster *r, const struct known *k,
		       int64_t now)
{
	struct coverage_kinds kinds = coverage_kinds(f);
	int64_t n = 0;

	LIST_EACH (const struct asset, x, &r->assets)
		n += coverage_wants(&kinds, x, now) && !is_known(k, x->id);
	return n;
}

bool coverage_note(struct db *d, const struct feed *f, const struct roster *r, int64_t now,
		   struct arena *a, struct err *e)
{
	struct guarded g = { .type = S("") };
	struct fault fault = { .kind = FAULT_COVERAGE };
	struct known k = { 0 };
	int64_t n = 0;

	if (!batch_feed(d, f->name, &g.feed, e))
		return false;
	if (!f->subscribed)
		return fault_note_one(d, &g, FAULT_COVERAGE, now, NULL, e);
	if (!load(d, f->name, now, a, &k, e))
		return false;
	if (k.any)
		n = unknown(f, r, &k, now);
	fault.says = arena_fmt(a, "its publisher is not known to look at %lld %s of the members",
			       (long long)n, n == 1 ? "asset" : "assets");
	return fault_note_one(d, &g, FAULT_COVERAGE, now, n > 0 ? &fault : NULL, e);
}
