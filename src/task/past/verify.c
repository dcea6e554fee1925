#include "task/past/verify.h"

#include "base/time.h"
#include "os/clock.h"
#include "os/crew.h"
#include "os/file.h"
#include "os/folder.h"

#include <stdio.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, WHY_BYTES = 256, FILES_MOST = 20000000 };

struct marking {                 // to be written when all was looked at
	struct str path, digest; // digest: to be noted; empty: the fault is
	enum archive_fault fault;
};

struct work {
	const struct verifying *v;
	struct arena *a;
	struct verified *out;
	const char *folder;
	LIST(struct archive_row) files;
	LIST(struct marking) marks;
};

struct looked { // what a child says of a file
	unsigned char lies[DIGEST_BYTES];
	uint8_t fault; // enum archive_fault
	bool sealed;
	char why[WHY_BYTES];
};

// ---- one file, in a child

static void wrong(struct looked *l, enum archive_fault fault, const char *why)
{
	l->fault = (uint8_t)fault;
	snprintf(l->why, sizeof l->why, "%s", why);
}

static void look_sealed(int fd, const struct archive_row *f, struct looked *l)
{
	struct err e = { 0 };

	l->sealed = true;
	if (!archive_lies(fd, l->lies, &e))
		wrong(l, ARCHIVE_DAMAGED, e.text);
	else if (f->digest.n == DIGEST_BYTES && memcmp(l->lies, f->digest.p, DIGEST_BYTES) != 0)
		wrong(l, ARCHIVE_DAMAGED, "it is not as it was when it was sealed");
}

static void look_open(int fd, const struct archive_row *f, struct looked *l)
{
	struct archived got;
	struct err e = { 0 };

	if (archive_open(fd, NULL, -1, &got, &e)) {
		if (f->sum.n != DIGEST_BYTES || memcmp(got.sum, f->sum.p, DIGEST_BYTES) != 0)
			wrong(l, ARCHIVE_DAMAGED, "its bytes are not those that came");
	} else {
		wrong(l, ARCHIVE_DAMAGED, e.text);
	}
}

static void look(void *context, uint64_t thing, void *answer)
{
	const struct work *w = context;
	const struct archive_row *f = &w->files.at[thing];
	struct looked *l = answer;
	char path[PATH_BYTES];
	bool plain;
	struct err e = { 0 };
	int fd;

	snprintf(path, sizeof path, "%s/" STR_FMT, w->folder, STR_ARG(f->path));
	if (!file_open(path, &fd, &plain, &e)) {
		wrong(l, e.kind == ERR_ABSENT ? ARCHIVE_MISSING : ARCHIVE_DAMAGED,
		      e.kind == ERR_ABSENT ? "it is not there" : e.text);
		return;
	}
	if (str_has_suffix(f->path, S(".sealed")))
		look_sealed(fd, f, l);
	else
		look_open(fd, f, l);
	close(fd);
}

// ---- what it says

static void tell(const struct work *w, const struct archive_row *f, enum archive_fault fault,
		 const char *why)
{
	w->out->count[fault]++;
	if (w->v->found != NULL)
		w->v->found(w->v->context, f, fault, str_of(why));
}

static void note(struct work *w, const struct archive_row *f, const struct looked *l)
{
	struct str digest = { (const char *)l->lies, DIGEST_BYTES };

	w->out->noted++;
	*list_add(&w->marks, w->a) =
		(struct marking){ .path = f->path, .digest = arena_str(w->a, digest) };
}

static void mark(struct work *w, const struct archive_row *f, enum archive_fault fault)
{
	w->out->mended += fault == ARCHIVE_WHOLE;
	*list_add(&w->marks, w->a) = (struct marking){ .path = f->path, .fault = fault };
}

static bool take(void *context, uint64_t thing, const void *answer, struct err *e)
{
	struct work *w = context;
	const struct archive_row *f = &w->files.at[thing];
	struct looked died = { .fault = ARCHIVE_DAMAGED };
	const struct looked *l = answer != NULL ? answer : &died;
	enum archive_fault fault = (enum archive_fault)l->fault;

	if (answer == NULL) {
		snprintf(died.why, sizeof died.why, "%s", e->text);
		*e = (struct err){ 0 };
	}
	w->out->files++;
	w->out->sealed += l->sealed;
	if (w->v->progress != NULL)
		w->v->progress(w->v->context, thing + 1, w->files.count);
	if (fault != ARCHIVE_WHOLE)
		tell(w, f, fault, l->why);
	else if (l->sealed && f->digest.n != DIGEST_BYTES)
		note(w, f, l);
	if (fault != ARCHIVE_WHOLE || f->fault != ARCHIVE_WHOLE)
		mark(w, f, fault);
	return true;
}

// ---- all of them

static bool load(struct work *w, struct err *e)
{
	struct archive_row f;
	autorows r = NULL;

	if (!archive_files(w->v->home->db, w->v->feed, w->v->since, &r, e))
		return false;
	while (archive_next_file(r, &f, e)) {
		if (w->files.count > 0 && str_eq(w->files.at[w->files.count - 1].path, f.path))
			continue; // several may have come with the same bytes
		if (w->files.count >= FILES_MOST)
			return err_set(e, ERR_LIMIT, "more than %d files: say --since, or --feed",
				       (int)FILES_MOST);
		f.path = arena_str(w->a, f.path);
		f.feed = arena_str(w->a, f.feed);
		f.file = arena_str(w->a, f.file);
		f.sum = arena_str(w->a, f.sum);
		f.digest = arena_str(w->a, f.digest);
		*list_add(&w->files, w->a) = f;
	}
	return e->kind == ERR_NONE;
}

// Both are sorted by the bytes of their paths.
static bool look_for_foreign(struct work *w, struct err *e)
{
	struct folder_files there = { 0 };
	int64_t before = clock_now() - TIME_HOUR; // of files, whatever clock is played
	size_t k = 0;

	if (w->v->feed.n > 0 || w->v->since != TIME_EVER)
		return true;
	if (!folder_walk(w->folder, w->a, &there, e))
		return false;
	LIST_EACH (const struct folder_file, f, &there.at) {
		struct archive_row row = { .path = f->path };

		while (k < w->files.count && str_order(w->files.at[k].path, f->path) < 0)
			k++;
		if ((k < w->files.count && str_eq(w->files.at[k].path, f->path)) ||
		    f->changed > before)
			continue;
		tell(w, &row, ARCHIVE_FOREIGN, "nothing that came is named so");
		mark(w, &row, ARCHIVE_FOREIGN);
	}
	return true;
}

static bool write_marks(const struct work *w, struct err *e)
{
	struct db *d = w->v->home->db;
	int64_t now = w->v->home->now;
	bool whole = w->v->feed.n == 0 && w->v->since == TIME_EVER;

	if (whole && !archive_forget_foreign(d, e))
		return false;
	LIST_EACH (const struct marking, m, &w->marks)
		if (m->digest.n > 0 ? !archive_note(d, m->path, m->digest, now, e)
				    : !archive_mark(d, m->path, m->fault, now, e))
			return false;
	return archive_forget_unnamed(d, e);
}

bool past_verify(const struct verifying *v, struct arena *a, struct verified *out, struct err *e)
{
	struct work w = { .v = v, .a = a, .out = out };
	struct crew crew = { .hands = v->hands,
			     .answer = sizeof(struct looked),
			     .look = look,
			     .take = take,
			     .context = &w };

	*out = (struct verified){ 0 };
	w.folder = home_path(v->home, "archive", a);
	if (!load(&w, e))
		return false;
	crew.count = w.files.count;
	if (!crew_run(&crew, e) || !look_for_foreign(&w, e))
		return false;
	return v->dry || (db_begin(v->home->db, e) && write_marks(&w, e));
}
