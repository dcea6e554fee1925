#include "task/check/check.h"

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

static bool check(struct app *app, const struct call *call, struct err *e)
{
	struct check_wish wish = { app->home, call_has(call, "offline") };
	struct check_rows all;

	if (!check_all(&wish, app->arena, &all, e))
		return false;
	put_rows(app, &all);
	put_remedies(app, &all);
	return true;
}

static const struct option options[] = {
	{ "offline", NULL, NULL, "ask for no name: the machine has no network, or not now" },
	{ 0 },
};

// clang-format off
static const struct command rows[] = {
	{ "check", "", "Look whether this installation has what it needs", READS, 0, 0, options,
	  { "waker check",
	    "waker check --offline --json" },
	  "The configuration, who may read the home, the officers' key, room on the disk, the store, the clock, "
	  "the programs of the roles, the feeds that are on with their credentials, certificates, and whether the "
	  "names of their hosts are answered. A check that finds nothing has one row; else each thing that is "
	  "wrong, or soon will be, has one, with what to do. None keeps the next from being made, also not a "
	  "store that cannot be opened. Status 7: there is something to do.", check },
};
// clang-format on

const struct noun noun_check = { "check", "look whether this installation has what it needs", rows,
				 COUNTOF(rows) };
