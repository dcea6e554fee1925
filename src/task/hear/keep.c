#include "task/hear/keep.h"

#include "os/archive.h"
#include "os/file.h"
#include "store/job.h"

#include <stdio.h>
#include <string.h>

enum { NUMBER = 24 };

static const char *path_of(const struct home *h, const struct mail_row *m, struct arena *a)
{
	return arena_fmt(a, STR_FMT "/archive/" STR_FMT, STR_ARG(h->path), STR_ARG(m->archive)).p;
}

bool hear_ask(struct db *d, int64_t mail, int64_t now, struct err *e)
{
	char room[NUMBER];
	int n = snprintf(room, sizeof room, "%lld", (long long)mail);
	struct job_row j = {
		.kind = JOB_HEAR, .key = { room, (size_t)n }, .due = now, .made = now
	};
	bool added;

	return job_add(d, &j, &added, e);
}

bool hear_key_read(struct str key, int64_t *mail, struct err *e)
{
	uint64_t n;

	if (!str_to_uint(key, INT64_MAX, &n))
		return err_set(e, ERR_INPUT, "\"" STR_FMT "\" is no number of a mail",
			       STR_ARG(str_first(key, 40)));
	*mail = (int64_t)n;
	return true;
}

// The same bytes of another day stand in the archive already, and a second file would be nobody's.
static bool drop_second(const struct home *h, const struct mail_row *m, struct arena *a,
			struct err *e)
{
	struct mail_row first;

	if (!mail_by_id(h->db, m->id, a, &first, e))
		return e->kind == ERR_NONE;
	return str_eq(first.archive, m->archive) || first.archive.n == 0 ||
	       file_remove(path_of(h, m, a), e);
}

static bool note(const struct home *h, struct mail_row *m, struct arena *a, struct hear_kept *out,
		 struct err *e)
{
	if (!db_begin(h->db, e))
		return false;
	if (mail_add(h->db, m, &out->known, e) &&
	    (out->known ? drop_second(h, m, a, e) : hear_ask(h->db, m->id, m->came, e)) &&
	    db_commit(h->db, e)) {
		out->id = m->id;
		return true;
	}
	db_abort(h->db);
	return false;
}

bool hear_keep(const struct home *h, enum mail_way way, int in, struct arena *a,
	       struct hear_kept *out, struct err *e)
{
	int64_t now = home_moment(h);
	struct archive_to to = { .folder = arena_fmt(a, STR_FMT "/archive", STR_ARG(h->path)).p,
				 .now = now,
				 .copy = -1,
				 .most = HEAR_BYTES };
	struct mail_row m = { .came = now, .way = way };
	struct archived kept;

	if (!archive_put(&to, in, &kept, e))
		return false;
	m.archive = str_of(kept.path);
	m.bytes = (int64_t)kept.bytes;
	memcpy(m.sum, kept.sum, sizeof m.sum);
	return note(h, &m, a, out, e);
}

bool hear_bytes(const struct home *h, const struct mail_row *m, struct arena *a, struct str *out,
		struct err *e)
{
	autofd in = -1, memory = -1;
	struct archived got;
	bool plain;

	if (m->archive.n == 0)
		return err_set(e, ERR_ABSENT, "its bytes are gone: their time was over");
	if (!file_open(path_of(h, m, a), &in, &plain, e) || !file_in_memory(&memory, e) ||
	    !archive_open(in, NULL, memory, &got, e))
		return false;
	return file_map(memory, HEAR_BYTES, out, e);
}
