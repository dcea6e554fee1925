#include "base/time.h"
#include "os/file.h"
#include "store/fetch.h"
#include "store/job.h"
#include "task/fetch/fetch.h"
#include "task/service/drop.h"
#include "task/service/role.h"
#include "task/service/status.h"
#include "task/watch/feed_find.h"
#include "task/watch/inbox.h"

enum {
	LIMIT = 256 << 20,
	LOOK_SECONDS = 10, // at the inbox, also where nothing was heard
	FEED_SECONDS = 60, // at what is enabled, and when it is due
};

struct clock {
	struct service *s;
	struct arena a; // of one look
	int64_t feeds;  // when they are looked at next
	bool begun;     // the other roles have had the time to: a look was taken
	bool told[ROLE_COUNT];
};

static struct job_row job(struct clock *c, enum job_kind kind, struct str key, int64_t due)
{
	return (struct job_row){
		.kind = kind,
		.place = job_kind_here(kind) ? c->s->place : S(""),
		.key = key,
		.due = due,
		.made = home_moment(&c->s->home),
	};
}

static bool add(struct clock *c, const struct job_row *j, struct err *e)
{
	bool added;

	if (!job_add(c->s->home.db, j, &added, e))
		return false;
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		c->told[i] = c->told[i] || (added && (roles[i].kinds & 1u << j->kind) != 0);
	return true;
}

// A name that is too long for a job is told, and the file stays.
static bool add_file(struct clock *c, struct str feed, struct str path, struct err *e)
{
	struct job_row j = job(c, JOB_DROP, S(""), home_moment(&c->s->home));
	bool given_up;

	if (file_is_written(path.p)) // its end is heard
		return true;
	if (!drop_key(feed, path, &c->a, &j.key, e)) {
		if (e->kind != ERR_LIMIT)
			return false;
		log_err(&c->s->log, LOG_WARNING, "a file in the inbox is left alone", e);
		e->kind = ERR_NONE;
	}
	if (j.key.n == 0)
		return true;
	return drop_given_up(c->s->home.db, &j, &given_up, e) && (given_up || add(c, &j, e));
}

static bool add_files(struct clock *c, const struct inboxes *boxes, struct err *e)
{
	LIST_EACH (const struct inbox, box, &boxes->at)
		LIST_EACH (const struct str, path, &box->paths)
			if (!add_file(c, box->feed, *path, e))
				return false;
	return true;
}

static void watch_folders(struct clock *c)
{
	const char *inbox = home_path(&c->s->home, "inbox", &c->a);
	struct file_names feeds;
	struct err e = { 0 };

	if (!ears_folder(c->s->ears, inbox, &e) || !folder_names(inbox, &c->a, &feeds, &e))
		return; // it is looked at now and then
	LIST_EACH (const struct str, f, &feeds.names)
		if (!ears_folder(c->s->ears, arena_fmt(&c->a, "%s/" STR_FMT, inbox, STR_ARG(*f)).p,
				 &e))
			return;
}

static bool add_feed(struct clock *c, const struct feed *feed, struct err *e)
{
	struct fetch_state state;
	struct job_row j;

	if (!feed->enabled || fetch_lacks(feed, c->s->home.path, &c->a) != FETCH_LACKS_NOTHING)
		return true;
	if (!fetch_state_of(c->s->home.db, feed->name, &c->a, &state, e))
		return false;
	j = job(c, JOB_FETCH, feed->name, state.next);
	return add(c, &j, e);
}

// A feed file that is wrong is one feed's trouble.
static bool add_feeds(struct clock *c, struct err *e)
{
	struct feed_places places = feed_places(c->s->home.path, &c->a);
	struct feed_names all;
	struct feed feed;
	struct err wrong = { 0 };
	struct job_row settle, collect, page;

	if (!feed_names(&places, &c->a, &all, e))
		return false;
	LIST_EACH (const struct str, name, &all.names) {
		if (!feed_find(&places, *name, &c->a, &feed, &wrong))
			log_err(&c->s->log, LOG_WARNING, "a feed file is left out", &wrong);
		else if (!add_feed(c, &feed, e))
			return false;
	}
	settle = job(c, JOB_SETTLE, S("time"), home_moment(&c->s->home));
	collect = job(c, JOB_COLLECT, S("inbox"), home_moment(&c->s->home));
	page = job(c, JOB_PAGE, S("duty"), home_moment(&c->s->home));
	return add(c, &settle, e) && add(c, &page, e) &&
	       (str_eq(c->s->home.mail.inbox, S("none")) || add(c, &collect, e));
}

static bool look(struct clock *c, bool feeds, struct err *e)
{
	struct db *d = c->s->home.db;
	struct inboxes boxes;

	watch_folders(c); // before it is looked, so that what comes meanwhile is heard
	if (!inbox_look(c->s->home.path, S(""), &c->a, &boxes, e))
		return false;
	if (boxes.at.count == 0 && !feeds)
		return true;
	if (!db_begin(d, e))
		return false;
	if (add_files(c, &boxes, e) && (!feeds || add_feeds(c, e)))
		return db_commit(d, e);
	db_abort(d);
	return false;
}

// What another process holds up for long is looked at with the next tick.
static bool tick(struct clock *c, bool all, struct err *e)
{
	int64_t now = home_moment(&c->s->home);
	bool feeds = all || now >= c->feeds || c->feeds > now + FEED_SECONDS * TIME_SECOND;
	bool ok;

	memset(c->told, 0, sizeof c->told);
	ok = look(c, feeds, e) && (!feeds || !c->begun || status_note(&c->s->home, &c->a, e));
	if (!ok && e->kind != ERR_CONFLICT)
		return false;
	if (!ok) {
		e->kind = ERR_NONE;
		return true;
	}
	c->begun = true;
	if (feeds)
		c->feeds = now + FEED_SECONDS * TIME_SECOND;
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		if (c->told[i])
			role_tell(&c->s->home, (enum role)i);
	return true;
}

static void clock_done(struct clock *c)
{
	arena_done(&c->a);
}

bool role_clock(struct service *s, struct err *e)
{
	CLEANUP(clock_done) struct clock c = { .s = s };
	unsigned heard = HEARD_RELOAD;

	arena_init(&c.a, LIMIT);
	while (!s->stop) {
		arena_empty(&c.a);
		if (!tick(&c, (heard & HEARD_RELOAD) != 0, e))
			return false;
		heard = ears_wait(s->ears, LOOK_SECONDS * 1000);
		s->stop = (heard & HEARD_STOP) != 0;
	}
	return true;
}
