#include "codec/text/id.h"
#include "store/finding.h"
#include "store/life.h"
#include "store/notice.h"
#include "task/home.h"
#include "ui/finding_act.h"
#include "ui/nouns.h"

#include <stdlib.h>

static const struct column columns[] = {
	{ "number", "Number", false }, { "member", "Member", false }, { "seen", "Seen", true },
	{ "issue", "Issue", true },    { "print", "Evidence", true }, { "until", "Until", false },
	{ "made", NULL, false },       { "by", "By", false },         { "reason", "Reason", true },
	{ "removed", NULL, false },
};

static void put_row(struct out *o, const struct suppress *s)
{
	out_int(o, s->id);
	out_text(o, s->slug);
	out_text(o, s->seen);
	out_text(o, s->issue);
	out_text(o, s->print);
	out_time(o, s->until);
	out_time(o, s->made);
	out_text(o, s->who);
	out_text(o, s->reason);
	if (s->removed == 0)
		out_none(o);
	else
		out_time(o, s->removed);
}

static bool suppress_list(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	autorows rows = NULL;
	struct suppress s;

	if (!home_open(app->home, app->arena, &h, e) ||
	    !suppress_all(h.db, h.now, call_has(call, "all"), &rows, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	while (suppress_next_row(rows, &s, e))
		put_row(&app->out, &s);
	out_end(&app->out);
	return e->kind == ERR_NONE;
}

static bool commit_or_say(struct app *app, struct db *d, struct err *e)
{
	if (!app->dry_run)
		return db_commit(d, e);
	db_abort(d);
	app_say(app, "This was a dry run: nothing was changed.");
	return true;
}

static bool read_until(const struct call *call, int64_t now, int64_t *until, struct err *e)
{
	struct str given = call_option(call, "until");

	*until = now + SUPPRESS_MAX_DAYS * TIME_DAY;
	if (given.p == NULL)
		return true;
	if (!time_read(given, until) || *until <= now ||
	    *until > now + SUPPRESS_MAX_DAYS * TIME_DAY)
		return err_set(e, ERR_USAGE,
			       "--until: a day from now on, at most %d days ahead, not \"" STR_FMT
			       "\"",
			       (int)SUPPRESS_MAX_DAYS, STR_ARG(str_first(given, 40)));
	return true;
}

// By a finding, whose evidence it holds for.
static bool add(struct app *app, const struct call *call, struct home *h, struct err *e)
{
	struct str by = call_option(call, "by"), reason = call_option(call, "reason"),
		   word = call->arg[0];
	struct suppress s = { .made = h->now };
	struct finding_row f;
	uint32_t number;

	if (!id_read(word, 'F', &number))
		return err_set(e, ERR_USAGE, FINDING_ID, STR_ARG(str_first(word, 40)));
	if (!read_until(call, h->now, &s.until, e))
		return false;
	if (!finding_by_number(h->db, number, app->arena, &f, e))
		return e->kind == ERR_NONE &&
		       err_set(e, ERR_ABSENT, "there is no finding " STR_FMT, STR_ARG(word));
	if (f.class == CLASS_INFECTED)
		return err_set(e, ERR_DENIED,
			       "an infection is never a false alarm (RULES 8): "
			       "close it, and see whether it comes back");
	s.member = f.member;
	s.slug = f.slug;
	s.issue = f.issue;
	s.seen = f.seen;
	s.print = f.print;
	s.who = by.p != NULL ? by : str_of(getenv("USER"));
	s.reason = reason.p != NULL ? reason : S("");
	if (!suppress_add(h->db, &s, e) || !notice_drop(h->db, f.id, h->now, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	put_row(&app->out, &s);
	out_end(&app->out);
	return true;
}

static bool suppress_make(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };

	if (!home_open(app->home, app->arena, &h, e) || !db_begin(h.db, e))
		return false;
	if (!add(app, call, &h, e)) {
		db_abort(h.db);
		return false;
	}
	return commit_or_say(app, h.db, e);
}

static bool suppress_end(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	uint64_t id;
	bool was = false;

	if (!str_to_uint(call->arg[0], INT64_MAX, &id))
		return err_set(e, ERR_USAGE,
			       "\"" STR_FMT "\" is no number: see 'waker suppress list'",
			       STR_ARG(str_first(call->arg[0], 40)));
	if (!home_open(app->home, app->arena, &h, e) || !db_begin(h.db, e))
		return false;
	if (!suppress_remove(h.db, (int64_t)id, h.now, &was, e) || !was) {
		db_abort(h.db);
		return e->kind == ERR_NONE &&
		       err_set(e, ERR_ABSENT, "there is no suppression " STR_FMT " that holds",
			       STR_ARG(call->arg[0]));
	}
	return commit_or_say(app, h.db, e);
}

// clang-format off
static const struct option list_options[] = { { "all", NULL, NULL, "also what is over" }, { 0 } };
static const struct option add_options[] = {
	{ "until", "DATE", NULL, "at most 180 days ahead, which is what it is if not said" },
	{ "reason", "TEXT", NULL, "why" },
	{ "by", "NAME", NULL, "who does it; else who is logged in" },
	{ 0 },
};
static const struct command rows[] = {
	{ "suppress list", "", "List the false alarms that are not counted", READS, 0, 0, list_options,
	  { "waker suppress list", "waker suppress list --all --json" }, NULL, suppress_list },
	{ "suppress add", "ID", "Count what a finding shows as a false alarm", CHANGES, 1, 1, add_options,
	  { "waker suppress add F-7K2QXM-5 --reason 'honeypot'",
	    "waker suppress add F-7K2QXM-5 --until 2026-05-01 --dry-run" },
	  "It holds for this member, this issue of this thing, and this evidence (its version, its "
	  "certificate): other evidence is found again. The finding itself stays: close it.",
	  suppress_make },
	{ "suppress remove", "NUMBER", "Count it again", CHANGES, 1, 1, NULL,
	  { "waker suppress remove 3", "waker suppress remove 3 --dry-run" }, NULL, suppress_end },
};
// clang-format on

const struct noun noun_suppress = { "suppress", "false alarms that are not counted", rows,
				    COUNTOF(rows) };
