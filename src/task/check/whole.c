#include "task/check/whole.h"

#include "os/archive.h"
#include "os/file.h"
#include "store/check.h"
#include "task/audit/verify.h"

#include <unistd.h>

enum { MOST_ROWS = 50 }; // of one kind; then how many more there are

struct whole {
	const struct whole_of *of;
	struct arena *a;
	struct check_rows *out;
	const char *what;
};

#define REMEDY_BACKUP                                                                              \
	"put a backup back (`waker restore`) beside this home, and compare: rows were removed by " \
	"something else than Waker"

static void tell(struct whole *w, enum check_state state, struct str says, const char *remedy)
{
	*list_add(&w->out->rows, w->a) = (struct check_row){ w->what, state, says, str_of(remedy) };
}

// ---- rows with rows

static bool look_references(struct whole *w, struct err *e)
{
	struct store_reference x;
	autorows r = NULL;
	size_t ways = 0, had = w->out->rows.count;

	if (!store_references(w->of->home->db, &r, e))
		return false;
	for (; store_next_reference(r, &x, e); ways++)
		if (x.count > 0)
			tell(w, CHECK_WRONG,
			     arena_fmt(w->a,
				       "%lld rows of " STR_FMT " name a row of " STR_FMT
				       " that is not there, the first is of %lld",
				       (long long)x.count, STR_ARG(x.holder), STR_ARG(x.missing),
				       (long long)x.first),
			     REMEDY_BACKUP);
	if (e->kind == ERR_NONE && w->out->rows.count == had)
		tell(w, CHECK_OK,
		     arena_fmt(w->a, "all rows are there that others name, in %zu ways", ways), "");
	return e->kind == ERR_NONE;
}

static bool look_jobs(struct whole *w, struct err *e)
{
	int64_t count, first, recalling;

	if (!store_jobs_wrong(w->of->home->db, &count, &first, e) ||
	    !store_recalling(w->of->home->db, &recalling, e))
		return false;
	if (count > 0)
		tell(w, CHECK_WRONG,
		     arena_fmt(w->a, "%lld are in no state that a job can be in, the first is %lld",
			       (long long)count, (long long)first),
		     REMEDY_BACKUP);
	if (recalling > 0)
		tell(w, CHECK_WRONG,
		     arena_fmt(w->a,
			       "a recall of %lld sightings was begun and neither done nor undone",
			       (long long)recalling),
		     REMEDY_BACKUP);
	if (count == 0 && recalling == 0)
		tell(w, CHECK_OK, S("each is in a state that it can be in"), "");
	return true;
}

// ---- rows with files

struct looked {
	int64_t files, missing, wrong, sealed;
	char last[ARCHIVE_PATH];
};

static bool is_lacked(const struct whole_of *of, struct str path)
{
	for (size_t i = 0; i < of->lacks_count; i++)
		if (str_eq(str_from(of->lacks[i], sizeof "archive/" - 1), path))
			return true;
	return false;
}

static void tell_file(struct whole *w, int64_t *count, struct str says, const char *remedy)
{
	if (++*count <= MOST_ROWS)
		tell(w, CHECK_WRONG, says, remedy);
}

static bool named_so(const struct store_archived *x)
{
	char hex[DIGEST_TEXT];
	struct str name = file_base(x->path);

	if (x->sum.n != DIGEST_BYTES)
		return false;
	digest_hex((const unsigned char *)x->sum.p, hex);
	return str_eq(str_cut(&name, '.'), str_of(hex));
}

// What is sealed can be opened with the officers' key only; that it is sealed shows.
static bool bytes_fit(const char *path, const struct store_archived *x, struct looked *l,
		      struct err *why)
{
	struct archived got;
	bool plain, good;
	int fd;

	if (!file_open(path, &fd, &plain, why))
		return false;
	good = archive_open(fd, NULL, -1, &got, why);
	close(fd);
	if (!good && why->kind == ERR_DENIED) {
		l->sealed++;
		return true;
	}
	if (good && memcmp(got.sum, x->sum.p, DIGEST_BYTES) != 0)
		return err_set(why, ERR_INPUT, "its bytes are not those that came");
	return good;
}

static void look_file(struct whole *w, const struct store_archived *x, struct looked *l)
{
	const char *path = arena_fmt(w->a, STR_FMT "/archive/" STR_FMT, STR_ARG(w->of->home->path),
				     STR_ARG(x->path))
				   .p;
	const char *what = x->batch < 0 ? "mail" : "batch";
	long long id = x->batch < 0 ? -x->batch : x->batch;
	struct err why = { 0 };

	l->files++;
	if (!named_so(x))
		tell_file(w, &l->wrong,
			  arena_fmt(w->a, "%s %lld names the file of other bytes: " STR_FMT, what,
				    id, STR_ARG(x->path)),
			  REMEDY_BACKUP);
	else if (!file_exists(path) && !is_lacked(w->of, x->path))
		tell_file(w, &l->missing,
			  arena_fmt(w->a, "the bytes of %s %lld are not there: archive/" STR_FMT,
				    what, id, STR_ARG(x->path)),
			  "where retention is at work look again, where it was interrupted `waker "
			  "retention apply` ends it; else put this file back from a backup");
	else if (w->of->deep && file_exists(path) && !bytes_fit(path, x, l, &why))
		tell_file(w, &l->wrong,
			  arena_fmt(w->a, "the bytes of %s %lld: archive/" STR_FMT ": %s", what, id,
				    STR_ARG(x->path), why.text),
			  "put this file back from a backup, and look at the disk");
}

static void look_next(struct whole *w, const struct store_archived *x, struct looked *l)
{
	struct str path = str_first(x->path, sizeof l->last - 1);
	size_t told = w->out->rows.count;
	char *mark = arena_mark(w->a);

	memcpy(l->last, path.p, path.n);
	l->last[path.n] = '\0';
	look_file(w, x, l);
	if (w->out->rows.count == told)
		arena_back(w->a, mark);
}

static bool look_archive(struct whole *w, struct err *e)
{
	struct looked l = { 0 };
	struct store_archived x;
	autorows r = NULL;
	int64_t more;

	if (!store_archive(w->of->home->db, &r, e))
		return false;
	while (store_next_archived(r, &x, e))
		if (!str_eq(x.path, str_of(l.last))) // several may have come with the same bytes
			look_next(w, &x, &l);
	if (e->kind != ERR_NONE)
		return false;
	more = (l.missing > MOST_ROWS ? l.missing - MOST_ROWS : 0) +
	       (l.wrong > MOST_ROWS ? l.wrong - MOST_ROWS : 0);
	if (more > 0)
		tell(w, CHECK_WRONG, arena_fmt(w->a, "and %lld files more", (long long)more),
		     "put the archive back from a backup");
	if (l.missing == 0 && l.wrong == 0)
		tell(w, CHECK_OK,
		     w->of->deep
			     ? arena_fmt(w->a,
					 "files that batches name: %lld, of which %lld are sealed; "
					 "the bytes of "
					 "all others are those that came",
					 (long long)l.files, (long long)l.sealed)
			     : arena_fmt(w->a,
					 "files that batches name: %lld, each there under the name "
					 "of its bytes",
					 (long long)l.files),
		     "");
	return true;
}

// ---- the audit

static bool look_audit(struct whole *w, struct err *e)
{
	struct audit_verdict v;

	if (!audit_verify(w->of->home, S(""), w->a, &v, e))
		return false;
	if (v.fault.n > 0)
		tell(w, CHECK_WRONG, v.fault,
		     "see `waker audit verify`, and keep this home as it is");
	else
		tell(w, CHECK_OK,
		     arena_fmt(w->a, "%lld rows are the chain that they were", (long long)v.rows),
		     "");
	return true;
}

bool whole_look(const struct whole_of *of, struct arena *a, struct check_rows *out, struct err *e)
{
	static const struct {
		const char *what;
		bool (*look)(struct whole *w, struct err *e);
	} looks[] = {
		{ "references", look_references },
		{ "jobs", look_jobs },
		{ "archive", look_archive },
		{ "audit", look_audit },
	};
	struct whole w = { .of = of, .a = a, .out = out };

	for (size_t i = 0; i < COUNTOF(looks); i++) {
		w.what = looks[i].what;
		if (!looks[i].look(&w, e))
			return false;
	}
	return true;
}
