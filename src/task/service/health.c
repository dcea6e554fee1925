#include "task/service/health.h"

#include "base/time.h"
#include "model/feed/fetch.h"
#include "store/fetch.h"
#include "task/fetch/fetch.h"
#include "task/service/faults.h"
#include "task/watch/feed_find.h"

struct looking {
	const struct home *h;
	struct arena *a;
	struct health_all *out;
	const struct feed *feed;
	int64_t number; // of the feed
	struct pulse pulse;
};

static bool look_type(struct looking *l, struct str type, struct faults *more, struct err *e)
{
	struct guarded g = { l->number, type };
	struct health x = { .feed = arena_str(l->a, l->feed->name),
			    .type = type,
			    .count = GUARDIAN_BATCHES,
			    .pulse = l->pulse,
			    .faults = *more };

	if (!guarded_batches(l->h->db, &g, x.batch, &x.count, e) ||
	    !fault_of(l->h->db, &g, l->a, &x.faults, e))
		return false;
	x.usual = guardian_usual(x.batch, x.count);
	x.bounds = guardian_bounds(l->feed, &x.usual);
	*list_add(&l->out->at, l->a) = x;
	return true;
}

static bool look_types(struct looking *l, const struct guarded_types *types, struct faults *whole,
		       struct err *e)
{
	struct faults none = { 0 };

	if ((types->at.count == 0 || types->at.at[0].n > 0) && !look_type(l, S(""), whole, e))
		return false;
	LIST_EACH (const struct str, t, &types->at)
		if (!look_type(l, *t, t->n > 0 ? &none : whole, e))
			return false;
	return true;
}

static bool look_feed(struct looking *l, bool named, struct err *e)
{
	struct db *d = l->h->db;
	struct faults whole = { 0 };
	struct guarded_types types;
	struct fetch_state state;
	bool late;

	if (!guarded_types(d, l->feed->name, l->a, &types, e) ||
	    !pulse_of(d, l->feed->name, &l->pulse, e) ||
	    !fetch_state_of(d, l->feed->name, l->a, &state, e))
		return false;
	if (!named && !l->feed->enabled && types.at.count == 0)
		return true;
	l->number = types.feed;
	if (l->feed->silent > 0)
		l->pulse.patience = l->feed->silent;
	late = l->feed->enabled && state.failures > 0 &&
	       fetch_lacks(l->feed, l->h->path, l->a) == FETCH_LACKS_NOTHING;
	return faults_of_time(l->h, l->feed, late, l->a, &whole, e) &&
	       look_types(l, &types, &whole, e);
}

bool health_look(const struct home *h, struct str name, struct arena *a, struct health_all *out,
		 struct err *e)
{
	struct feed_places places = feed_places(h->path, a);
	struct looking l = { .h = h, .a = a, .out = out };
	struct feed_names all;
	struct feed feed;

	l.feed = &feed;
	if (name.n > 0)
		return feed_find(&places, name, a, &feed, e) && look_feed(&l, true, e);
	if (!feed_names(&places, a, &all, e))
		return false;
	LIST_EACH (const struct str, n, &all.names) {
		struct err wrong = { 0 };

		if (feed_find(&places, *n, a, &feed, &wrong) && !look_feed(&l, false, e))
			return false;
	}
	return true;
}
