// The feeds that are on, and the credentials that they want.
#include "model/feed/fetch.h"
#include "task/check/checking.h"
#include "task/credentials.h"
#include "task/fetch/fetch.h"
#include "task/watch/feed_find.h"
#include "task/watch/feed_switch.h"

static bool is_off(const struct feed_places *p, struct str name, struct arena *a)
{
	enum feed_switch is;
	struct err e = { 0 };

	return feed_switch_of(p->own, name, a, &is, &e) && is == SWITCH_OFF;
}

// Of a feed whose file cannot be read it is not known whether it is on, unless somebody
// switched it off.
static bool find_one(struct checking *c, const struct feed_places *p, struct str name)
{
	struct feed feed;
	struct err e = { 0 };

	if (feed_find(p, name, c->a, &feed, &e)) {
		if (feed.enabled)
			*list_add(&c->feeds, c->a) = feed;
		return true;
	}
	if (is_off(p, name, c->a))
		return true;
	checking_failed(
		c, &e,
		arena_fmt(c->a,
			  "put its file right where that says, or `waker feed disable " STR_FMT "`",
			  STR_ARG(name)));
	return false;
}

void checking_feeds(struct checking *c)
{
	struct feed_places places = feed_places(c->home.path, c->a);
	struct feed_names all;
	enum feed_switch is;
	struct err e = { 0 };
	bool good = true;

	if (!feed_switch_of(places.own, S(""), c->a, &is, &e)) { // once, not for each
		checking_failed(c, &e, S("put enabled.conf right where that says"));
		return;
	}
	if (!feed_names(&places, c->a, &all, &e)) {
		checking_failed(c, &e, S("run waker as who may look there"));
		return;
	}
	LIST_EACH (const struct str, name, &all.names)
		good = find_one(c, &places, *name) && good;
	if (good && all.names.count == 0)
		checking_tell(c, CHECK_WARNING,
			      S("there is no feed file, not even an installed one"),
			      S("install waker anew: its feeds come with it; in a source tree set "
				"WAKER_FEEDS"));
	else if (good)
		checking_ok(c, arena_fmt(c->a, "%zu of %zu feeds are on, and each file can be read",
					 c->feeds.count, all.names.count));
}

// ---- credentials

static bool shows_some(const struct checking *c, const struct feed *f)
{
	enum fetch_lacks lacks = fetch_lacks(f, c->home.path, c->a);

	return lacks != FETCH_LACKS_ADDRESS && lacks != FETCH_LACKS_NEED &&
	       lacks != FETCH_LACKS_TRANSPORT && f->fetch->credentials.n > 0;
}

// The first feed that is on and wants this file, in this way, speaks for the others.
static bool is_first(const struct checking *c, const struct feed *f)
{
	LIST_EACH (const struct feed, g, &c->feeds) {
		if (g == f)
			break;
		if (shows_some(c, g) && g->fetch->auth == f->fetch->auth &&
		    str_eq(g->fetch->credentials, f->fetch->credentials))
			return false;
	}
	return true;
}

static bool has_them(struct checking *c, const struct feed *f)
{
	struct str name = f->fetch->credentials;
	struct str path = arena_fmt(c->a, STR_FMT "/credentials/" STR_FMT, STR_ARG(c->home.path),
				    STR_ARG(name));
	autocredentials secrets = { 0 };
	struct err e = { 0 };
	const char *wants;

	if (fetch_lacks(f, c->home.path, c->a) == FETCH_LACKS_CREDENTIALS) {
		checking_tell(c, CHECK_WRONG,
			      arena_fmt(c->a, "%s is not there, which feed " STR_FMT " wants",
					path.p, STR_ARG(f->name)),
			      arena_fmt(c->a,
					"write it, mode 0600 (see waker-feed(5)), or `waker feed "
					"disable " STR_FMT "`",
					STR_ARG(f->name)));
		return false;
	}
	if (!credentials_read(c->home.path, name, &secrets, &e)) {
		checking_failed(c, &e, arena_fmt(c->a, "chmod 600 %s, as its owner", path.p));
		return false;
	}
	wants = fetch_wants(f->fetch, &secrets);
	if (wants == NULL)
		return true;
	checking_tell(c, CHECK_WRONG,
		      arena_fmt(c->a, "%s lacks %s, which feed " STR_FMT " wants", path.p, wants,
				STR_ARG(f->name)),
		      arena_fmt(c->a, "write %s into it", wants));
	return false;
}

void checking_credentials(struct checking *c)
{
	unsigned wanted = 0, good = 0;

	LIST_EACH (const struct feed, f, &c->feeds) {
		if (!shows_some(c, f) || !is_first(c, f))
			continue;
		wanted++;
		good += has_them(c, f);
	}
	if (wanted == 0)
		checking_ok(c, S("no feed that is on wants any"));
	else if (good == wanted)
		checking_ok(c,
			    arena_fmt(c->a, "the %u that feeds want are there, for this user alone",
				      wanted));
}
