#include "task/fetch/fetch.h"

#include "model/feed/schedule.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/part.h"
#include "task/fetch/fetching.h"

enum { FOLDER_MODE = 0700, MAX_DOUBLINGS = 8 };

#define FETCH_ARENA   ((size_t)2 << 30) // addresses; a listing takes some MiB
#define FIRST_AGAIN   (5 * TIME_MINUTE)
#define BUSY_AGAIN    TIME_MINUTE // of a host that another worker asks
#define LONGEST_AGAIN (6 * TIME_HOUR)

static bool (*const transports[])(struct fetching *, struct err *) = {
	[FETCH_URL] = fetch_url,       [FETCH_FILE] = fetch_file,
	[FETCH_FOLDER] = fetch_folder, [FETCH_SHADOWSERVER] = fetch_shadowserver,
	[FETCH_MISP] = fetch_misp,     [FETCH_MISP_FEED] = fetch_misp_feed,
	[FETCH_N6] = fetch_n6,
};

static void fetching_done(struct fetching *f)
{
	fetch_role_close(f->role);
	credentials_done(&f->secrets);
	if (f->a.start != NULL)
		arena_done(&f->a);
}

// Listings, and files that did not become whole: of no use to another fetch.
static bool clear_aside(struct fetching *f, struct err *e)
{
	struct file_names names;

	if (!folder_names(f->spool, &f->a, &names, e))
		return false;
	LIST_EACH (const struct str, n, &names.names)
		if (str_has_prefix(*n, S(PART_MARK)) &&
		    !file_remove(arena_fmt(&f->a, "%s/" STR_FMT, f->spool, STR_ARG(*n)).p, e))
			return false;
	return true;
}

static bool open_spool(struct fetching *f, int *lock, struct err *e)
{
	struct str home = f->with->home;
	const char *all = arena_fmt(&f->a, STR_FMT "/spool", STR_ARG(home)).p;

	f->spool = arena_fmt(&f->a, "%s/" STR_FMT, all, STR_ARG(f->feed->name)).p;
	if (!folder_make(all, FOLDER_MODE, e) || !folder_make(f->spool, FOLDER_MODE, e))
		return false;
	if (lock_take(arena_fmt(&f->a, "%s/.lock", f->spool).p, lock, e))
		return true;
	if (e->kind == ERR_CONFLICT)
		return err_set(e, ERR_CONFLICT, "another fetch of it is under way");
	return false;
}

// What a kill, or a feed file that was wrong, left behind. What cannot be read still does
// not stand in the way of what is new: if the fetch then goes well, its file has replaced
// this one or has another name.
static bool run_left(struct fetching *f, struct err *e)
{
	struct file_names names;

	if (!folder_names(f->spool, &f->a, &names, e))
		return false;
	LIST_EACH (const struct str, n, &names.names) {
		struct fetched file = {
			.path = arena_fmt(&f->a, "%s/" STR_FMT, f->spool, STR_ARG(*n)).p,
			.name = *n,
			.ours = !f->with->run->dry,
		};
		bool done;

		if (!fetching_run(f, &file, &done, e))
			return false;
	}
	return true;
}

// In a dry run nothing stays that was not there before.
static bool sweep(struct fetching *f, const struct file_names *before, struct err *e)
{
	struct file_names now;

	if (!folder_names(f->spool, &f->a, &now, e))
		return false;
	LIST_EACH (const struct str, n, &now.names) {
		bool was = false;

		LIST_EACH (const struct str, b, &before->names)
			was = was || str_eq(*n, *b);
		if (!was &&
		    !file_remove(arena_fmt(&f->a, "%s/" STR_FMT, f->spool, STR_ARG(*n)).p, e))
			return false;
	}
	return true;
}

static int64_t again_after(const struct fetching *f, const struct err *why)
{
	int64_t wait = FIRST_AGAIN;

	if (!err_meaning(why->kind)->retry)
		return f->how->every;
	for (int64_t i = 1; i < f->state.failures && i < MAX_DOUBLINGS; i++)
		wait *= 2;
	if (wait > LONGEST_AGAIN)
		wait = LONGEST_AGAIN;
	if (wait > f->how->every)
		wait = f->how->every;
	if (wait < (int64_t)f->retry * TIME_SECOND)
		wait = (int64_t)f->retry * TIME_SECOND;
	return wait < TIME_DAY ? wait : TIME_DAY;
}

// Many are told to come again at one moment: each then comes a little later, by its phase.
static int64_t again_at(const struct fetching *f, const struct err *why, int64_t now)
{
	int64_t at = now + again_after(f, why);

	return schedule_free(f->how, f->phase, f->retry > 0 ? schedule_after(f->phase, at) : at);
}

static bool write_end(struct db *d, int64_t feed, const void *what, struct err *e)
{
	const struct fetching *f = what;

	return fetch_state_put(d, feed, &f->state, e) &&
	       (f->shown.until == 0 || certificate_put(d, feed, &f->shown, e));
}

static bool note_end(struct fetching *f, const struct fetch_state *was, const struct err *why,
		     struct err *e)
{
	struct fetch_state *s = &f->state;
	int64_t now = f->with->run->now / TIME_SECOND * TIME_SECOND;

	s->tried = now;
	if (why == NULL) {
		s->good = now;
		s->failures = 0;
		s->reason = f->report->held > 0 ? str_of(f->report->held_why.text) : S("");
		s->failed = ERR_NONE;
		s->next = schedule_next(f->how, f->phase, now);
	} else { // what the answer would have changed is not so
		s->etag = was->etag;
		s->modified = was->modified;
		s->failures++;
		s->reason = str_of(why->text);
		s->failed = why->kind;
		s->next = again_at(f, why, now);
	}
	if (f->with->day != TIME_EVER) // a day of the past says nothing of what is due
		*s = *was;
	f->report->next = s->next;
	return fetching_note(f, write_end, f, e);
}

static bool all_of(struct fetching *f, struct err *e)
{
	struct fetch_state was = f->state;
	struct file_names before = { 0 };
	struct err noted = { 0 };
	const struct err *why = NULL;
	bool dry = f->with->run->dry, ok;

	if (!clear_aside(f, e))
		return false;
	if (dry && !folder_names(f->spool, &f->a, &before, e))
		return false;
	ok = run_left(f, e) && transports[f->how->how](f, e);
	f->report->held = fetching_held(f, &why);
	if (why != NULL)
		f->report->held_why = *why;
	if (dry && !sweep(f, &before, ok ? e : &noted))
		return false;
	if (!note_end(f, &was, ok ? NULL : e, ok ? e : &noted))
		return false;
	return clear_aside(f, ok ? e : &noted) && ok;
}

enum fetch_lacks fetch_lacks(const struct feed *feed, struct str home, struct arena *a)
{
	const struct feed_fetch *how = feed->fetch;

	if (how == NULL || how->how == FETCH_BY_HAND)
		return FETCH_LACKS_ADDRESS;
	if (feed_fetch_sent(how->how))
		return FETCH_LACKS_NEED;
	if (!feed_fetch_built(how->how))
		return FETCH_LACKS_TRANSPORT;
	if (how->credentials.n > 0 &&
	    !file_exists(arena_fmt(a, STR_FMT "/credentials/" STR_FMT, STR_ARG(home),
				   STR_ARG(how->credentials))
				 .p))
		return FETCH_LACKS_CREDENTIALS;
	return FETCH_LACKS_NOTHING;
}

// Why it is not fetched at all; NULL: it is.
static const char *off(struct fetching *f)
{
	enum fetch_lacks lacks = fetch_lacks(f->feed, f->with->home, &f->a);

	if (lacks == FETCH_LACKS_ADDRESS)
		return "its files are given by hand";
	if (!f->feed->enabled && !f->with->now)
		return "it is not enabled: `waker feed enable` does that";
	if (lacks == FETCH_LACKS_NEED)
		return "its publisher sends it: there is nothing to fetch";
	if (lacks == FETCH_LACKS_TRANSPORT)
		return "its way in is not built yet; its files can be given by hand";
	if (lacks == FETCH_LACKS_CREDENTIALS && !f->with->now)
		return "its credentials are not there";
	return NULL;
}

static bool not_now(struct fetching *f, int64_t next, const char *why)
{
	f->report->end = FETCH_NOT_DUE;
	f->report->next = next;
	f->report->why = why;
	return true;
}

// One transaction for the few bytes of a host.
static bool take_host(struct fetching *f, const struct fetch_host *h, bool *mine, int64_t *free,
		      struct err *e)
{
	struct db *d = f->with->run->db;

	if (!db_begin(d, e))
		return false;
	if (fetch_host_take(d, h, f->with->run->now, mine, free, e))
		return db_commit(d, e);
	db_abort(d);
	return false;
}

static bool leave_host(struct fetching *f, const struct fetch_host *h, int64_t begun, struct err *e)
{
	struct db *d = f->with->run->db;
	int64_t now = f->with->run->now + clock_since() - begun;

	if (!db_begin(d, e))
		return false;
	if (fetch_host_leave(d, h, now + f->how->gap, e))
		return db_commit(d, e);
	db_abort(d);
	return false;
}

// As all_of, with its host for this worker alone. What cannot be noted of the host is none of
// the feed's: it is free when the job is over.
static bool all_of_host(struct fetching *f, struct err *e)
{
	char room[SCHEDULE_HOST];
	struct fetch_host h = { .name = schedule_host(f->how, room) };
	int64_t now = f->with->run->now, begun = clock_since(), free;
	struct err left = { 0 };
	bool mine, ok;

	if (f->with->by == NULL || h.name.n == 0)
		return all_of(f, e);
	h.worker = f->with->by->worker;
	if (!take_host(f, &h, &mine, &free, e))
		return false;
	if (!mine && free > now)
		return not_now(f, free + f->how->gap, "its host was asked a moment ago");
	if (!mine) // by another worker, who may take long
		return not_now(f, now + BUSY_AGAIN, "its host is being asked");
	ok = all_of(f, e);
	(void)!leave_host(f, &h, begun, &left);
	return ok;
}

static bool run_fetching(struct fetching *f, struct err *e)
{
	struct fetch_report *r = f->report;
	int64_t now = f->with->run->now, free;
	autolock lock = -1;

	r->why = off(f);
	if (r->why != NULL) {
		r->end = FETCH_OFF;
		return true;
	}
	if (!fetch_state_of(f->with->run->db, f->feed->name, &f->a, &f->state, e))
		return false;
	r->next = f->state.next;
	if (!f->with->now && f->state.next > now)
		return not_now(f, f->state.next, NULL);
	free = schedule_free(f->how, f->phase, now);
	if (free > now)
		return not_now(f, free, "its publisher wants to be left alone at this hour");
	if (!open_spool(f, &lock, e) || !all_of_host(f, e))
		return false;
	if (r->end == FETCH_NOT_DUE)
		return true;
	r->end = r->files > 0 || r->held > 0 ? FETCH_DONE : FETCH_NOTHING;
	return true;
}

bool fetch_feed(const struct fetch *with, const struct feed *feed, struct fetch_report *out,
		struct err *e)
{
	const struct feed_fetch none = feed_fetch_standard();
	CLEANUP(fetching_done)
	struct fetching f = {
		.with = with,
		.feed = feed,
		.how = feed->fetch != NULL ? feed->fetch : &none,
		.report = out,
		.phase = with->by != NULL ? schedule_phase(with->by->made, feed->name) : 0,
	};

	*out = (struct fetch_report){ 0 };
	arena_init(&f.a, FETCH_ARENA);
	return run_fetching(&f, e) || err_in(e, STR_FMT, STR_ARG(feed->name));
}
