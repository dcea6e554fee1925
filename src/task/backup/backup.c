#include "task/backup/backup.h"

#include "base/sort.h"
#include "base/time.h"
#include "os/machine.h"
#include "os/part.h"
#include "os/seal_key.h"
#include "store/backup.h"
#include "task/backup/taking.h"
#include "task/service/drop.h"

enum { PRIVATE_FILE = 0600, PRIVATE_FOLDER = 0700, KEPT_DAYS = 400, NOTE_TRIES = 6 };
#define ROOM_BESIDE (UINT64_C(1) << 20) // for folders, and what comes meanwhile

// ---- where it goes

// The place, or (where it is not there yet) what it will be in.
static bool is_apart(const struct taking *t, const char *place, struct err *e)
{
	bool inside;

	if (!folder_within(place, t->home->path.p, &inside, e))
		return e->kind == ERR_ABSENT
			       ? err_set(e, ERR_ABSENT,
					 STR_FMT ": the folder that it is to be in is not there",
					 STR_ARG(t->wish->to))
			       : false;
	return !inside || err_set(e, ERR_CONFLICT,
				  STR_FMT ": it is in the home, and would go with it: name a "
					  "folder elsewhere",
				  STR_ARG(t->wish->to));
}

static bool find_before(struct taking *t, struct err *e)
{
	struct file_names *older = &t->older;
	struct backup_at b;
	struct str other, name = S("");
	struct err damaged;

	if (!backup_names(t->place.p, t->a, older, &other, e))
		return false;
	if (other.n > 0)
		return err_set(e, ERR_CONFLICT,
			       STR_FMT ": there is something else than backups in it, " STR_FMT
				       ": name a new folder",
			       STR_ARG(t->wish->to), STR_ARG(str_first(other, 60)));
	if (older->names.count > 0)
		name = older->names.at[older->names.count - 1];
	if (name.n > 0 && backup_name_read(name, &b.made) && t->made.made <= b.made)
		t->made.made = b.made + TIME_SECOND; // the newest by name is the newest
	if (name.n == 0 || t->wish->whole)
		return true;
	b.folder = arena_fmt(t->a, STR_FMT "/" STR_FMT, STR_ARG(t->place), STR_ARG(name));
	if (backup_manifest(&b, t->a, &t->was, &damaged))
		t->before = b.folder;
	else
		t->was = (struct manifest){ 0 }; // then nothing is linked to it
	return true;
}

static const char *above(const struct taking *t, struct str path)
{
	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	while (path.n > 0 && path.p[path.n - 1] != '/')
		path.n--;
	return path.n == 0 ? "." : arena_str(t->a, path).p;
}

// Another user's backups could neither be shared with these nor be removed in time.
static bool is_ours(const struct home *h, struct err *e)
{
	struct machine_owner o;

	if (!machine_owner(h->path.p, &o, e))
		return false;
	return o.owner == o.caller ||
	       err_set(e, ERR_DENIED, STR_FMT " is another user's: back it up as that user",
		       STR_ARG(h->path));
}

bool taking_place(struct taking *t, struct err *e)
{
	const char *to = arena_str(t->a, t->wish->to).p;
	char name[BACKUP_NAME];

	if (t->wish->to.n == 0)
		return err_set(e, ERR_USAGE, "where to? name a folder for backups");
	if (!is_ours(t->home, e))
		return false;
	if (t->wish->secrets &&
	    !seal_public_read(home_path(t->home, HOME_PUBLIC, t->a), &t->seal, e))
		return e->kind == ERR_ABSENT
			       ? err_set(e, ERR_CONFIG,
					 "there is no key to seal secrets to: `waker init` of this "
					 "home adds one")
			       : false;
	t->made.made = home_moment(t->home) / TIME_SECOND * TIME_SECOND;
	t->place = str_of(to);
	if (file_exists(to)) {
		if (!folder_is(to))
			return err_set(e, ERR_CONFLICT, "%s: it is a file: name a folder", to);
		if (!folder_real(to, t->a, &t->place, e) || !is_apart(t, t->place.p, e) ||
		    !find_before(t, e))
			return false;
	} else if (!is_apart(t, above(t, t->wish->to), e)) {
		return false;
	}
	backup_name(t->made.made, name);
	t->made.folder = arena_fmt(t->a, STR_FMT "/%s", STR_ARG(t->place), name);
	t->folder = arena_fmt(t->a, STR_FMT BACKUP_PART, STR_ARG(t->made.folder)).p;
	return true;
}

// Never the newest that was proven: those behind it may all be damaged.
static bool choose_gone(struct taking *t, struct err *e)
{
	size_t all = t->older.names.count + 1, keep = t->wish->keep;
	char proven[BACKUP_NAME];
	int64_t at;

	if (!backup_proof(t->home->db, t->place, &at, e))
		return false;
	backup_name(at, proven);
	for (size_t i = 0; keep > 0 && all > keep && i < all - keep; i++)
		if (!str_eq(t->older.names.at[i], str_of(proven)))
			*list_add(&t->made.gone, t->a) = t->older.names.at[i];
	return true;
}

static bool plan(struct taking *t, uint64_t *needs, struct err *e)
{
	int64_t store;

	if (!taking_plan(t, needs, e) || !store_bytes(t->home->db, &store, e))
		return false;
	t->made.files++;
	t->made.bytes += (uint64_t)store;
	*needs += (uint64_t)store + ROOM_BESIDE;
	return choose_gone(t, e);
}

// ---- making it

static bool has_room(const struct taking *t, uint64_t needs, struct err *e)
{
	struct machine_room r;

	if (!machine_room(t->place.p, &r, e))
		return false;
	return r.bytes_free >= needs ||
	       err_set(e, ERR_SYSTEM,
		       STR_FMT ": it needs %llu MiB, and %llu MiB are free there: make room, or "
			       "name a folder elsewhere",
		       STR_ARG(t->wish->to), (unsigned long long)(needs >> 20) + 1,
		       (unsigned long long)(r.bytes_free >> 20));
}

// What cannot be removed (another user's, say) stands in nobody's way.
static bool clear_parts(const struct taking *t, struct err *e)
{
	struct file_names all;
	struct err none = { 0 };

	if (!folder_names(t->place.p, t->a, &all, e))
		return false;
	LIST_EACH (const struct str, n, &all.names)
		if (str_has_suffix(*n, S(BACKUP_PART)) &&
		    !folder_remove(
			    arena_fmt(t->a, STR_FMT "/" STR_FMT, STR_ARG(t->place), STR_ARG(*n)).p,
			    &none))
			none.kind = ERR_NONE;
	return true;
}

static int by_path(const void *a, const void *b)
{
	return str_order(((const struct manifest_file *)a)->path,
			 ((const struct manifest_file *)b)->path);
}

static bool write_manifest(struct taking *t, struct err *e)
{
	struct manifest *m = &t->is;
	unsigned char sum[DIGEST_BYTES];
	struct digest d;
	struct buf b = { .cap = MANIFEST_LINE };

	m->made = t->made.made;
	m->version = S(WAKER_VERSION);
	m->place = drop_place(t->home, t->a);
	sort_merge(m->files.at, arena_new(t->a, struct manifest_file, m->files.count),
		   m->files.count, sizeof(struct manifest_file), by_path);
	b.cap += (m->rows.count + 1) * MANIFEST_NAME * 2;
	LIST_EACH (const struct str, l, &m->lacks)
		b.cap += 4 * l->n + 10;
	LIST_EACH (const struct str, f, &m->folders)
		b.cap += 4 * f->n + 10;
	LIST_EACH (const struct manifest_file, f, &m->files)
		b.cap += 4 * f->path.n + 200;
	b.p = arena_new(t->a, char, b.cap);
	manifest_write(m, &b);
	digest_init(&d);
	digest_add(&d, buf_view(&b));
	digest_done(&d, sum);
	manifest_end(sum, &b);
	return !b.over && folder_settle(t->folder, e) &&
	       file_write(taking_to(t, S(BACKUP_MANIFEST)), buf_view(&b), PRIVATE_FILE, e);
}

static bool take(struct taking *t, struct err *e)
{
	return clear_parts(t, e) && folder_make(t->folder, PRIVATE_FOLDER, e) &&
	       taking_parts(t, e) && taking_store(t, e) && write_manifest(t, e) &&
	       folder_settle(t->folder, e) && folder_rename(t->folder, t->made.folder.p, e);
}

// ---- those that are too many

// One that is being removed is no backup any more: it gets the name of an unfinished one first.
static bool remove_one(const struct taking *t, struct str name, struct err *e)
{
	const char *is = arena_fmt(t->a, STR_FMT "/" STR_FMT, STR_ARG(t->place), STR_ARG(name)).p;
	const char *part = arena_fmt(t->a, "%s" BACKUP_PART, is).p;

	return folder_rename(is, part, e) && folder_remove(part, e);
}

static bool remove_older(struct taking *t, struct err *e)
{
	if (!choose_gone(t, e))
		return false;
	LIST_EACH (const struct str, n, &t->made.gone)
		if (!remove_one(t, *n, e))
			return err_in(e, STR_FMT " is whole, but an older one stays",
				      STR_ARG(t->made.folder));
	return true;
}

// ---- noting it

static bool note(const struct taking *t, struct err *e)
{
	const struct backup_made *m = &t->made;
	struct backup_row row = { m->made, t->place, m->files, (int64_t)m->bytes };
	struct audit_said said[] = { { "to", t->place },
				     { "files", arena_fmt(t->a, "%lld", (long long)m->files) },
				     { "secrets", t->wish->secrets ? S("sealed") : S("") } };
	struct audit_entry x = {
		.by = t->wish->by, .subject = S("store"), .said = said, .count = COUNTOF(said)
	};
	struct db *d = t->home->db;

	if (db_read_only(d)) // who may only look can still carry a copy away
		return true;
	// A large batch may be being written for longer than one waits.
	for (int tries = 1; !db_begin(d, e); tries++)
		if (e->kind != ERR_CONFLICT || tries == NOTE_TRIES)
			return false;
	e->kind = ERR_NONE;
	if (backup_add(d, &row, e) && backup_forget(d, m->made - KEPT_DAYS * TIME_DAY, e) &&
	    audit_write(d, &x, t->a, e))
		return audit_commit(t->home, t->a, e);
	db_abort(d);
	return false;
}

static bool make(struct taking *t, struct err *e)
{
	autolock lock = -1;
	uint64_t needs;
	struct err none;

	if (!taking_place(t, e) ||
	    !folder_make(arena_str(t->a, t->wish->to).p, PRIVATE_FOLDER, e) || !taking_place(t, e))
		return false;
	if (!lock_take(arena_fmt(t->a, STR_FMT "/.lock", STR_ARG(t->place)).p, &lock, e))
		return e->kind == ERR_CONFLICT
			       ? err_set(e, ERR_CONFLICT,
					 STR_FMT ": another backup is being made there: let it end",
					 STR_ARG(t->wish->to))
			       : false;
	// Again, now that nobody else makes one.
	if (!taking_place(t, e) || !plan(t, &needs, e) || !has_room(t, needs, e))
		return false;
	t->made = (struct backup_made){ .folder = t->made.folder, .made = t->made.made };
	if (take(t, e)) {
		if (!note(t, e))
			return err_in(e, STR_FMT " is whole, but the store does not know of it",
				      STR_ARG(t->made.folder));
		return remove_older(t, e);
	}
	if (!folder_remove(t->folder, &none))
		return false; // the first error is the one to tell, and the next one clears it
	return false;
}

static void give_names(const struct str *from, size_t n, struct arena *a, struct str **out)
{
	*out = arena_new(a, struct str, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = arena_str(a, from[i]);
}

static void give(const struct taking *t, struct arena *a, struct backup_made *out)
{
	*out = t->made;
	out->folder = arena_str(a, t->made.folder);
	give_names(t->made.lacks.at, t->made.lacks.count, a, &out->lacks.at);
	give_names(t->made.left.at, t->made.left.count, a, &out->left.at);
	give_names(t->made.gone.at, t->made.gone.count, a, &out->gone.at);
}

bool backup_plan(const struct backup_wish *w, struct arena *a, struct backup_made *out,
		 struct err *e)
{
	autoarena room = { 0 };
	struct taking t = { .wish = w, .home = w->home, .a = &room };
	uint64_t needs;

	arena_init(&room, (size_t)BACKUP_ARENA_GIB << 30);
	if (!taking_place(&t, e) || !plan(&t, &needs, e))
		return false;
	give(&t, a, out);
	return true;
}

bool backup_make(const struct backup_wish *w, struct arena *a, struct backup_made *out,
		 struct err *e)
{
	autoarena room = { 0 };
	struct taking t = { .wish = w, .home = w->home, .a = &room };

	arena_init(&room, (size_t)BACKUP_ARENA_GIB << 30);
	if (!make(&t, e))
		return false;
	give(&t, a, out);
	return true;
}
