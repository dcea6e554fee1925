#include "store/backup.h"

#include "store/job.h"
#include "store/statements.gen.h"

bool backup_add(struct db *d, const struct backup_row *b, struct err *e)
{
	struct db_value args[] = { DB_I(b->at), DB_T(b->place), DB_I(b->files), DB_I(b->bytes) };

	return db_run(d, STATEMENT_BACKUP_ADD, args, COUNTOF(args), e);
}

bool backup_proven(struct db *d, const struct backup_row *b, int64_t now, struct err *e)
{
	struct db_value args[] = { DB_I(b->at), DB_T(b->place), DB_I(now) };

	return db_run(d, STATEMENT_BACKUP_PROVEN, args, COUNTOF(args), e);
}

bool backup_proof(struct db *d, struct str place, int64_t *at, struct err *e)
{
	return db_one(d, STATEMENT_BACKUP_PROOF, &DB_T(place), 1, at, e);
}

bool backup_forget(struct db *d, int64_t before, struct err *e)
{
	return db_run(d, STATEMENT_BACKUP_FORGET, &DB_I(before), 1, e);
}

bool backup_last(struct db *d, struct arena *a, struct backup_last *out, struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_BACKUP_LAST, NULL, 0, &r, e) || !db_next(r, e))
		return false;
	*out = (struct backup_last){
		.count = db_int(r, 0),
		.first = db_int(r, 1),
		.made = db_int(r, 2),
		.proven = db_int(r, 3),
		.place = arena_str(a, db_text(r, 4)),
	};
	return true;
}

bool archive_paths(struct db *d, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_ARCHIVE_PATHS, NULL, 0, out, e);
}

bool archive_next_path(struct db_rows *r, struct str *path, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*path = db_text(r, 0);
	return true;
}

bool store_bytes(struct db *d, int64_t *out, struct err *e)
{
	return db_one(d, STATEMENT_STORE_BYTES, NULL, 0, out, e);
}

bool store_restored(struct db *d, struct str was, struct str place, int64_t now, struct err *e)
{
	struct db_value args[] = { DB_T(was), DB_T(place), DB_I(now) };

	return db_run(d, STATEMENT_RESTORED_TWINS, args, COUNTOF(args), e) &&
	       db_run(d, STATEMENT_RESTORED_JOBS, args, COUNTOF(args) - 1, e) &&
	       job_leave_all(d, e) && worker_forget(d, S(""), now, e);
}
