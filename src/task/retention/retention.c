#include "task/retention/retention.h"

#include "os/file.h"
#include "store/archive.h"
#include "store/key.h"
#include "store/reach.h"

bool retention_plan(const struct home *h, struct retention_plan *out, struct err *e)
{
	*out = (struct retention_plan){ .count = 0 };
	for (unsigned i = 0; i < RETAIN_COUNT; i++) {
		if (!retention_due(h->db, (enum retain)i, h->now, &out->due[i], e))
			return false;
		out->count += out->due[i].count;
	}
	return true;
}

static bool remove_files(const struct home *h, enum retain r, struct arena *a, struct err *e)
{
	autorows rows = NULL;
	struct str path;

	if (!retention_files(h->db, r, h->now, &rows, e))
		return false;
	while (retention_next_file(rows, &path, e)) {
		char *mark = arena_mark(a);
		const char *file =
			arena_fmt(a, STR_FMT "/archive/" STR_FMT, STR_ARG(h->path), STR_ARG(path))
				.p;

		if (!file_remove(file, e))
			return false;
		arena_back(a, mark);
	}
	return e->kind == ERR_NONE;
}

static bool tell_audit(const struct home *h, const struct retention_plan *p,
		       const struct audit_by *by, struct arena *a, struct err *e)
{
	struct audit_said said[RETAIN_COUNT] = { { 0 } };
	struct audit_entry x = {
		.by = *by, .subject = S("retention"), .said = said, .count = RETAIN_COUNT
	};

	for (unsigned i = 0; i < RETAIN_COUNT; i++)
		if (p->due[i].count > 0)
			said[i] = (struct audit_said){
				retentions[i].word, arena_fmt(a, "%lld", (long long)p->due[i].count)
			};
	return audit_write(h->db, &x, a, e);
}

// With the last contact of an address its keys go; with the address of a delivery, that it reached them.
static bool drop(const struct home *h, enum retain r, struct err *e)
{
	int64_t keys;

	return retention_drop(h->db, r, h->now, e) &&
	       (r != RETAIN_CONTACTS || key_drop_idle(h->db, &keys, e)) &&
	       (r != RETAIN_MESSAGES || reach_drop(h->db, e));
}

static bool same(const struct retention_plan *x, const struct retention_plan *y)
{
	for (unsigned i = 0; i < RETAIN_COUNT; i++)
		if (x->due[i].count != y->due[i].count)
			return false;
	return true;
}

// While nobody else can write: nothing new comes to name a file that goes.
static bool apply(const struct home *h, const struct retention_plan *planned,
		  const struct audit_by *by, struct arena *a, struct err *e)
{
	struct retention_plan now;

	if (!retention_plan(h, &now, e))
		return false;
	if (!same(&now, planned))
		return err_set(e, ERR_CONFLICT,
			       "something came or went meanwhile: look at the plan again");
	if (!remove_files(h, RETAIN_ARCHIVE, a, e) || !remove_files(h, RETAIN_SEALED, a, e) ||
	    !remove_files(h, RETAIN_MAIL, a, e))
		return false;
	for (unsigned i = 0; i < RETAIN_COUNT; i++)
		if (now.due[i].count > 0 && !drop(h, (enum retain)i, e))
			return false;
	return archive_forget_unnamed(h->db, e) && tell_audit(h, &now, by, a, e);
}

bool retention_apply(const struct home *h, const struct retention_plan *planned,
		     const struct audit_by *by, struct arena *a, struct err *e)
{
	if (planned->count == 0)
		return true;
	if (!db_begin(h->db, e))
		return false;
	if (!apply(h, planned, by, a, e)) {
		db_abort(h->db);
		return false;
	}
	return audit_commit(h, a, e);
}
