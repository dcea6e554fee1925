#include "model/match/also.h"

enum { DEPTH_MAX = 256 }; // of nested assets, against a loop

struct set {
	const struct roster *r;
	const struct index *x;
	int32_t *member;
	unsigned count;
};

static bool owns(const struct set *s, int32_t node, int32_t member)
{
	const struct index_node *n = index_node(s->x, node);

	for (uint32_t i = 0; i < n->count; i++)
		if (s->r->assets.at[index_owner(s->x, n->first + i)].member == member)
			return true;
	return false;
}

// Into its place by slug.
static void put(struct set *s, int32_t member)
{
	struct str slug = s->r->members.at[member].slug;
	unsigned at = s->count;

	if (s->count == ALSO_MAX)
		return;
	while (at > 0 && str_order(s->r->members.at[s->member[at - 1]].slug, slug) > 0)
		at--;
	if (at > 0 && s->member[at - 1] == member)
		return;
	memmove(s->member + at + 1, s->member + at, (s->count - at) * sizeof *s->member);
	s->member[at] = member;
	s->count++;
}

static void put_owners(struct set *s, int32_t node, int32_t matched)
{
	const struct index_node *n = index_node(s->x, node);

	for (uint32_t i = 0; i < n->count; i++) {
		int32_t member = s->r->assets.at[index_owner(s->x, n->first + i)].member;

		if (member != ROSTER_NOBODY && !owns(s, matched, member))
			put(s, member);
	}
}

unsigned match_also(const struct roster *r, const struct index *x, const struct matched *m,
		    int32_t out[ALSO_MAX])
{
	struct set s = { r, x, out, 0 };
	int32_t node = index_node(x, m->met.node)->parent;

	for (unsigned depth = 0; node != INDEX_NONE && depth < DEPTH_MAX; depth++) {
		put_owners(&s, node, m->met.node);
		node = index_node(x, node)->parent;
	}
	if (m->also != INDEX_NONE)
		put_owners(&s, m->also, m->met.node);
	return s.count;
}
