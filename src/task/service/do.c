#include "task/service/do.h"

#include "base/time.h"
#include "os/file.h"
#include "store/fetch.h"
#include "store/message.h"
#include "task/fetch/fetch.h"
#include "task/life/settle.h"
#include "task/past/retro.h"
#include "task/service/drop.h"
#include "task/watch/feed_choice.h"
#include "task/watch/feed_find.h"
#include "task/watch/inbox.h"
#include "task/watch/ready.h"

enum { SETTLE_MINUTES = 10, FORGET_DAYS = 30, READING_HOURS = 1, READING_SECONDS = 5 };

static bool load(struct service *s, struct arena *a, struct ready *out, struct err *e)
{
	if (!ready_load(&s->home, a, out, e))
		return false;
	LIST_EACH (const struct str, problem, &out->warnings.problems)
		log_say(&s->log, LOG_WARNING, "a warninglist is left out",
			&(struct log_said){ "error", *problem }, 1);
	return true;
}

// Never parked: what a person puts right elsewhere must not wait for another to say so.
static int64_t again_after(const struct service *s, const struct fetch_report *r,
			   const struct err *why)
{
	if (r->next > s->home.now)
		return r->next;
	return s->home.now + (err_meaning(why->kind)->retry ? TIME_MINUTE : TIME_HOUR);
}

bool do_fetch(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
{
	struct feed_places places = feed_places(s->home.path, a);
	struct fetch_report r = { 0 };
	struct ready ready;
	struct fetch_by by = { .worker = s->worker };
	struct fetch with = {
		.run = &ready.run, .home = s->home.path, .day = TIME_EVER, .by = &by
	};
	struct feed feed;
	bool ok;

	ok = fetch_store_made(s->home.db, &by.made, e) && feed_find(&places, key, a, &feed, e) &&
	     load(s, a, &ready, e) && fetch_feed(&with, &feed, &r, e);
	out->next = r.next;
	if (!ok) {
		out->again = again_after(s, &r, e);
		return false;
	}
	switch (r.end) {
	case FETCH_DONE:
		out->result = arena_fmt(a, "files: %u, records: %llu, hits: %llu, new: %llu",
					r.files, (unsigned long long)r.records,
					(unsigned long long)r.hits, (unsigned long long)r.fresh);
		break;
	case FETCH_NOTHING:
		out->result = S("nothing new");
		break;
	case FETCH_NOT_DUE:
		out->result = str_of(r.why != NULL ? r.why : "not due");
		break;
	case FETCH_OFF:
		out->result = arena_fmt(a, "off: %s", r.why);
		out->next = 0;
		break;
	}
	if (r.held > 0) { // it stays in the spool, and is tried again with the next fetch
		*e = r.held_why;
		out->again = again_after(s, &r, e);
		return false;
	}
	return true;
}

static bool read_drop(struct service *s, const struct feed *feed, struct str path, struct arena *a,
		      struct done *out, struct err *e)
{
	struct run_batch b = { .feed = feed, .name = file_base(path), .path = path.p };
	struct run_report r;
	struct ready ready;

	if (!feed_choice(feed, (struct str){ 0 }, path, &b.type, &b.day, e) ||
	    !load(s, a, &ready, e) || !run_batch(&ready.run, &b, &r, e))
		return false;
	out->result =
		r.known ? arena_fmt(a, "these bytes are batch %lld", (long long)r.batch)
			: arena_fmt(a, "records: %llu, hits: %llu, new: %llu",
				    (unsigned long long)r.tally.records,
				    (unsigned long long)r.tally.hits, (unsigned long long)r.fresh);
	return true;
}

// As long as this process lives; `waker feed run` says so meanwhile.
static bool have_inbox(struct service *s, struct arena *a, struct err *e)
{
	s->inbox = s->inbox || inbox_lock(s->home.path, a, e);
	return s->inbox;
}

bool do_drop(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
{
	struct feed_places places = feed_places(s->home.path, a);
	struct str name, file, wanted, stamp, path;
	struct feed feed;

	if (!drop_read(key, &name, &file, &wanted))
		return err_set(e, ERR_INPUT, "a key of a drop is FEED/FILE STAMP");
	path = arena_fmt(a, STR_FMT "/inbox/" STR_FMT "/" STR_FMT, STR_ARG(s->home.path),
			 STR_ARG(name), STR_ARG(file));
	if (!have_inbox(s, a, e))
		return false;
	if (!file_stamp(path.p, a, &stamp, e)) {
		if (e->kind != ERR_ABSENT)
			return false;
		out->result = S("it is not there any more");
		return true;
	}
	if (!str_eq(stamp, wanted)) {
		out->result = S("another file is in its place");
		return true;
	}
	return inbox_may_read(path, e) && feed_find(&places, name, a, &feed, e) &&
	       read_drop(s, &feed, path, a, out, e) && inbox_clear(path, stamp, a, e);
}

// A batch that is being read at this moment may be read by the roster of before: it is waited
// for, before it is decided which batches there are to ask.
static bool is_early(struct service *s, int64_t id, struct arena *a, int64_t *batch, struct err *e)
{
	struct retro_row row;

	*batch = 0;
	if (!retro_by_id(s->home.db, id, a, &row, e))
		return e->kind == ERR_NONE; // retro_go_on says so
	return row.done > 0 ||
	       past_reading(s->home.db, s->home.now - READING_HOURS * TIME_HOUR, batch, e);
}

bool do_retro(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
{
	struct retro_row row;
	struct ready ready;
	struct retro_run r = { .home = &s->home,
			       .ready = &ready,
			       .jobs = s->home.jobs,
			       .most = RETRO_CHUNK_MICROSECONDS };
	uint64_t id;
	int64_t batch;

	if (!str_to_uint(key, INT64_MAX, &id))
		return err_set(e, ERR_INPUT, "a key of a retro is a number");
	if (!is_early(s, (int64_t)id, a, &batch, e))
		return false;
	if (batch > 0) {
		out->next = s->home.now + READING_SECONDS * TIME_SECOND;
		out->result =
			arena_fmt(a, "waits for batch %lld, which is being read", (long long)batch);
		return true;
	}
	if (!load(s, a, &ready, e) || !retro_go_on(&r, (int64_t)id, a, &row, e))
		return false;
	out->next = row.ended > 0 ? 0 : s->home.now;
	out->result =
		arena_fmt(a, "batches: %lld of %lld, new: %lld, again: %lld", (long long)row.done,
			  (long long)row.batches, (long long)row.found, (long long)row.again);
	return true;
}

bool do_settle(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
{
	struct db *d = s->home.db;
	int64_t now = s->home.now;
	const struct settle_clock by = { now, s->home.statement, s->home.contact_test };
	struct settled settled;
	int64_t due;

	(void)key;
	if (!life_settle_clock(d, &by, &settled, e) || !message_soonest(d, &due, e) ||
	    !db_begin(d, e))
		return false;
	if (!job_forget(d, now - FORGET_DAYS * TIME_DAY, e)) {
		db_abort(d);
		return false;
	}
	out->next = now + SETTLE_MINUTES * TIME_MINUTE;
	if (due > now && due < out->next) // a digest goes on time
		out->next = due;
	out->result = arena_fmt(a, "ended: %lld", (long long)settled.ended);
	return db_commit(d, e);
}
