#include "task/watch/run.h"

#include "os/file.h"
#include "os/seal_key.h"
#include "store/batch.h"
#include "store/life.h"
#include "task/life/settle.h"
#include "task/notice/plan.h"
#include "task/watch/guard.h"
#include "task/watch/hits.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 4096 };

static void fd_done(int *fd)
{
	if (*fd > STDERR_FILENO)
		close(*fd);
}
#define autofd CLEANUP(fd_done) int

struct work { // one batch under way
	const struct run *run;
	const struct run_batch *what;
	struct run_report *report;
	const char *path; // NULL: what comes once, standard input or a pipe
	struct batch batch;
	struct stat before; // the file as it was when the archive had read it
	int fd;
	bool dated;       // its name told the day: a report that can be issued anew
	int64_t replaces; // the batch that this one takes the place of; 0: none
	int copy;         // in memory, of what comes once and is kept sealed; -1: none
	struct hits hits;
};

static bool list_day(const struct work *w)
{
	return w->what->feed->presence == PRESENCE_LIST;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
	       a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

// The children read the file itself, which saves unpacking the archive; so it must
// be, to the end, the file that the archive has.
static bool unchanged(const struct work *w, struct err *e)
{
	struct stat after;

	if (w->path == NULL)
		return true;
	if (fstat(w->fd, &after) != 0)
		return err_set(e, ERR_SYSTEM, "%s: %m", w->path);
	if (!same_file(&w->before, &after))
		return err_set(e, ERR_CONFLICT,
			       "%s was changed while it was read: run it again when it is whole",
			       w->path);
	return true;
}

static bool has_key(const struct work *w, struct seal_public *key, struct err *e)
{
	if (seal_public_read(w->run->public, key, e))
		return true;
	if (e->kind != ERR_ABSENT)
		return false;
	return err_set(
		e, ERR_CONFIG,
		"it has secrets, and there is no key to seal its archive to: `waker init` of "
		"this home adds one; nothing was read");
}

static bool keep_bytes(struct work *w, const struct seal_public *key, struct err *e)
{
	const struct archive_to to = { w->run->archive, w->run->now, key, w->copy };

	return archive_put(&to, w->fd, &w->batch.kept, e) && unchanged(w, e);
}

static bool into_archive(struct work *w, struct err *e)
{
	bool secrets = feed_has_secrets(w->what->type);
	struct seal_public key;

	if (secrets && !has_key(w, &key, e))
		return false;
	if (w->path == NULL && w->run->dry)
		return err_set(e, ERR_USAGE, "a dry run keeps nothing, so it needs a file to read");
	if (w->path != NULL && fstat(w->fd, &w->before) != 0)
		return err_set(e, ERR_SYSTEM, "%s: %m", w->path);
	if (w->run->dry)
		return archive_sum(w->fd, &w->batch.kept, e) && unchanged(w, e);
	if (secrets && w->path == NULL && !file_in_memory(&w->copy, e))
		return false;
	return keep_bytes(w, secrets ? &key : NULL, e);
}

// Finds the row of the batch or makes it; in a transaction of the caller's.
static bool row_of(struct work *w, struct err *e)
{
	struct batch *b = &w->batch;

	if (!batch_feed(w->run->db, w->what->feed->name, &b->feed, e))
		return false;
	if (batch_find(w->run->db, b, list_day(w) ? b->day : TIME_EVER, e))
		return true;
	return e->kind == ERR_NONE && batch_add(w->run->db, b, e);
}

static bool announce(struct work *w, struct err *e)
{
	struct db *d = w->run->db;

	if (!db_begin(d, e))
		return false;
	if (!row_of(w, e)) {
		db_abort(d);
		return false;
	}
	if (!w->run->dry)
		return db_commit(d, e);
	db_abort(d);
	return true;
}

// The same report with other bytes: what the first issue saw counts no more, and this one's
// word takes its place (RULES 4).
static bool replace(struct work *w, struct err *e)
{
	const struct batch *b = &w->batch;
	struct report same = { b->feed, b->day, b->id, b->type, b->file, BATCH_DONE };
	int64_t count;

	if (!w->dated || w->what->feed->presence != PRESENCE_REPORT)
		return true;
	if (!report_same(w->run->db, &same, &w->replaces, e)) {
		w->replaces = 0;
		return e->kind == ERR_NONE;
	}
	return void_sightings(w->run->db, w->replaces, &count, e);
}

static bool replaced(struct work *w, struct err *e)
{
	struct db *d = w->run->db;
	struct voiding v = { w->replaces, w->run->now, S("the report was issued anew") };
	int64_t count;

	return w->replaces == 0 ||
	       (void_findings(d, &v, &count, e) &&
		batch_become(d, w->replaces, BATCH_REPLACED, S("the publisher issued it anew"), e));
}

// The publisher has spoken of this day; one that is still to come is not over yet.
static bool note_heard(struct work *w, struct err *e)
{
	const struct batch *b = &w->batch;
	struct heard h = { b->day, w->run->now, w->what->feed->presence != PRESENCE_STREAM };

	return b->day > w->run->now ||
	       heard_put(w->run->db, (struct heard_of){ b->feed, b->type }, &h, e);
}

// The transaction of the findings. A dry run makes its rows in it too, and a batch
// that another run did meanwhile is left alone.
static bool begin(void *context, struct err *e)
{
	struct work *w = context;

	if (!db_begin(w->run->db, e))
		return false;
	if (!row_of(w, e))
		return false;
	if (batch_over(w->batch.state))
		return err_set(e, ERR_CONFLICT, "another run has just done this batch");
	w->hits.keep.feed_id = w->batch.feed;
	w->hits.keep.batch = w->batch.id;
	return replace(w, e);
}

static void count_junk(const struct scan_tally *t, struct batch_count out[JUNK_KINDS])
{
	for (unsigned i = 0; i < JUNK_KINDS; i++)
		out[i] = (struct batch_count){ junk_word((enum junk)i), t->junk[i] };
}

static bool finish(struct work *w, enum batch_state state, struct str reason, struct err *e)
{
	const struct scan_tally *t = &w->report->tally;
	struct batch_count junk[JUNK_KINDS];
	struct batch_end end = { state, reason, t->records, t->hits, junk, JUNK_KINDS };

	count_junk(t, junk);
	return batch_finish(w->run->db, &w->batch, &end, e);
}

// A batch that could not be read, for whose fault ever, is held with the reason; that
// this could not be noted either changes nothing: it then counts as just arrived.
static void hold(struct work *w, const struct err *why)
{
	struct db *d = w->run->db;
	struct err e;

	db_abort(d);
	if (w->run->dry || why->kind == ERR_CONFLICT || !db_begin(d, &e))
		return;
	if (!finish(w, BATCH_HELD, str_of(why->text), &e) || !db_commit(d, &e))
		db_abort(d);
}

static bool each(void *context, const struct scan_hit *hit, struct err *e)
{
	struct work *w = context;

	return hits_add(&w->hits, hit, e);
}

static void progress(void *context, uint64_t done, uint64_t all)
{
	const struct work *w = context;

	w->run->progress(w->run->context, done, all);
}

static bool read_and_keep(struct work *w, struct err *e)
{
	const struct run *r = w->run;
	char path[PATH_BYTES];
	struct scan scan = {
		.feed = w->what->feed,
		.type = w->what->type,
		.roster = r->roster,
		.index = r->index,
		.path = w->path,
		.fd = -1,
		.jobs = r->jobs,
		.events = true,
		.each = each,
		.progress = r->progress != NULL ? progress : NULL,
		.context = w,
	};
	bool good;

	if (w->copy >= 0) {
		file_again(w->copy, path);
		scan.path = path;
	} else if (scan.path == NULL) { // the stream is gone; the archive has it
		snprintf(path, sizeof path, "%s/%s", r->archive, w->batch.kept.path);
		scan.path = path;
	}
	good = hits_init(&w->hits, r, w->what, e);
	w->hits.begin = begin;
	w->hits.context = w;
	good = good && scan_run(&scan, &w->report->tally, e) && unchanged(w, e) &&
	       guard_batch(r->db, scan.feed, &w->batch, w->report->tally.records, e) &&
	       hits_end(&w->hits, w->report, e);
	hits_done(&w->hits);
	return good;
}

// All that the batch says, what is over by it, and what is to be told of it.
static bool conclude(struct work *w, struct err *e)
{
	const struct planning p = { w->run->now, w->batch.id, w->batch.feed };
	struct settled settled;
	struct planned planned;

	if (!replaced(w, e) || !note_heard(w, e) || !finish(w, BATCH_DONE, S(""), e) ||
	    !life_settle(w->run->db, w->run->now, w->batch.id, &settled, e) ||
	    !notice_plan(w->run->db, &p, &planned, e))
		return false;
	w->report->ended = (uint64_t)settled.ended;
	w->report->breakers = (uint64_t)planned.breakers;
	return true;
}

// What was said of most records, where none gave anything to look up.
static enum junk all_junk(const struct scan_tally *t)
{
	unsigned most = JUNK_NONE;

	for (unsigned i = JUNK_NONE + 1; i < JUNK_KINDS; i++)
		if (t->junk[i] > (most == JUNK_NONE ? 0 : t->junk[most]))
			most = i;
	return t->keyed > 0 ? JUNK_NONE : (enum junk)most;
}

// Where they could not be read the feed's file is wrong, or the publisher changed the form:
// done, these bytes would never be read again. That none says anything that can be matched
// may be so.
static bool readable(struct work *w, struct err *e)
{
	enum {
		UNREADABLE = 1u << JUNK_COLUMNS | 1u << JUNK_SYNTAX | 1u << JUNK_LONG |
			     1u << JUNK_ADDRESS | 1u << JUNK_ASN | 1u << JUNK_NAME | 1u << JUNK_URL
	};
	enum junk most = all_junk(&w->report->tally);

	w->report->all_junk = most;
	return (UNREADABLE & 1u << most) == 0 ||
	       err_set(e, ERR_INPUT,
		       "none of its records could be read, %llu of them for: " STR_FMT,
		       (unsigned long long)w->report->tally.junk[most], STR_ARG(junk_says(most)));
}

static bool run_work(struct work *w, struct err *e)
{
	struct db *d = w->run->db;

	if (!into_archive(w, e) || !announce(w, e))
		return false;
	w->report->kept = w->batch.kept;
	w->report->known = batch_over(w->batch.state);
	if (w->report->known)
		return true;
	if (!read_and_keep(w, e) || !readable(w, e) || !conclude(w, e)) {
		w->report->known = batch_over(w->batch.state); // by another run, meanwhile
		hold(w, e);
		return w->report->known;
	}
	if (w->run->dry) {
		db_abort(d);
		return true;
	}
	return db_commit(d, e);
}

bool run_batch(const struct run *r, const struct run_batch *b, struct run_report *out,
	       struct err *e)
{
	autofd fd = STDIN_FILENO, copy = -1;
	bool plain = false;
	struct run_report report = { 0 };
	struct work w = {
		.run = r,
		.what = b,
		.report = &report,
		.fd = fd,
		.dated = b->day != TIME_EVER,
		.copy = copy,
		.batch = { .type = b->type->name,
			   .day = b->day == TIME_EVER ? time_day(r->now) : b->day,
			   .arrived = r->now,
			   .file = b->name },
	};

	if (b->path != NULL && !file_open(b->path, &w.fd, &plain, e))
		return false;
	fd = w.fd;
	w.path = plain ? b->path : NULL;
	plain = run_work(&w, e);
	copy = w.copy;
	if (!plain)
		return err_in(e, STR_FMT, STR_ARG(b->name));
	*out = report;
	return true;
}
