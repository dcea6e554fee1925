#include "task/check/check.h"

#include "task/check/whole.h"
#include "ui/nouns.h"

// For people the remedies stand below the table, where nothing is cut.
static const struct column columns[] = {
	{ "what", "Check", false },
	{ "state", "State", false },
	{ "says", "Says", true },
	{ "remedy", NULL, false },
};

static void put_rows(struct app *app, const struct check_rows *all)
{
	out_table(&app->out, columns, COUNTOF(columns));
	LIST_EACH (const struct check_row, r, &all->rows) {
		out_text(&app->out, str_of(r->what));
		out_text(&app->out, str_of(check_state_word(r->state)));
		out_text(&app->out, r->says);
		out_text(&app->out, r->remedy);
		if (r->state != CHECK_OK)
			app->ended = EXIT_FOUND;
	}
	out_end(&app->out);
}

static void put_remedies(struct app *app, const struct check_rows *all)
{
	if (app->out.form != OUT_HUMAN)
		return;
	LIST_EACH (const struct check_row, r, &all->rows) {
		if (r->state == CHECK_OK)
			continue;
		fputc('\n', app->out.to);
		fprintf(app->out.to, "%s, %s: ", r->what, check_state_word(r->state));
		out_clean(app->out.to, r->says);
		fputs("\n  -> ", app->out.to);
		out_clean(app->out.to, r->remedy);
		fputc('\n', app->out.to);
	}
}

static bool look_store(struct app *app, bool deep, struct check_rows *out, struct err *e)
{
	autohome h = { 0 };

	return home_read(app->home, app->arena, &h, e) &&
	       home_store_at(&h, h.store, STORE_LOOK, app->arena, &h.db, e) &&
	       check_store(&h, deep, app->arena, out, e);
}

static bool check(struct app *app, const struct call *call, struct err *e)
{
	struct check_wish wish = { app->home, call_has(call, "offline") };
	bool store = call_has(call, "store"), deep = call_has(call, "deep");
	struct check_rows all;

	if (deep && !store)
		return err_set(e, ERR_USAGE, "--deep is for --store: say both");
	if (!(store ? look_store(app, deep, &all, e) : check_all(&wish, app->arena, &all, e)))
		return false;
	put_rows(app, &all);
	put_remedies(app, &all);
	return true;
}

static const struct option options[] = {
	{ "offline", NULL, NULL, "ask for no name: the machine has no network, or not now" },
	{ "store", NULL, NULL,
	  "look through the store instead: what it says of itself, and all that its rows name" },
	{ "deep", NULL, NULL, "with --store: read the archive's files, and compare their digests" },
	{ 0 },
};

// clang-format off
static const struct command rows[] = {
	{ "check", "", "Look whether this installation has what it needs", READS, 0, 0, options,
	  { "waker check --offline --json",
	    "waker check --store --deep" },
	  "The configuration, who may read the home, the officers' key, room on the disk, the store, the clock, "
	  "the programs of the roles, the feeds that are on with their credentials, certificates, whether the "
	  "names of their hosts are answered, whether mail can leave, and the keys that sign and seal it: GnuPG, the "
	  "team's own, and how many contacts have none that may be used. A check that finds nothing has one row; else each thing that is "
	  "wrong, or soon will be, has one, with what to do. None keeps the next from being made, also not a "
	  "store that cannot be opened. Status 7: there is something to do. "
	  "With --store the store is asked: its version, its schema, whether every statement prepares; of a file "
	  "whether it is whole, of a server the order of texts, the connection and the roles; then that every row is "
	  "there which others name, the archive's files under the names of their bytes (--deep reads them; what "
	  "is sealed shows only that it is), jobs, and the chain of the audit with its note.", check },
};
// clang-format on

const struct noun noun_check = { "check", "look whether this installation has what it needs", rows,
				 COUNTOF(rows) };
