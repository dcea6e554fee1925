// The archive and the store: one moment of both.
#include "task/backup/taking.h"

#include "base/sort.h"
#include "store/backup.h"
#include "store/copy.h"

enum { ARCHIVE_MODE = 0400 };

struct files {
	LIST(struct manifest_file) at;
};

// By a link to the backup before, where that has it. False + ERR_NONE: it has not.
static bool linked(struct taking *t, struct str path, struct err *e)
{
	const struct manifest_file *f = manifest_find(&t->was, path);
	const char *from;

	if (f == NULL)
		return false;
	from = arena_fmt(t->a, STR_FMT "/" STR_FMT, STR_ARG(t->before), STR_ARG(path)).p;
	if (!folder_make_to(t->folder, path, e) || !file_link(from, taking_to(t, path), e))
		return false;
	*list_add(&t->is.files, t->a) = *f;
	t->made.files++;
	t->made.bytes += f->bytes;
	t->made.linked += f->bytes;
	return true;
}

// *there false: the home has no such file.
static bool take_one(struct taking *t, struct str path, bool *there, struct err *e)
{
	struct taken x = { path, t->made.made, ARCHIVE_MODE };
	size_t had = t->is.files.count;

	*there = linked(t, path, e);
	if (*there || e->kind != ERR_NONE)
		return e->kind == ERR_NONE;
	if (!taking_file(t, &x, e))
		return false;
	*there = t->is.files.count > had;
	return true;
}

static bool take_archive(struct taking *t, struct err *e)
{
	autorows r = NULL;
	struct str path;
	bool there;

	if (!archive_paths(t->home->db, &r, e))
		return false;
	while (archive_next_path(r, &path, e))
		if (!take_one(t, arena_fmt(t->a, "archive/" STR_FMT, STR_ARG(path)), &there, e))
			return false;
	return e->kind == ERR_NONE;
}

// ---- the moment

// At a moment at which nobody writes: what retention has removed it has said then. Where a
// large batch is being written for longer than that can be waited for, any moment will do.
static bool look(struct taking *t, struct db *d, struct err *e)
{
	bool reads = db_read_only(t->home->db);
	bool quiet = !reads && db_begin(t->home->db, e);
	bool good;

	if (!reads && !quiet && e->kind != ERR_CONFLICT)
		return false;
	e->kind = ERR_NONE;
	good = db_look(d, e);
	if (quiet)
		db_abort(t->home->db);
	return good;
}

static bool count_rows(struct taking *t, struct db *d, struct err *e)
{
	for (unsigned i = 0; copy_table(i) != NULL; i++) {
		struct manifest_rows rows = { .table = str_of(copy_table(i)) };
		bool known;

		if (!copy_table_rows(d, rows.table, &known, &rows.count, e))
			return false;
		*list_add(&t->is.rows, t->a) = rows;
	}
	return true;
}

static bool copy_out(struct db *from, const char *path, int64_t now, struct err *e)
{
	struct copy c = { .from = from, .looking = true };
	autostore to = NULL;

	if (!store_open((struct db_place){ path, NULL }, STORE_COPY_TO, now, &to, e))
		return false;
	c.to = to;
	return copy_all(&c, e);
}

static bool save(struct taking *t, struct db *d, struct err *e)
{
	const char *path = taking_to(t, S(BACKUP_STORE));
	struct store_versions v;

	t->is.server = db_kind(d) != DB_SQLITE;
	if (!store_versions(d, &v, e) || !count_rows(t, d, e) ||
	    !(t->is.server ? copy_out(d, path, t->home->now, e) : db_save(d, path, e)))
		return false;
	t->is.schema = v.has;
	return taking_note(t, S(BACKUP_STORE), t->made.made, e);
}

// ---- the archive as the store has it

static int by_path(const void *a, const void *b)
{
	return str_order(((const struct manifest_file *)a)->path,
			 ((const struct manifest_file *)b)->path);
}

// Of what was taken so far: the files of the archive, apart and in order.
static void set_apart(struct taking *t, struct files *archive)
{
	size_t kept = 0;

	LIST_EACH (const struct manifest_file, f, &t->is.files) {
		if (str_has_prefix(f->path, S("archive/")))
			*list_add(&archive->at, t->a) = *f;
		else
			t->is.files.at[kept++] = *f;
	}
	t->is.files.count = kept;
	sort_merge(archive->at.at, arena_new(t->a, struct manifest_file, archive->at.count),
		   archive->at.count, sizeof(struct manifest_file), by_path);
}

static bool drop(struct taking *t, const struct manifest_file *f, struct err *e)
{
	t->made.files--;
	t->made.bytes -= f->bytes;
	return file_remove(taking_to(t, f->path), e);
}

static bool take_late(struct taking *t, struct str path, struct err *e)
{
	bool there;

	if (!take_one(t, path, &there, e))
		return false;
	if (!there)
		*list_add(&t->made.lacks, t->a) = path;
	return true;
}

static bool agree(struct taking *t, struct db *d, struct err *e)
{
	struct files had = { 0 };
	autorows r = NULL;
	struct str path;
	size_t i = 0;

	set_apart(t, &had);
	if (!archive_paths(d, &r, e))
		return false;
	while (archive_next_path(r, &path, e)) {
		path = arena_fmt(t->a, "archive/" STR_FMT, STR_ARG(path));
		for (; i < had.at.count && str_order(had.at.at[i].path, path) < 0; i++)
			if (!drop(t, &had.at.at[i], e))
				return false;
		if (i < had.at.count && str_eq(had.at.at[i].path, path))
			*list_add(&t->is.files, t->a) = had.at.at[i++];
		else if (!take_late(t, path, e))
			return false;
	}
	if (e->kind != ERR_NONE)
		return false;
	for (; i < had.at.count; i++)
		if (!drop(t, &had.at.at[i], e))
			return false;
	LIST_EACH (const struct str, l, &t->made.lacks)
		*list_add(&t->is.lacks, t->a) = *l;
	return true;
}

bool taking_store(struct taking *t, struct err *e)
{
	autostore d = NULL;
	bool good;

	if (!take_archive(t, e) ||
	    !home_store_at(t->home, t->home->store, STORE_COPY_FROM, t->a, &d, e) || !look(t, d, e))
		return false;
	good = save(t, d, e) && agree(t, d, e);
	db_abort(d);
	return good;
}
