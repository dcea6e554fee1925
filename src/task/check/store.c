// The store, and the clock by which its rows are written.
#include "base/time.h"
#include "os/file.h"
#include "os/machine.h"
#include "store/check.h"
#include "task/check/checking.h"

enum { BUILT_IN = 2026 }; // the year: no clock of a Waker's machine is before it

// What two nodes of one store may differ by.
#define CLOCK_SLACK TIME_MINUTE

static bool schema_is_ours(struct checking *c, struct db *d, struct store_versions *v)
{
	bool server = db_kind(d) != DB_SQLITE;
	struct err e = { 0 };

	if (!store_versions(d, v, &e)) {
		checking_failed(c, &e, S("put a backup of the store back"));
		return false;
	}
	if (v->has < v->wants)
		checking_tell(
			c, server ? CHECK_WRONG : CHECK_WARNING,
			arena_fmt(c->a, "it has schema %lld, and this program needs %lld",
				  (long long)v->has, (long long)v->wants),
			server ? S("run `waker store migrate`, when no older waker uses the store")
			       : S("run `waker store migrate`; any command that works with it does "
				   "that too"));
	if (v->has > v->wants)
		checking_tell(c, CHECK_WRONG,
			      arena_fmt(c->a, "it has schema %lld, and this program knows %lld",
					(long long)v->has, (long long)v->wants),
			      S("install a newer waker: a newer one has written to this store"));
	return v->has == v->wants;
}

static bool is_whole(struct checking *c, struct db *d, const struct store_facts *f)
{
	struct str fault = S("");
	struct err e = { 0 };

	if (f->reads)
		checking_tell(c, CHECK_WRONG, S("it can be read, but not written"),
			      S("look at the owner and the mode of waker.db and of the home; a "
				"server's must not be a replica"));
	if (db_kind(d) != DB_SQLITE)
		return !f->reads;
	if (!store_fault(d, c->a, &fault, &e))
		checking_failed(c, &e, S("put a backup of waker.db back"));
	else if (fault.n > 0)
		checking_tell(c, CHECK_WRONG, arena_fmt(c->a, "waker.db: " STR_FMT, STR_ARG(fault)),
			      S("put a backup of waker.db back"));
	return !f->reads && e.kind == ERR_NONE && fault.n == 0;
}

static void look_into(struct checking *c, struct db *d)
{
	struct store_versions v;
	struct store_facts f;
	struct err e = { 0 };
	bool ours, whole;

	if (!store_facts(d, c->a, &f, &e)) {
		checking_failed(c, &e, S("put a backup of the store back"));
		return;
	}
	ours = schema_is_ours(c, d, &v);
	whole = is_whole(c, d, &f);
	c->stored = ours && whole;
	if (ours && !store_newest(d, &c->newest, &e) && e.kind != ERR_NONE)
		checking_failed(c, &e, S("put a backup of the store back"));
	else if (ours && whole)
		checking_ok(c, arena_fmt(c->a, STR_FMT ", schema %lld, %s", STR_ARG(f.version),
					 (long long)v.has,
					 db_kind(d) == DB_SQLITE ? "its file is whole"
								 : "and it answers"));
}

void checking_store(struct checking *c)
{
	const char *file = home_path(&c->home, HOME_STORE, c->a);
	autostore d = NULL;
	struct err e = { 0 };

	if (c->unread.kind != ERR_NONE)
		checking_tell(c, CHECK_WARNING,
			      S("it was not looked at: waker.conf, which cannot be read, says "
				"where it is"),
			      S("put waker.conf right, and run `waker check` again"));
	else if (!db_is_url(c->home.store) && !file_exists(file))
		checking_tell(c, CHECK_WRONG, arena_fmt(c->a, "%s is not there", file),
			      S("put a backup of it back"));
	else if (!home_store_at(&c->home, c->home.store, STORE_LOOK, c->a, &d, &e))
		checking_failed(
			c, &e,
			db_is_url(c->home.store)
				? S("start the server, or put its URL in waker.conf or its "
				    "password "
				    "in credentials/postgresql right")
				: S("put a backup of waker.db back, or run waker as its owner"));
	else
		look_into(c, d);
}

// ---- clock

static bool clock_is_late_enough(struct checking *c)
{
	char now[TIME_TEXT], newest[TIME_TEXT];

	time_write(c->home.now, now);
	if (c->home.now < time_of_date(BUILT_IN, 1, 1)) {
		checking_tell(
			c, CHECK_WRONG,
			arena_fmt(c->a, "it says %s, which is before this program was made", now),
			S("set the clock of this machine, and have it held by NTP"));
		return false;
	}
	if (c->newest == TIME_EVER || c->home.now >= c->newest - CLOCK_SLACK)
		return true;
	time_write(c->newest, newest);
	checking_tell(c, CHECK_WRONG,
		      arena_fmt(c->a, "it says %s, and the newest row of the store is of %s", now,
				newest),
		      S("set the clock of this machine; if it is right, it was wrong when that row "
			"was written: see `waker audit list`"));
	return false;
}

void checking_clock(struct checking *c)
{
	char now[TIME_TEXT];
	bool held = false;
	struct err e = { 0 };

	if (!clock_is_late_enough(c))
		return;
	time_write(c->home.now, now);
	if (c->home.played)
		checking_ok(c, arena_fmt(c->a, "it says %s, as WAKER_NOW does", now));
	else if (!machine_clock_held(&held, &e))
		checking_tell(c, CHECK_WARNING, arena_str(c->a, str_of(e.text)),
			      S("look whether something holds the clock: `timedatectl`"));
	else if (!held)
		checking_tell(
			c, CHECK_WARNING,
			arena_fmt(c->a, "it says %s, and the kernel says that nothing holds it",
				  now),
			S("run an NTP client on this machine, such as chrony or systemd-timesyncd; "
			  "in a container: on its host"));
	else
		checking_ok(c, arena_fmt(c->a, "it says %s, and it is synchronised", now));
}
