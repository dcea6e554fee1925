#include "task/past/limits.h"

#include "base/time.h"
#include "store/life.h"

// What the publisher of a subscribed feed is known to look at; nothing where nobody has said.
static bool covered(struct past *p, int64_t asset, struct past_limit *l, struct err *e)
{
	struct coverage c;
	autorows r = NULL;
	bool any = false, mine = false;
	int64_t since = TIME_NEVER;

	if (!coverage_all(p->home->db, l->feed, &r, e))
		return false;
	while (coverage_next_row(r, &c, e)) {
		any = true;
		mine = mine || c.asset == asset;
		if (c.asset == asset)
			since = c.since;
	}
	if (e->kind != ERR_NONE)
		return false;
	if (mine && since > l->from) {
		l->from = since;
		l->why = S("its publisher knows this asset since then");
	}
	l->unsaid = any && !mine;
	return true;
}

static void add(struct past *p, const struct past_feed *x, struct past_limits *out)
{
	const struct feed *f = past_feed(p, x->feed);

	if (f != NULL && f->role == ROLE_CONTEXT)
		return;
	*list_add(&out->at, p->a) = (struct past_limit){
		.feed = arena_str(p->a, x->feed),
		.from = x->first,
		.why = x->first == TIME_NEVER ? S("none of its batches can be read any more")
					      : S("its first batch that can be read is of then"),
		.gone = x->gone,
	};
}

bool past_limits(struct past *p, int64_t asset, struct past_limits *out, struct err *e)
{
	struct past_feed x;
	autorows r = NULL;

	*out = (struct past_limits){ 0 };
	if (!past_feeds(p->home->db, &r, e))
		return false;
	while (past_next_feed(r, &x, e))
		add(p, &x, out);
	if (e->kind != ERR_NONE)
		return false;
	LIST_EACH (struct past_limit, l, &out->at) {
		const struct feed *f = past_feed(p, l->feed);

		if (asset >= 0 && f != NULL && f->subscribed && !covered(p, asset, l, e))
			return false;
	}
	return true;
}
