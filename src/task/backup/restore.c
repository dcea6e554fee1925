#include "task/backup/restore.h"

#include "codec/text/ini.h"
#include "os/clock.h"
#include "os/file_copy.h"
#include "os/folder.h"
#include "os/machine.h"
#include "os/seal_key.h"
#include "store/backup.h"
#include "store/copy.h"
#include "task/service/drop.h"

enum { PRIVATE_FILE = 0600, ARCHIVE_FILE = 0400, PRIVATE_FOLDER = 0700, CONFIG_BYTES = 1 << 20 };
#define ROOM_BESIDE (UINT64_C(1) << 20)

struct restoring {
	const struct restore_wish *w;
	struct arena *a;
	struct backup_at b;
	struct manifest m;
	struct home home; // as it is made: path, store
	struct seal_secret key;
	struct restored out;
};

static const char *from(const struct restoring *r, struct str path)
{
	return arena_fmt(r->a, STR_FMT "/" STR_FMT, STR_ARG(r->b.folder), STR_ARG(path)).p;
}

static const char *to(const struct restoring *r, struct str path)
{
	return arena_fmt(r->a, STR_FMT "/" STR_FMT, STR_ARG(r->home.path), STR_ARG(path)).p;
}

// ---- may it be

static bool find(struct restoring *r, struct err *e)
{
	struct store_versions v = { .wants = store_newest_schema() };

	if (!backup_find(r->w->from, r->a, &r->b, e) || !backup_manifest(&r->b, r->a, &r->m, e))
		return false;
	r->b.made = r->m.made;
	v.has = r->m.schema;
	return store_known(&v, e) || err_in(e, STR_FMT, STR_ARG(r->b.folder));
}

static bool target_free(const struct restoring *r, struct err *e)
{
	const char *path = r->home.path.p;
	struct machine_owner owner;
	struct file_names there;
	bool empty;

	if (r->home.path.n == 0)
		return err_set(e, ERR_USAGE, "where to? name the folder of the home to be");
	if (!file_exists(path))
		return true;
	if (!folder_is(path))
		return err_set(e, ERR_CONFLICT, "%s: it is a file: name a folder", path);
	if (!machine_owner(path, &owner, e))
		return false;
	if (owner.owner != owner.caller)
		return err_set(e, ERR_DENIED,
			       "%s is another user's, who could not read what is restored: run it "
			       "as that user",
			       path);
	if (!folder_empty(path, &empty, e) || !folder_names(path, r->a, &there, e))
		return false;
	if (empty || (file_exists(to(r, S(RESTORE_MARK))) && !file_exists(to(r, S("waker.conf")))))
		return true;
	if (there.names.count == 1 && str_eq(there.names.at[0], S(RESTORE_MARK ".new")))
		return true; // it was interrupted as it began
	return err_set(e, ERR_CONFLICT,
		       "%s is there and not empty: name a new folder, or an empty one", path);
}

// Of the folder that it is to be in, where it is not there yet.
static bool room(const struct restoring *r, struct err *e)
{
	struct str at = r->home.path;
	struct machine_room m;
	uint64_t needs = ROOM_BESIDE;

	LIST_EACH (const struct manifest_file, f, &r->m.files)
		needs += f->bytes;
	while (at.n > 1 && at.p[at.n - 1] == '/')
		at.n--;
	if (!file_exists(r->home.path.p))
		while (at.n > 0 && at.p[at.n - 1] != '/')
			at.n--;
	if (!machine_room(at.n > 0 ? arena_str(r->a, at).p : ".", &m, e))
		return false;
	return m.bytes_free >= needs ||
	       err_set(e, ERR_SYSTEM,
		       STR_FMT ": it needs %llu MiB, and %llu MiB are free there: make room, or "
			       "name a folder elsewhere",
		       STR_ARG(r->home.path), (unsigned long long)(needs >> 20) + 1,
		       (unsigned long long)(m.bytes_free >> 20));
}

static bool is_sealed(struct str path)
{
	return str_has_prefix(path, S("credentials/")) && str_has_suffix(path, S(BACKUP_SEALED));
}

// Does the server answer? Its password may be among what is sealed: then that shows later.
static bool server_answers(const struct restoring *r, struct err *e)
{
	autostore d = NULL;

	return r->w->store.n == 0 || r->w->key != NULL ||
	       home_store_at(&r->home, r->w->store, STORE_LOOK, r->a, &d, e);
}

static bool begin(struct restoring *r, struct err *e)
{
	const struct restore_wish *w = r->w;

	if (w->store.n > 0 && !db_is_url(w->store))
		return err_set(e, ERR_USAGE, "a store is at postgresql://…, not at \"" STR_FMT "\"",
			       STR_ARG(str_first(w->store, 60)));
	r->home.path = arena_str(r->a, w->to);
	r->home.store = w->store.n > 0 ? w->store : S(HOME_STORE);
	r->home.now = clock_now();
	if (!find(r, e) || !target_free(r, e) || !room(r, e) || !server_answers(r, e) ||
	    (w->key != NULL && !seal_secret_read(w->key, &r->key, e)))
		return false;
	LIST_EACH (const struct manifest_file, f, &r->m.files)
		r->out.shut += is_sealed(f->path);
	r->out.backup = r->b;
	r->out.made = r->m.made;
	return true;
}

// ---- waker.conf

static bool not_whole(const char *path, struct err *e)
{
	return err_set(e, ERR_INPUT, "%s is not there: the backup is not whole", path);
}

static bool damaged(const char *path, struct err *e)
{
	return err_set(e, ERR_INPUT, "%s is damaged: its bytes are not those that were backed up",
		       path);
}

struct config {
	struct str bytes, store; // store: where its value stands; .p NULL: nowhere
	bool example;
};

static bool config_bytes(const struct restoring *r, struct str *out, struct err *e)
{
	const struct manifest_file *f = manifest_find(&r->m, S("waker.conf"));
	const char *path = from(r, S("waker.conf"));
	unsigned char sum[DIGEST_BYTES];
	struct digest d;

	if (!file_read(path, CONFIG_BYTES, r->a, out, e))
		return e->kind == ERR_ABSENT ? not_whole(path, e) : false;
	digest_init(&d);
	digest_add(&d, *out);
	digest_done(&d, sum);
	return (f != NULL && memcmp(sum, f->sum, sizeof sum) == 0) || damaged(path, e);
}

static bool read_config(const struct restoring *r, struct config *out, struct err *e)
{
	struct ini in;
	enum ini_kind kind;

	if (!config_bytes(r, &out->bytes, e))
		return false;
	in = ini_of(out->bytes);
	while ((kind = ini_next(&in, e)) != INI_END) {
		if (kind != INI_PAIR || !str_eq(in.section, S("home")))
			continue;
		if (str_eq(in.key, S("store")))
			out->store = in.value;
		if (str_eq(in.key, S("example")))
			out->example = str_eq(in.value, S("yes"));
	}
	return e->kind == ERR_NONE || err_in(e, "%s", from(r, S("waker.conf")));
}

// The same, but for where the store is.
static bool write_mark(struct restoring *r, struct err *e)
{
	struct config c = { .bytes = S("") };
	struct str before, behind, text;

	if (!read_config(r, &c, e))
		return false;
	r->out.example = c.example;
	r->out.proof.files++;
	r->out.proof.bytes += c.bytes.n;
	if (db_is_url(c.store))
		r->out.was = c.store;
	if (c.store.p == NULL) {
		text = arena_fmt(r->a, STR_FMT "\n[home]\nstore = " STR_FMT "\n", STR_ARG(c.bytes),
				 STR_ARG(r->home.store));
	} else {
		before = str_first(c.bytes, (size_t)(c.store.p - c.bytes.p));
		behind = str_from(c.bytes, before.n + c.store.n);
		text = arena_fmt(r->a, STR_FMT STR_FMT STR_FMT, STR_ARG(before),
				 STR_ARG(r->home.store), STR_ARG(behind));
	}
	return file_write(to(r, S(RESTORE_MARK)), text, PRIVATE_FILE, e);
}

// ---- files

static bool clear(const struct restoring *r, struct err *e)
{
	struct file_names there;

	if (!folder_names(r->home.path.p, r->a, &there, e))
		return false;
	LIST_EACH (const struct str, n, &there.names)
		if (!str_eq(*n, S(RESTORE_MARK)) && !folder_remove(to(r, *n), e))
			return false;
	return true;
}

static bool unseal(struct restoring *r, const struct manifest_file *f, struct err *e)
{
	struct str path = str_first(f->path, f->path.n - (sizeof BACKUP_SEALED - 1));

	if (r->w->key == NULL)
		return true;
	r->out.secrets++;
	r->out.shut--;
	return folder_make_to(r->home.path.p, path, e) &&
	       file_unseal(from(r, f->path), to(r, path), &r->key, e);
}

static bool copy_whole(struct restoring *r, const struct manifest_file *f, struct err *e)
{
	struct file_copy c = { from(r, f->path), to(r, f->path),
			       str_has_prefix(f->path, S("archive/")) ? ARCHIVE_FILE : PRIVATE_FILE,
			       f->changed };
	struct file_sum s;

	if (!file_copy(&c, &s, e))
		return e->kind == ERR_ABSENT ? not_whole(c.from, e) : false;
	r->out.proof.files++;
	r->out.proof.bytes += s.bytes;
	return (s.bytes == f->bytes && memcmp(s.sum, f->sum, sizeof s.sum) == 0) ||
	       damaged(c.from, e);
}

// One rotten file of the archive must not be the end of all: who asks for it gets the rest.
static bool copy_file(struct restoring *r, const struct manifest_file *f, struct err *e)
{
	if (!folder_make_to(r->home.path.p, f->path, e))
		return false;
	if (copy_whole(r, f, e))
		return true;
	if (e->kind != ERR_INPUT || !r->w->partly || !str_has_prefix(f->path, S("archive/")))
		return false;
	e->kind = ERR_NONE;
	*list_add(&r->m.lacks, r->a) = f->path;
	r->out.left++;
	return file_remove(to(r, f->path), e);
}

static bool copy_files(struct restoring *r, struct err *e)
{
	LIST_EACH (const struct str, f, &r->m.folders)
		if (!folder_make_to(r->home.path.p, *f, e) ||
		    !folder_make(to(r, *f), PRIVATE_FOLDER, e))
			return false;
	LIST_EACH (const struct manifest_file, f, &r->m.files) {
		bool config = str_eq(f->path, S("waker.conf"));

		if (!config && !(is_sealed(f->path) ? unseal(r, f, e) : copy_file(r, f, e)))
			return false;
	}
	return true;
}

// ---- the store

static bool settle_store(struct restoring *r, struct err *e)
{
	struct db *d = r->home.db;
	struct str was = r->m.server ? r->m.place : S("");

	if (!db_begin(d, e))
		return false;
	if (store_restored(d, was, drop_place(&r->home, r->a), r->home.now, e))
		return db_commit(d, e);
	db_abort(d);
	return false;
}

static bool is_full(struct copy *c, struct err *e)
{
	struct err why = { 0 };

	if (copy_may(c, &why))
		return false;
	*e = why;
	return why.kind == ERR_CONFLICT;
}

// All of it, or (an interrupted restore had done that) just the same.
static bool to_server(struct restoring *r, struct err *e)
{
	struct copy c = { .from = r->home.db };
	struct err full;
	autostore d = NULL;

	if (!home_store_at(&r->home, r->w->store, STORE_COPY_TO, r->a, &d, e))
		return false;
	c.to = d;
	if (!is_full(&c, e))
		return e->kind == ERR_NONE && copy_all(&c, e);
	full = *e;
	e->kind = ERR_NONE;
	if (!copy_same(&c, e) && e->kind == ERR_NONE)
		*e = full;
	return e->kind == ERR_NONE;
}

static bool remove_file_store(const struct restoring *r, struct err *e)
{
	static const char *const names[] = { HOME_STORE, HOME_STORE "-wal", HOME_STORE "-shm" };

	for (size_t i = 0; i < COUNTOF(names); i++)
		if (!file_remove(to(r, str_of(names[i])), e))
			return false;
	return true;
}

static bool restore_store(struct restoring *r, struct err *e)
{
	bool good;

	if (!home_store_at(&r->home, S(HOME_STORE), STORE_COPY_FROM, r->a, &r->home.db, e))
		return false;
	good = settle_store(r, e) &&
	       prove_store(&(struct prove_store){ r->home.db, r->home.path, &r->m }, r->a,
			   &r->out.proof, e) &&
	       (r->w->store.n == 0 || to_server(r, e));
	home_close(&r->home);
	return good && (r->w->store.n == 0 || remove_file_store(r, e));
}

// ---- all of it

static bool note(const struct restoring *r, struct err *e)
{
	struct audit_said said[] = { { "backup", r->b.folder } };
	struct audit_entry x = {
		.by = r->w->by, .subject = S("store"), .said = said, .count = COUNTOF(said)
	};
	autohome h = { 0 };

	if (!home_open(r->home.path, r->a, &h, e) || !db_begin(h.db, e))
		return false;
	x.by.now = h.now;
	if (audit_write(h.db, &x, r->a, e))
		return audit_commit(&h, r->a, e);
	db_abort(h.db);
	return false;
}

static bool fill(struct restoring *r, struct err *e)
{
	return write_mark(r, e) && clear(r, e) && home_folders(r->home.path, r->a, e) &&
	       copy_files(r, e) && restore_store(r, e) && folder_settle(r->home.path.p, e) &&
	       folder_rename(to(r, S(RESTORE_MARK)), to(r, S("waker.conf")), e);
}

static bool restore_all(struct restoring *r, struct err *e)
{
	const char *path = r->home.path.p;
	bool made = !file_exists(path);
	struct err none;

	if (!folder_make(path, PRIVATE_FOLDER, e) || !folder_lock(path, e))
		return false;
	if (fill(r, e))
		return true;
	// What was begun goes, the mark last; the first error is the one to tell.
	if (clear(r, &none) && file_remove(to(r, S(RESTORE_MARK)), &none) && made &&
	    !folder_remove(path, &none))
		return false;
	return false;
}

static void give(const struct restoring *r, struct arena *a, struct restored *out)
{
	*out = r->out;
	out->backup.folder = arena_str(a, r->b.folder);
	out->backup.place = arena_str(a, r->b.place);
	out->was = arena_str(a, r->out.was);
	out->proof.faults.at = NULL;
	out->proof.faults.count = out->proof.faults.room = 0;
	LIST_EACH (const struct str, f, &r->out.proof.faults)
		*list_add(&out->proof.faults, a) = arena_str(a, *f);
	out->proof.lacks = (int64_t)r->m.lacks.count;
}

bool restore_plan(const struct restore_wish *w, struct arena *a, struct restored *out,
		  struct err *e)
{
	autoarena space = { 0 };
	struct restoring r = { .w = w, .a = &space };
	bool good;

	arena_init(&space, (size_t)BACKUP_ARENA_GIB << 30);
	good = begin(&r, e);
	explicit_bzero(&r.key, sizeof r.key);
	if (!good)
		return false;
	r.out.proof.files = (int64_t)r.m.files.count;
	LIST_EACH (const struct manifest_file, f, &r.m.files)
		r.out.proof.bytes += f->bytes;
	give(&r, a, out);
	return true;
}

bool restore_home(const struct restore_wish *w, struct arena *a, struct restored *out,
		  struct err *e)
{
	autoarena space = { 0 };
	struct restoring r = { .w = w, .a = &space };
	bool good;

	arena_init(&space, (size_t)BACKUP_ARENA_GIB << 30);
	good = begin(&r, e) && restore_all(&r, e);
	explicit_bzero(&r.key, sizeof r.key);
	if (!good)
		return false;
	give(&r, a, out);
	return note(&r, e) ||
	       err_in(e, STR_FMT " is restored, but not in the audit", STR_ARG(w->to));
}
