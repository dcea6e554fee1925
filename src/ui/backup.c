#include "task/backup/backup.h"

#include "base/time.h"
#include "task/backup/restore.h"
#include "ui/audited.h"
#include "ui/nouns.h"
#include "ui/say.h"

static struct str size_of(struct app *app, uint64_t bytes)
{
	if (bytes < UINT64_C(10) << 20)
		return arena_fmt(app->arena, "%llu KiB",
				 (unsigned long long)((bytes + 1023) >> 10));
	return arena_fmt(app->arena, "%llu MiB", (unsigned long long)(bytes >> 20));
}

// ---- backup

static const struct column made_columns[] = {
	{ "backup", "Backup", false }, { "made", "Made", false },
	{ "files", "Files", false },   { "bytes", "Bytes", false },
	{ "linked", "Linked", false }, { "credentials", NULL, false },
	{ "removed", NULL, true },     { "lacks", NULL, true },
	{ "left", NULL, true },
};

static void put_made(struct app *app, const struct backup_made *m)
{
	struct out *o = &app->out;

	out_record(o, made_columns, COUNTOF(made_columns));
	out_text(o, m->folder);
	out_time(o, m->made);
	out_int(o, m->files);
	out_int(o, (int64_t)m->bytes);
	out_int(o, (int64_t)m->linked);
	out_int(o, m->credentials);
	out_texts(o, m->gone.at, m->gone.count);
	out_texts(o, m->lacks.at, m->lacks.count);
	out_texts(o, m->left.at, m->left.count);
	out_end(o);
}

static void say_made(struct app *app, const struct backup_made *m)
{
	if (m->gone.count > 0)
		app_say(app, "%s older backups (%zu), the first was " STR_FMT,
			app->dry_run ? "would remove" : "removed", m->gone.count,
			STR_ARG(m->gone.at[0]));
	if (m->credentials > 0)
		app_say(app,
			"credentials/ (%lld) are not in it: --secrets puts them in, sealed to the "
			"officers' key",
			(long long)m->credentials);
	LIST_EACH (const struct str, f, &m->left)
		app_say(app, STR_FMT " is being written, and was left out", STR_ARG(*f));
	if (m->lacks.count == 0)
		return;
	app_say(app,
		"the home itself lacks files of its archive (%zu), the first is " STR_FMT
		": see `waker check --store`",
		m->lacks.count, STR_ARG(m->lacks.at[0]));
	app->ended = EXIT_PARTLY;
}

static bool read_keep(const struct call *call, unsigned *out, struct err *e)
{
	enum { MOST = 10000 };
	uint64_t n = 0;

	if (call_has(call, "keep") && (!str_to_uint(call_option(call, "keep"), MOST, &n) || n == 0))
		return err_set(e, ERR_USAGE, "--keep is 1 to %d, not \"" STR_FMT "\"", (int)MOST,
			       STR_ARG(str_first(call_option(call, "keep"), 20)));
	*out = (unsigned)n;
	return true;
}

// Older ones go only where somebody said so.
static bool may_make(struct app *app, const struct backup_wish *w, struct err *e)
{
	struct backup_made would;

	if (w->keep == 0)
		return true;
	if (!backup_plan(w, app->arena, &would, e))
		return false;
	return would.gone.count == 0 ||
	       app_confirm(app, would.gone.count,
			   arena_fmt(app->arena,
				     "would remove backups that are older (%zu): " STR_FMT
				     " and what follows",
				     would.gone.count, STR_ARG(would.gone.at[0]))
				   .p,
			   e);
}

static bool backup(struct app *app, const struct call *call, struct err *e)
{
	struct backup_wish w = { .to = call->arg[0],
				 .secrets = call_has(call, "secrets"),
				 .whole = call_has(call, "whole") };
	struct backup_made m;
	autohome h = { 0 };

	if (!read_keep(call, &w.keep, e) || !home_open(app->home, app->arena, &h, e))
		return false;
	w.home = &h;
	w.by = audited_by(call, h.now);
	if (!app->dry_run && !may_make(app, &w, e))
		return false;
	if (db_read_only(h.db))
		app_say(app, "the store is open for reading only: it will not know of this backup");
	if (!(app->dry_run ? backup_plan : backup_make)(&w, app->arena, &m, e))
		return false;
	put_made(app, &m);
	say_made(app, &m);
	if (app->dry_run)
		app_say(app,
			"This was a dry run: nothing was made. It would copy about " STR_FMT ".",
			STR_ARG(size_of(app, m.bytes - m.linked)));
	return true;
}

// ---- restore --verify

static const struct column proof_columns[] = {
	{ "backup", NULL, false }, { "made", NULL, false },  { "proven", NULL, false },
	{ "files", NULL, false },  { "bytes", NULL, false }, { "rows", NULL, false },
	{ "audit", NULL, false },  { "lacks", NULL, false },
};

static void put_proof(struct app *app, const struct backup_at *b, const struct proof *p)
{
	struct out *o = &app->out;
	char made[TIME_TEXT];

	if (o->form == OUT_HUMAN) {
		out_line(o,
			 "proven: " STR_FMT
			 ", of %s: %lld files (%.*s) are as they were backed up; "
			 "the store was restored to a scratch place, is sound with its %lld rows, "
			 "and "
			 "fits with the archive and the audit (%lld rows)",
			 STR_ARG(b->folder), say_time(b->made, made), (long long)p->files,
			 STR_ARG(size_of(app, p->bytes)), (long long)p->rows, (long long)p->audit);
		return;
	}
	out_record(o, proof_columns, COUNTOF(proof_columns));
	out_text(o, b->folder);
	out_time(o, b->made);
	out_flag(o, true);
	out_int(o, p->files);
	out_int(o, (int64_t)p->bytes);
	out_int(o, p->rows);
	out_int(o, p->audit);
	out_int(o, p->lacks);
	out_end(o);
}

// In the home that is named; without one nobody is told.
static bool note_proof(struct app *app, const struct call *call, const struct backup_at *b,
		       const struct proof *p, struct err *e)
{
	autohome h = { 0 };
	struct audit_by by;

	if (app->dry_run)
		return true;
	if (app->home.n == 0) {
		app_say(app, "no home is named (-C DIR, WAKER_HOME): no `waker status` will tell "
			     "that it was proven");
		return true;
	}
	if (!home_open(app->home, app->arena, &h, e))
		return err_in(e, "it is proven, but not noted");
	by = audited_by(call, h.now);
	return prove_note(&h, b, p, &by, app->arena, e) || err_in(e, "it is proven, but not noted");
}

static bool verify(struct app *app, const struct call *call, struct err *e)
{
	struct backup_at b;
	struct manifest m;
	struct proof p;
	autoarena room = { 0 };

	if (call->count > 1)
		return err_set(e, ERR_USAGE, "--verify makes no home: name the backup alone");
	arena_init(&room, (size_t)BACKUP_ARENA_GIB << 30);
	if (!backup_find(call->arg[0], &room, &b, e) || !backup_manifest(&b, &room, &m, e))
		return false;
	b.made = m.made;
	if (!prove_backup(&b, &m, m.made, &room, &p, e))
		return false;
	put_proof(app, &b, &p);
	if (p.lacks > 0)
		app_say(app, "the home lacked files of its archive (%lld) when it was backed up",
			(long long)p.lacks);
	return note_proof(app, call, &b, &p, e);
}

// ---- restore

static const struct column restored_columns[] = {
	{ "home", "Home", false },   { "backup", "From", false }, { "made", "Of", false },
	{ "files", "Files", false }, { "bytes", "Bytes", false }, { "secrets", NULL, false },
	{ "sealed", NULL, false },   { "faults", NULL, true },
};

static void put_restored(struct app *app, struct str home, const struct restored *r)
{
	struct out *o = &app->out;

	out_record(o, restored_columns, COUNTOF(restored_columns));
	out_text(o, home);
	out_text(o, r->backup.folder);
	out_time(o, r->made);
	out_int(o, r->proof.files);
	out_int(o, (int64_t)r->proof.bytes);
	out_int(o, r->secrets);
	out_int(o, r->shut);
	out_texts(o, r->proof.faults.at, r->proof.faults.count);
	out_end(o);
}

static void say_restored(struct app *app, struct str home, const struct restored *r, bool server)
{
	if (r->secrets > 0)
		app_say(app, "credentials (%lld) were opened by the officers' key",
			(long long)r->secrets);
	if (r->shut > 0)
		app_say(app,
			"credentials (%lld) are sealed and were left out: restore to a new folder "
			"with --key FILE, the officers' archive.key, or write them anew in "
			"credentials/",
			(long long)r->shut);
	if (r->was.n > 0 && !server)
		app_say(app,
			"its store was at " STR_FMT ", and is a file of the home now: say --store "
			"for a server",
			STR_ARG(r->was));
	if (r->proof.faults.count > 0) {
		app_say(app,
			"the home that it is of was not sound: " STR_FMT
			": see `waker check --store`",
			STR_ARG(r->proof.faults.at[0]));
		app->ended = EXIT_PARTLY;
	}
	if (r->left > 0) {
		app_say(app,
			"files of the archive (%lld) are damaged or gone in the backup, and were "
			"left "
			"out: `waker check --store` names them",
			(long long)r->left);
		app->ended = EXIT_PARTLY;
	}
	if (r->proof.lacks > r->left)
		app_say(app, "the home lacked files of its archive (%lld) when it was backed up",
			(long long)(r->proof.lacks - r->left));
	app_say(app, "next: waker -C " STR_FMT " check --store", STR_ARG(home));
}

static bool restore(struct app *app, const struct call *call, struct err *e)
{
	struct str key = call_option(call, "key"), store = call_option(call, "store");
	struct restore_wish w = { .from = call->arg[0], .store = store };
	struct restored r;

	if (call_has(call, "verify"))
		return verify(app, call, e);
	if (call->count < 2)
		return err_set(e, ERR_USAGE,
			       "where to? name the folder of the home to be, or say --verify");
	w.to = call->arg[1];
	w.key = key.p != NULL ? str_z(app->arena, key) : NULL;
	w.partly = call_has(call, "partly");
	w.by = audited_by(call, 0);
	if (!(app->dry_run ? restore_plan : restore_home)(&w, app->arena, &r, e))
		return false;
	put_restored(app, w.to, &r);
	if (app->dry_run)
		app_say(app, "This was a dry run: nothing was made.");
	else
		say_restored(app, w.to, &r, store.n > 0);
	return true;
}

// clang-format off
static const struct option backup_options[] = {
	{ "secrets", NULL, NULL, "credentials/ too, sealed to the officers' key (archive.pub)" },
	{ "keep", "N", NULL, "keep so many in FOLDER, this one too, and remove the oldest of more, but the newest that was proven; needs --yes" },
	{ "whole", NULL, NULL, "copy all anew: link nothing to the backup before" },
	AUDITED_BY,
	{ 0 },
};
static const struct command backup_rows[] = {
	{ "backup", "FOLDER", "Back up the home, while it is at work", CHANGES, 1, 1, backup_options,
	  { "waker backup /mnt/backup --dry-run", "waker backup --secrets --keep 14 --yes /mnt/backup" },
	  "FOLDER keeps backups, each a folder in it that is called by its moment; it is made where it is not "
	  "there. In each: the store as of one moment (also one of a server, as a file), the archive, "
	  "waker.conf, archive.pub, advice/, feeds/, warninglists/, and what lies in inbox/ and spool/. Files of the "
	  "archive that the backup before has too are links to that, and take no room. Its manifest is "
	  "written last: what has none is no backup. archive.key is never in it. Status 3: the home itself "
	  "lacks something.", backup },
};
static const struct option restore_options[] = {
	{ "verify", NULL, NULL, "prove that it can be restored, in a scratch place; make no home" },
	{ "store", "URL", NULL, "the store goes to a PostgreSQL server, an empty database" },
	{ "partly", NULL, NULL, "leave out what is damaged or gone of the archive, and say so" },
	{ "key", "KEYFILE", NULL, "the officers' archive.key, to open sealed credentials; mode 0600" },
	AUDITED_BY,
	{ 0 },
};
static const struct command restore_rows[] = {
	{ "restore", "FOLDER [HOME]", "Make a home of a backup, or prove that one could be made", CHANGES, 1, 2, restore_options,
	  { "waker restore /mnt/backup /var/lib/waker", "waker restore --verify /mnt/backup" },
	  "FOLDER is a backup, or the folder that keeps them: then the newest. HOME is not there, or empty. "
	  "Each file is compared with its digest; where one is damaged or missing nothing is made, but with "
	  "--partly the rest, where it is one of the archive. An "
	  "interrupted restore is no home, and is simply done again. Without --store the store is a file of "
	  "the home, wherever it was. With --verify the whole backup is read, its store restored to a "
	  "scratch place and looked through (sound, every row there that others name, archive, audit), and that "
	  "it was proven is noted in the home that -C or WAKER_HOME names: `waker status` says how long ago.",
	  restore },
};
// clang-format on

const struct noun noun_backup = { "backup", "back up the home, while it is at work", backup_rows,
				  COUNTOF(backup_rows) };
const struct noun noun_restore = { "restore", "make a home of a backup, or prove that one could",
				   restore_rows, COUNTOF(restore_rows) };
