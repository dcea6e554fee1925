#include "task/backup/prove.h"

#include "os/file_copy.h"
#include "store/backup.h"
#include "store/check.h"
#include "store/copy.h"
#include "store/store.h"
#include "task/audit/write.h"
#include "task/check/whole.h"

// The backups beside it share its bytes.
#define ANEW ": make another that shares nothing with it, `waker backup --whole`"

static bool prove_file(const struct backup_at *b, const struct manifest_file *f, struct arena *a,
		       struct err *e)
{
	const char *path =
		arena_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(b->folder), STR_ARG(f->path)).p;
	struct file_sum s;

	if (!file_sum(path, &s, e))
		return e->kind == ERR_ABSENT
			       ? err_set(e, ERR_INPUT,
					 "%s is not there: the backup is not whole" ANEW, path)
			       : false;
	return (s.bytes == f->bytes && memcmp(s.sum, f->sum, sizeof s.sum) == 0) ||
	       err_set(e, ERR_INPUT,
		       "%s is damaged: its bytes are not those that were backed up" ANEW, path);
}

bool prove_files(const struct backup_at *b, const struct manifest *m, struct arena *a,
		 struct proof *out, struct err *e)
{
	LIST_EACH (const struct manifest_file, f, &m->files) {
		char *mark = arena_mark(a);

		if (!prove_file(b, f, a, e))
			return false;
		out->files++;
		out->bytes += f->bytes;
		arena_back(a, mark);
	}
	out->lacks = (int64_t)m->lacks.count;
	return true;
}

// ---- the store

static bool same_schema(const struct store_versions *v, const struct manifest *m, struct err *e)
{
	return v->has == m->schema ||
	       err_set(e, ERR_INPUT,
		       "the store has schema %lld, and had %lld when it was backed up",
		       (long long)v->has, (long long)m->schema);
}

static bool prove_counts(struct db *d, const struct manifest *m, struct proof *out, struct err *e)
{
	LIST_EACH (const struct manifest_rows, r, &m->rows) {
		int64_t count = 0;
		bool known;

		if (!copy_table_rows(d, r->table, &known, &count, e))
			return false;
		if (known && count != r->count)
			return err_set(e, ERR_INPUT,
				       "the store has %lld rows of " STR_FMT
				       ", and had %lld when it was backed up",
				       (long long)count, STR_ARG(r->table), (long long)r->count);
		out->rows += count;
	}
	return true;
}

static void note_faults(const struct check_rows *rows, struct arena *a, struct proof *out)
{
	LIST_EACH (const struct check_row, r, &rows->rows)
		if (r->state == CHECK_WRONG)
			*list_add(&out->faults, a) = r->says;
}

bool prove_store(const struct prove_store *p, struct arena *a, struct proof *out, struct err *e)
{
	struct home h = { .path = p->folder, .db = p->d };
	struct whole_of w = { .home = &h,
			      .lacks = p->m->lacks.at,
			      .lacks_count = p->m->lacks.count };
	struct check_rows rows = { 0 };
	struct str fault;

	if (!store_fault(p->d, a, &fault, e))
		return false;
	if (fault.n > 0)
		*list_add(&out->faults, a) = fault;
	if (!whole_look(&w, a, &rows, e))
		return false;
	note_faults(&rows, a, out);
	return copy_table_rows(p->d, S("audit"), &(bool){ false }, &out->audit, e);
}

// As the restored home's store would be made its own.
static bool settles(struct db *d, const struct manifest *m, int64_t now, struct err *e)
{
	if (!db_begin(d, e))
		return false;
	if (store_restored(d, m->server ? m->place : S(""), S("a home to be"), now, e))
		return db_commit(d, e);
	db_abort(d);
	return false;
}

bool prove_backup(const struct backup_at *b, const struct manifest *m, int64_t now, struct arena *a,
		  struct proof *out, struct err *e)
{
	const char *file = arena_fmt(a, STR_FMT "/" BACKUP_STORE, STR_ARG(b->folder)).p;
	struct proof p = { .files = 0 };
	struct store_versions v = { m->schema, store_newest_schema() };
	autostore d = NULL;
	bool roles;

	if (!store_known(&v, e))
		return err_in(e, STR_FMT, STR_ARG(b->folder));
	if (!prove_files(b, m, a, &p, e) || !store_load(file, &d, e) || !store_versions(d, &v, e) ||
	    !same_schema(&v, m, e) || !prove_counts(d, m, &p, e) ||
	    !store_migrate(d, now, &roles, e) ||
	    !prove_store(&(struct prove_store){ d, b->folder, m }, a, &p, e) ||
	    !settles(d, m, now, e))
		return false;
	if (p.faults.count > 0)
		return err_set(e, ERR_INPUT,
			       STR_FMT ": every file is as it was backed up, but: " STR_FMT,
			       STR_ARG(b->folder), STR_ARG(str_first(p.faults.at[0], 120)));
	*out = p;
	return true;
}

bool prove_note(const struct home *h, const struct backup_at *b, const struct proof *p,
		const struct audit_by *by, struct arena *a, struct err *e)
{
	struct backup_row row = { b->made, b->place, p->files, (int64_t)p->bytes };
	struct audit_said said[] = { { "backup", b->folder } };
	struct audit_entry x = {
		.by = *by, .subject = S("store"), .said = said, .count = COUNTOF(said)
	};

	if (!db_begin(h->db, e))
		return false;
	if (backup_add(h->db, &row, e) && backup_proven(h->db, &row, home_moment(h), e) &&
	    audit_write(h->db, &x, a, e))
		return audit_commit(h, a, e);
	db_abort(h->db);
	return false;
}
