#include "store/finding.h"
#include "store/life.h"
#include "store/notice.h"
#include "task/audit/write.h"
#include "task/home.h"
#include "task/life/act.h"
#include "ui/audited.h"
#include "ui/finding_act.h"
#include "ui/nouns.h"

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

static bool commit_or_say(struct app *app, const struct home *h, struct err *e)
{
	if (!app->dry_run)
		return audit_commit(h, app->arena, e);
	db_abort(h->db);
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

static bool tell_audit(struct app *app, const struct call *call, const struct home *h,
		       const struct suppress *s, struct err *e)
{
	char until[TIME_TEXT];
	struct audit_said said[] = {
		{ "finding", call->arg[0] },
		{ "member", s->slug },
		{ "issue", s->issue },
		{ "seen", s->seen },
		{ "until", { until, time_write(s->until, until) } },
		{ "reason", s->reason },
	};
	struct audit_entry x = {
		.by = audited_by(call, h->now),
		.subject = arena_fmt(app->arena, "suppress %lld", (long long)s->id),
		.said = said,
		.count = COUNTOF(said),
	};

	return audit_write(h->db, &x, app->arena, e);
}

// By a finding, whose evidence it holds for.
static bool add(struct app *app, const struct call *call, struct home *h, struct err *e)
{
	struct str reason = call_option(call, "reason");
	struct suppress s = { .made = h->now };
	struct finding_row f;

	if (!read_until(call, h->now, &s.until, e) ||
	    !finding_named(h->db, call->arg[0], app->arena, &f, e))
		return false;
	if (!life_may_be_false((enum issue_class)f.class))
		return err_set(e, ERR_DENIED, LIFE_NEVER_FALSE);
	s.member = f.member;
	s.slug = f.slug;
	s.issue = f.issue;
	s.seen = f.seen;
	s.print = f.print;
	s.who = audited_who(call);
	s.reason = reason.p != NULL ? reason : S("");
	if (!suppress_add(h->db, &s, e) || !notice_drop(h->db, f.id, h->now, e) ||
	    !tell_audit(app, call, h, &s, e))
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
	return commit_or_say(app, &h, e);
}

static bool end_one(struct app *app, const struct call *call, const struct home *h, struct err *e)
{
	struct str word = call->arg[0];
	struct audit_said said[] = { { "reason", call_option(call, "reason") } };
	struct audit_entry x = { .by = audited_by(call, h->now), .said = said, .count = 1 };
	uint64_t id;
	bool was = false;

	if (!str_to_uint(word, INT64_MAX, &id))
		return err_set(e, ERR_USAGE,
			       "\"" STR_FMT "\" is no number: see 'waker suppress list'",
			       STR_ARG(str_first(word, 40)));
	x.subject = arena_fmt(app->arena, "suppress %llu", (unsigned long long)id);
	if (!suppress_remove(h->db, (int64_t)id, h->now, &was, e))
		return false;
	if (!was)
		return err_set(e, ERR_ABSENT, "there is no suppression " STR_FMT " that holds",
			       STR_ARG(word));
	return audit_write(h->db, &x, app->arena, e);
}

static bool suppress_end(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };

	if (!home_open(app->home, app->arena, &h, e) || !db_begin(h.db, e))
		return false;
	if (!end_one(app, call, &h, e)) {
		db_abort(h.db);
		return false;
	}
	return commit_or_say(app, &h, e);
}

// clang-format off
static const struct option list_options[] = { { "all", NULL, NULL, "also what is over" }, { 0 } };
static const struct option add_options[] = {
	{ "until", "DATE", NULL, "at most 180 days ahead, which is what it is if not said" },
	{ "reason", "TEXT", NULL, "why" },
	AUDITED_BY,
	{ 0 },
};
static const struct option remove_options[] = {
	{ "reason", "TEXT", NULL, "why" },
	AUDITED_BY,
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
	{ "suppress remove", "NUMBER", "Count it again", CHANGES, 1, 1, remove_options,
	  { "waker suppress remove 3", "waker suppress remove 3 --dry-run" }, NULL, suppress_end },
};
// clang-format on

const struct noun noun_suppress = { "suppress", "false alarms that are not counted", rows,
				    COUNTOF(rows) };
