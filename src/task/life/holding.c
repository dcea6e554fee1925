#include "task/life/holding.h"

#include "base/time.h"
#include "model/finding/claim.h"
#include "model/roster/key.h"
#include "os/idn.h"
#include "store/life.h"
#include "store/roster.h"

#define ROSTER_ROOM ((size_t)16 << 30) // address space; a million assets take some 0.7 GiB
enum { EACH = 4096 };                  // findings that are looked at in one go

struct work {
	struct db *d;
	int64_t now, ended;
	struct arena *a;
	struct roster roster;
	struct index *index;
	const struct asset **assets; // by row number
	int64_t rows;
	struct living some[EACH];
	size_t count;
};

static void number_assets(struct work *w)
{
	LIST_EACH (const struct asset, x, &w->roster.assets)
		if (x->id >= w->rows)
			w->rows = x->id + 1;
	w->assets = arena_new(w->a, const struct asset *, (size_t)w->rows);
	LIST_EACH (const struct asset, x, &w->roster.assets)
		w->assets[x->id] = x;
}

static const struct asset *asset_of(const struct work *w, int64_t id)
{
	return id > 0 && id < w->rows ? w->assets[id] : NULL;
}

static const struct member *member_of(const struct work *w, int64_t id)
{
	LIST_EACH (const struct member, m, &w->roster.members)
		if (m->id == id)
			return m;
	return NULL;
}

static bool holds(const struct asset *x, int64_t now)
{
	return x != NULL && x->since <= now && now < x->until;
}

// The node of what was seen: an address, a prefix, or a name, before a space and a port.
static bool node_of(const struct work *w, struct str seen, struct met *out)
{
	struct str what = str_cut(&seen, ' '), base = str_cut(&what, '/');
	struct address a;

	*out = (struct met){ MET_ADDRESS, STRENGTH_STRONG, INDEX_NONE };
	if (address_read(base, &a)) {
		out->node = index_address(w->index, a);
		return true;
	}
	out->side = MET_NAME;
	out->node = index_name(w->index, base);
	return out->node != INDEX_NONE;
}

// The asset by which the member still holds what was seen; 0: it does not.
static int64_t held_by(const struct work *w, const struct living *f)
{
	const struct asset *was = asset_of(w, f->asset);
	struct claim claims[CLAIM_MAX];
	struct met met;
	bool by_address = node_of(w, f->seen, &met) && met.side == MET_ADDRESS;
	unsigned n;

	// It was met by something else than what is told of it: its AS, its account, the
	// address behind a name.
	if (holds(was, w->now) && !(by_address ? asset_has_range(was) : asset_has_name(was)))
		return was->id;
	n = met.node == INDEX_NONE ? 0 : claim_make(&w->roster, w->index, &met, 1, w->now, claims);
	for (unsigned i = 0; i < n; i++)
		if (w->roster.members.at[claims[i].member].id == f->member)
			return w->roster.assets.at[claims[i].asset].id;
	return 0;
}

static bool end(struct work *w, const struct living *f, enum finding_end ended, struct err *e)
{
	struct change_row c = {
		.finding = f->id,
		.at = w->now,
		.act = DO_ROSTER,
		.was = f->life,
		.is = f->life,
		.reason = finding_end_says(ended),
	};

	life_do(&c.is, &(struct life_doing){ DO_ROSTER, ended, TIME_NEVER, w->now });
	w->ended++;
	return finding_life(w->d, f->id, &c.is, e) && change_add(w->d, &c, e);
}

static bool look(struct work *w, const struct living *f, struct err *e)
{
	const struct member *m = member_of(w, f->member);
	int64_t by;

	if (m == NULL || m->until <= w->now)
		return end(w, f, END_MEMBER_LEFT, e);
	if (f->class == CLASS_LEAK_SITE)
		return true;
	by = held_by(w, f);
	if (by == 0)
		return end(w, f, END_ASSET_GONE, e);
	return by == f->asset || finding_asset(w->d, f->id, by, e);
}

// The next findings, whole, for their rows cannot be changed while they are read.
static bool next(struct work *w, int64_t *after, struct err *e)
{
	autorows r = NULL;
	struct living f;

	w->count = 0;
	if (!living_after(w->d, *after, EACH, &r, e))
		return false;
	while (living_next_row(r, &f, e)) {
		f.seen = arena_str(w->a, f.seen);
		w->some[w->count++] = f;
		*after = f.id;
	}
	return e->kind == ERR_NONE;
}

static bool look_at_all(struct work *w, struct err *e)
{
	int64_t after = 0;
	char *mark = NULL;

	do {
		mark = arena_mark(w->a);
		if (!next(w, &after, e))
			return false;
		if (w->index == NULL && w->count > 0) { // most changes come before any finding
			if (!roster_load(w->d, w->a, &w->roster, e) ||
			    !index_build(&w->roster, idn_to_ascii, w->a, &w->index, e))
				return false;
			number_assets(w);
			mark = arena_mark(w->a);
		}
		for (size_t i = 0; i < w->count; i++)
			if (!look(w, &w->some[i], e))
				return false;
		arena_back(w->a, mark);
	} while (w->count == EACH);
	return true;
}

bool life_holding(struct db *d, int64_t now, int64_t *ended, struct err *e)
{
	autoarena a = { 0 };
	struct work *w;
	bool good;

	arena_init(&a, ROSTER_ROOM);
	w = arena_new(&a, struct work, 1);
	*w = (struct work){ .d = d, .now = now, .a = &a };
	good = look_at_all(w, e);
	*ended = w->ended;
	return good;
}
