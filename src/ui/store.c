#include "store/copy.h"
#include "task/audit/write.h"
#include "ui/audited.h"
#include "ui/nouns.h"

// ---- migrate

static const struct column migrate_columns[] = {
	{ "from", "From", false },
	{ "to", "To", false },
	{ "roles", "Roles", false },
};

static bool note_migration(struct app *app, const struct call *call, const struct home *h,
			   const struct store_versions *v, struct err *e)
{
	struct audit_entry x = {
		.by = audited_by(call, h->now),
		.subject = arena_fmt(app->arena, "schema %lld", (long long)v->wants),
	};

	return v->has == v->wants || audited_look(app, h, &x, e);
}

static const struct column step_columns[] = {
	{ "migration", "Migration", false }, { "name", "Name", false }, { "rows", "Rows", false },
	{ "seconds", "Seconds", false },     { "says", "What", true },
};

static bool put_steps(struct app *app, struct db *d, const struct store_versions *v, int64_t *rows,
		      struct err *e)
{
	struct store_step step;

	*rows = 0;
	out_table(&app->out, step_columns, COUNTOF(step_columns));
	for (int64_t i = v->has + 1; i <= v->wants; i++) {
		if (!store_step(d, v, i, &step, e))
			return false;
		out_int(&app->out, i);
		out_text(&app->out, str_of(step.name));
		out_int(&app->out, step.rows);
		out_int(&app->out, step.seconds);
		out_text(&app->out, str_of(step.says));
		*rows += step.rows;
	}
	out_end(&app->out);
	return true;
}

// What would be done, for how long, and whether there is a way back.
static bool migrate_dry(struct app *app, const struct home *h, struct err *e)
{
	bool file = db_kind(h->db) == DB_SQLITE;
	struct store_versions v;
	int64_t rows, seconds;

	if (!store_versions(h->db, &v, e) || !store_known(&v, e) ||
	    !put_steps(app, h->db, &v, &rows, e))
		return false;
	seconds = store_seconds(rows);
	if (v.has == v.wants) {
		app_say(app, "the store has schema %lld, as this program: nothing is to be done%s",
			(long long)v.has,
			file ? "" : " but the roles' rights, which are said anew");
		return true;
	}
	app_say(app,
		"would bring the store from schema %lld to %lld, in about %lld second%s: by its "
		"rows, at %d a second as measured on an ordinary disk. Nobody can write meanwhile",
		(long long)v.has, (long long)v.wants, seconds < 1 ? 1LL : (long long)seconds,
		seconds <= 1 ? "" : "s", STORE_ROWS_A_SECOND);
	app_say(app, "There is no way back: an older waker refuses the store then. First make a "
		     "copy: waker backup FOLDER");
	if (!file)
		app_say(app, "Stop every older waker on this server before.");
	app_say(app, "This was a dry run: nothing was changed.");
	return true;
}

static bool migrate(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	struct store_versions v;
	bool roles = true;

	if (!home_read(app->home, app->arena, &h, e) ||
	    !home_store_at(&h, h.store, app->dry_run ? STORE_LOOK : STORE_MIGRATE, app->arena,
			   &h.db, e))
		return false;
	if (app->dry_run)
		return migrate_dry(app, &h, e);
	if (!store_versions(h.db, &v, e) || !store_known(&v, e) ||
	    !store_migrate(h.db, h.now, &roles, e) || !note_migration(app, call, &h, &v, e))
		return false;
	out_record(&app->out, migrate_columns, COUNTOF(migrate_columns));
	out_int(&app->out, v.has);
	out_int(&app->out, v.wants);
	out_flag(&app->out, roles);
	out_end(&app->out);
	if (!roles) {
		app_say(app, "this user may not create the roles of the server, so that every "
			     "process may run every statement: let one who may run it again");
		app->ended = EXIT_PARTLY;
	}
	return true;
}

// ---- copy

static const struct column copy_columns[] = {
	{ "table", "Table", false },
	{ "rows", "Rows", false },
};

static void put_table(void *context, const struct copy_step *s)
{
	struct app *app = context;

	if (!s->done)
		return;
	out_text(&app->out, str_of(s->table));
	out_int(&app->out, s->rows);
}

// It shows all that the store has to another machine.
static bool note_copy(struct app *app, const struct call *call, const struct home *h, struct str to,
		      struct err *e)
{
	struct audit_said said[] = { { "to", to } };
	struct audit_entry x = { .by = audited_by(call, h->now),
				 .subject = S("store"),
				 .said = said,
				 .count = COUNTOF(said) };

	return audited_look(app, h, &x, e);
}

static bool copy_now(struct app *app, const struct call *call, const struct home *h, struct str to,
		     struct err *e)
{
	struct copy c = { .from = h->db, .step = put_table, .context = app };
	autostore d = NULL;
	int64_t rows;

	if (!copy_count(&c, &rows, e))
		return false;
	if (!app->dry_run && !app_confirm(app, (uint64_t)rows,
					  arena_fmt(app->arena, "would copy %lld rows to " STR_FMT,
						    (long long)rows, STR_ARG(to))
						  .p,
					  e))
		return false;
	if (!home_store_at(h, to, app->dry_run ? STORE_LOOK : STORE_COPY_TO, app->arena, &d, e))
		return false;
	c.to = d;
	if (app->dry_run) {
		app_say(app, "would copy %lld rows to " STR_FMT ", which answers", (long long)rows,
			STR_ARG(to));
		return true;
	}
	if (!copy_may(&c, e) || !note_copy(app, call, h, to, e))
		return false;
	out_table(&app->out, copy_columns, COUNTOF(copy_columns));
	if (!copy_all(&c, e))
		return false;
	out_end(&app->out);
	app_say(app,
		"every row was read back and is the same. Next: write store = " STR_FMT
		" under [home] of " STR_FMT "/waker.conf, and put waker.db away",
		STR_ARG(to), STR_ARG(h->path));
	return true;
}

static bool copy(struct app *app, const struct call *call, struct err *e)
{
	struct str to = call_option(call, "to");
	autohome h = { 0 };

	if (!db_is_url(to))
		return err_set(e, ERR_USAGE, "where to? say --to postgresql://…");
	if (!home_read(app->home, app->arena, &h, e))
		return false;
	if (db_is_url(h.store))
		return err_set(e, ERR_USAGE,
			       "the store of this home is a server already: copy it by pg_dump");
	return home_store_at(&h, h.store, STORE_COPY_FROM, app->arena, &h.db, e) &&
	       copy_now(app, call, &h, to, e);
}

// clang-format off
static const struct option migrate_options[] = { AUDITED_BY, { 0 } };
static const struct option copy_options[] = {
	{ "to", "URL", NULL, "an empty database in UTF-8, postgresql://…" },
	AUDITED_BY,
	{ 0 },
};
static const struct command rows[] = {
	{ "store migrate", "", "Bring the store up to this program's schema", CHANGES, 0, 0, migrate_options,
	  { "waker store migrate --dry-run", "waker store migrate" },
	  "A file is also brought up to date by whatever command opens it. A server, which several nodes "
	  "may use, only by this one: run it when no older waker does. It also makes the server's roles "
	  "(waker_cli and others), each with the rights of its own statements, where the user may create "
	  "roles. There is no way back but a copy. --dry-run lists the migrations that are missing, what "
	  "each is for, how many rows it goes through and how long that takes.", migrate },
	{ "store copy", "", "Copy the store of this home to a PostgreSQL server", CHANGES, 0, 0, copy_options,
	  { "waker store copy --to postgresql://waker@db.example/waker --dry-run",
	    "waker store copy --to postgresql://waker@db.example/waker --yes" },
	  "All tables, in one transaction; every row is read back and compared before that is committed. "
	  "Nobody can write to the store meanwhile. A database that is not empty is refused. The "
	  "password is where `waker init` looks for it. The home uses its file until waker.conf says "
	  "otherwise.", copy },
};
// clang-format on

const struct noun noun_store = { "store", "the database, in a file or on a server", rows,
				 COUNTOF(rows) };
