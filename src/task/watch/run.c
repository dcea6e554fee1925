#include "task/watch/run.h"

#include "os/file.h"
#include "os/seal_key.h"
#include "task/watch/guard.h"
#include "task/watch/publish.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, MEMORY = 64 << 20 };

struct work { // one batch under way
	const struct run *run;
	const struct run_batch *what;
	struct publish publish;
	const char *path;   // NULL: what comes once, standard input or a pipe
	struct stat before; // the file as it was when the archive had read it
	int fd;
	int copy;        // in memory, of what comes once and is kept sealed; -1: none
	struct arena *a; // for what the guardian says
	struct guard guard;
	struct buf names; // of the header
};

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

// Bytes that came before have their file, or had it as long as it is kept: a second one, of
// another day, would be nobody's. Where the store does not answer, its next question says why.
static bool is_kept(void *context, struct archived *got)
{
	struct work *w = context;
	struct batch_known known;
	struct err e = { 0 };
	char path[PATH_BYTES];

	memcpy(w->publish.batch.kept.sum, got->sum, sizeof got->sum);
	if (!publish_seek(&w->publish, &known, &e))
		return false;
	snprintf(path, sizeof path, "%s/%s", w->run->archive, known.path);
	if (!batch_over(known.state) && (known.path[0] == '\0' || !file_exists(path)))
		return false;
	memcpy(got->path, known.path, sizeof got->path);
	return true;
}

static bool keep_bytes(struct work *w, const struct seal_public *key, struct err *e)
{
	const struct archive_to to = {
		.folder = w->run->archive,
		.now = w->run->now,
		.to = key,
		.copy = w->copy,
		.known = is_kept,
		.context = w,
	};

	return archive_put(&to, w->fd, &w->publish.batch.kept, e) && unchanged(w, e);
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
		return archive_sum(w->fd, &w->publish.batch.kept, e) && unchanged(w, e);
	if (secrets && w->path == NULL && !file_in_memory(&w->copy, e))
		return false;
	return keep_bytes(w, secrets ? &key : NULL, e);
}

static bool announce(struct work *w, struct err *e)
{
	struct db *d = w->run->db;

	if (!db_begin(d, e))
		return false;
	if (!publish_row(&w->publish, e)) {
		db_abort(d);
		return false;
	}
	if (!w->run->dry)
		return db_commit(d, e);
	db_abort(d);
	return true;
}

// A batch that could not be read, for whose fault ever, is held with the reason; that
// this could not be noted either changes nothing: it then counts as just arrived.
static void hold(struct work *w, const struct err *why)
{
	struct db *d = w->run->db;
	struct err e = { 0 };

	db_abort(d);
	if (w->run->dry || why->kind == ERR_CONFLICT || !db_begin(d, &e))
		return;
	if (!publish_state(&w->publish, BATCH_HELD, str_of(why->text), &e) ||
	    !guard_note(&w->guard, false, w->a, &e) || !db_commit(d, &e))
		db_abort(d);
}

static bool each(void *context, const struct scan_hit *hit, struct err *e)
{
	struct work *w = context;

	return publish_hit(&w->publish, hit, e);
}

static void progress(void *context, uint64_t done, uint64_t all)
{
	const struct work *w = context;

	w->run->progress(w->run->context, done, all);
}

// What the children read: the file itself; where its stream is gone, a copy.
static const char *path_of(const struct work *w, char room[PATH_BYTES])
{
	if (w->copy >= 0) {
		file_again(w->copy, room);
		return room;
	}
	if (w->path != NULL)
		return w->path;
	snprintf(room, PATH_BYTES, "%s/%s", w->run->archive, w->publish.batch.kept.path);
	return room;
}

static bool read_all(struct work *w, struct err *e)
{
	const struct run *r = w->run;
	char path[PATH_BYTES];
	struct scan scan = {
		.feed = w->what->feed,
		.type = w->what->type,
		.roster = r->roster,
		.index = r->index,
		.path = path_of(w, path),
		.fd = -1,
		.jobs = r->jobs,
		.events = true,
		.give = w->what->feed->marks == MARKS_NOTHING ? SCAN_HITS : SCAN_EVENTS,
		.each = each,
		.progress = r->progress != NULL ? progress : NULL,
		.context = w,
		.names = &w->names,
	};
	struct scan_tally *tally = &w->publish.report->tally;

	if (!scan_run(&scan, tally, e) || !unchanged(w, e))
		return false;
	w->guard.had = guard_columns(w->what, tally, buf_view(&w->names), w->a);
	return guard_look(&w->guard, tally, w->a, e);
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
	enum junk most = all_junk(&w->publish.report->tally);

	w->publish.report->all_junk = most;
	return (UNREADABLE & 1u << most) == 0 ||
	       err_set(e, ERR_INPUT,
		       "none of its records could be read, %llu of them for: " STR_FMT,
		       (unsigned long long)w->publish.report->tally.junk[most],
		       STR_ARG(junk_says(most)));
}

static bool read_and_publish(struct work *w, struct err *e)
{
	bool good = publish_begin(&w->publish, e) && read_all(w, e) && readable(w, e) &&
		    publish_all(&w->publish, e) && guard_note(&w->guard, true, w->a, e);

	publish_done(&w->publish);
	return good;
}

static bool is_known(struct work *w)
{
	struct run_report *report = w->publish.report;
	const struct batch *b = &w->publish.batch;

	report->known = batch_over(b->state);
	report->batch = b->id;
	report->state = b->state;
	return report->known;
}

static bool run_work(struct work *w, struct err *e)
{
	const struct batch *b = &w->publish.batch;
	struct run_report *report = w->publish.report;
	struct db *d = w->run->db;

	if (!into_archive(w, e) || !announce(w, e))
		return false;
	report->kept = b->kept;
	if (is_known(w))
		return true;
	if (!read_and_publish(w, e)) {
		bool known = is_known(w); // done by another run, meanwhile

		hold(w, e);
		return known;
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
	autoarena a = { 0 };
	bool plain = false;
	struct run_report report = { 0 };
	struct work w = {
		.run = r,
		.what = b,
		.fd = fd,
		.copy = copy,
		.publish = { .run = r,
			     .what = b,
			     .report = &report,
			     .dated = b->day != TIME_EVER,
			     .batch = { .type = b->type->name,
					.day = b->day == TIME_EVER ? time_day(r->now) : b->day,
					.arrived = r->now,
					.file = b->name } },
	};

	arena_init(&a, MEMORY);
	w.a = &a;
	w.names = (struct buf){ .p = arena_new(&a, char, COLUMNS_TEXT), .cap = COLUMNS_TEXT };
	w.guard = (struct guard){ .run = r, .what = b, .batch = &w.publish.batch };
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
