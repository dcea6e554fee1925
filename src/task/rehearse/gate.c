#include "task/rehearse/gate.h"

#include "base/sort.h"

struct slugs {
	LIST(struct str) at;
};

static void put(struct gate *g, const struct asset *x, struct arena *a)
{
	struct asset *mine = list_add(&g->roster.assets, a);

	*mine = *x;
	mine->member = 0;
}

static void put_slug(struct slugs *s, const struct roster *r, int32_t member, struct arena *a)
{
	if (member != ROSTER_NOBODY)
		*list_add(&s->at, a) = r->members.at[member].slug;
}

static int by_bytes(const void *x, const void *y)
{
	const struct str *a = x, *b = y;

	return str_order(*a, *b);
}

// Sorted, each once.
static void in_order(struct slugs *s, struct arena *a)
{
	size_t n = 0;

	sort_merge(s->at.at, arena_new(a, struct str, s->at.count + 1), s->at.count,
		   sizeof(struct str), by_bytes);
	for (size_t i = 0; i < s->at.count; i++)
		if (n == 0 || !str_eq(s->at.at[n - 1], s->at.at[i]))
			s->at.at[n++] = s->at.at[i];
	s->at.count = n;
}

static bool has(const struct slugs *s, struct str slug)
{
	size_t low = 0, high = s->at.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_order(s->at.at[middle], slug);

		if (order == 0)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static void touched(const struct gate_of *of, struct gate *g, struct slugs *s, struct arena *a)
{
	LIST_EACH (const struct change, c, &of->difference->list) {
		const struct asset *was = NULL, *is = NULL;

		if (c->record != RECORD_ASSET)
			continue;
		if (c->kind == CHANGE_GONE)
			was = &of->old->assets.at[c->place];
		else
			is = &of->file->assets.at[c->place];
		if (c->kind == CHANGE_CHANGED)
			was = &of->old->assets.at[c->was];
		if (was != NULL) {
			put(g, was, a);
			put_slug(s, of->old, was->member, a);
		}
		if (is != NULL) {
			put(g, is, a);
			put_slug(s, of->file, is->member, a);
		}
	}
}

static void held_by(const struct slugs *s, const struct roster *r, struct gate *g, struct arena *a)
{
	bool *of = arena_new(a, bool, r->members.count + 1);

	for (size_t i = 0; i < r->members.count; i++)
		of[i] = has(s, r->members.at[i].slug);
	LIST_EACH (const struct asset, x, &r->assets)
		if (x->member != ROSTER_NOBODY && of[x->member])
			put(g, x, a);
}

bool gate_make(const struct gate_of *of, struct arena *a, struct gate *out, struct err *e)
{
	struct gate g = { 0 };
	struct slugs slugs = { 0 };

	*list_add(&g.roster.members, a) = (struct member){ .slug = S("x") };
	touched(of, &g, &slugs, a);
	in_order(&slugs, a);
	held_by(&slugs, of->was, &g, a);
	held_by(&slugs, of->would, &g, a);
	g.members = slugs.at.count;
	*out = g;
	return index_build(&out->roster, of->idn, a, &out->index, e);
}
