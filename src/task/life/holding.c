#include "task/life/holding.h"

#include "base/list.h"
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
	int64_t now, ended; // ended: or brought back
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

static bool load_roster(struct work *w, struct err *e)
{
	if (!roster_load(w->d, w->a, &w->roster, e) ||
	    !index_build(&w->roster, idn_to_ascii, w->a, &w->index, e))
		return false;
	number_assets(w);
	return true;
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
			if (!load_roster(w, e))
				return false;
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

// ---- a hole that was none

struct back {
	struct living f;
	struct change_row c; // that ended it
};

struct backs {
	LIST(struct back) at;
};

static bool ended_then(struct work *w, int64_t then, struct backs *out, struct err *e)
{
	autorows r = NULL;
	struct back x;

	if (!roster_ended(w->d, END_ASSET_GONE, then, &r, e))
		return false;
	while (roster_next_ended(r, &x.f, &x.c, e)) {
		x.f.seen = arena_str(w->a, x.f.seen);
		*list_add(&out->at, w->a) = x;
	}
	return e->kind == ERR_NONE;
}

static bool bring_back(struct work *w, const struct back *x, struct str who, struct err *e)
{
	const struct member *m = member_of(w, x->f.member);
	int64_t by = m == NULL || m->until <= w->now ? 0 : held_by(w, &x->f);
	struct change_row c = {
		.finding = x->f.id,
		.at = w->now,
		.act = DO_UNDO,
		.who = who,
		.was = x->f.life,
		.is = x->c.was,
		.reason = S("the hole by which it had ended was none"),
	};

	if (by == 0)
		return true; // it is not the member's for another reason, too
	c.is.reopened = x->f.life.reopened;
	w->ended++;
	return change_undone(w->d, x->c.id, e) && finding_life(w->d, x->f.id, &c.is, e) &&
	       change_add(w->d, &c, e) && (by == x->f.asset || finding_asset(w->d, x->f.id, by, e));
}

static bool bring_all_back(struct work *w, const struct unholed *u, struct err *e)
{
	struct backs all = { 0 };

	if (!ended_then(w, u->then, &all, e))
		return false;
	if (all.at.count > 0 && !load_roster(w, e))
		return false;
	LIST_EACH (const struct back, x, &all.at)
		if (!bring_back(w, x, u->who, e))
			return false;
	return true;
}

bool life_holding_again(struct db *d, const struct unholed *u, int64_t *count, struct err *e)
{
	autoarena a = { 0 };
	struct work *w;
	bool good;

	arena_init(&a, ROSTER_ROOM);
	w = arena_new(&a, struct work, 1);
	*w = (struct work){ .d = d, .now = u->now, .a = &a };
	good = bring_all_back(w, u, e);
	*count = w->ended;
	return good;
}
