#include "store/notice.h"

#include "codec/text/id.h"
#include "store/member.h"
#include "task/home.h"
#include "task/tell/plan.h"
#include "ui/audited.h"
#include "ui/notice_rows.h"
#include "ui/nouns.h"

static const struct column columns[] = {
	{ "due", "When", false },        { "member", "Member", false },
	{ "urgency", "How", false },     { "state", "State", false },
	{ "finding", "Finding", false }, { "severity", "Severity", false },
	{ "issue", "Issue", true },      { "seen", "Seen", true },
	{ "why", NULL, false },          { "says", "Why", true },
	{ "timing", NULL, false },       { "timing_says", "Why then", true },
	{ "folded", NULL, false },       { "breaker", NULL, false },
	{ "batch", NULL, false },        { "made", NULL, false },
	{ "corrected", NULL, false },
};

// "more than a tenth of all members: 6 of 30"
static struct str broke(struct app *app, const struct notice_row *n)
{
	struct str says = breaker_why_says(n->broke);

	if (n->breaker == 0)
		return S("");
	if (n->broke == BREAKER_USUAL)
		return arena_fmt(app->arena, STR_FMT ": %lld, usually at most %lld", STR_ARG(says),
				 (long long)n->count.told, (long long)n->count.usual);
	return arena_fmt(app->arena, STR_FMT ": %lld of %lld", STR_ARG(says),
			 (long long)n->count.told, (long long)n->count.everybody);
}

// After which message it waits for the next; what is folded goes an hour after.
static void put_folded(struct out *o, const struct notice_row *n)
{
	if (n->timing == TIMING_FOLDED && n->due != TIME_NEVER)
		out_time(o, n->due - FOLD_MINUTES * TIME_MINUTE);
	else
		out_none(o);
}

static void put_number(struct out *o, int64_t n)
{
	if (n == 0)
		out_none(o);
	else
		out_int(o, n);
}

static void put_notice(struct app *app, const struct notice_row *n, bool dutch)
{
	struct out *o = &app->out;
	char id[ID_TEXT];

	id_write('F', n->number, id);
	if (n->due == TIME_NEVER)
		out_none(o);
	else
		out_time(o, n->due);
	out_text(o, n->slug);
	out_text(o, urgency_word(n->urgency, dutch && o->form == OUT_HUMAN));
	out_text(o, notice_state_word(n->state));
	out_text(o, str_of(id));
	out_text(o, severity_word(n->severity, false));
	out_text(o, n->issue);
	out_text(o, n->seen);
	out_text(o, urgency_rule_word(n->rule));
	out_text(o, urgency_rule_says(n->rule, dutch));
	out_text(o, notice_timing_word(n->timing));
	out_text(o, notice_timing_says(n->timing, dutch));
	put_folded(o, n);
	out_text(o, broke(app, n));
	put_number(o, n->batch);
	out_time(o, n->made);
	put_number(o, n->corrected);
}

static bool notice_plan_show(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	autorows rows = NULL;
	struct notice_row n;
	struct str member = call_option(call, "of");
	int64_t count = 0, held = 0;

	if (!home_open(app->home, app->arena, &h, e) || !member_is(h.db, member, app->arena, e) ||
	    !notice_list(h.db, member, call_has(call, "all"), &rows, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	while (notice_next_row(rows, &n, e)) {
		char *mark = arena_mark(app->arena);

		put_notice(app, &n, str_eq(h.language, S("nl")));
		arena_back(app->arena, mark);
		count++;
		held += n.state == NOTICE_HELD;
	}
	out_end(&app->out);
	if (e->kind == ERR_NONE && count == 0)
		app_say(app, "nobody is to be told of anything");
	if (held > 0)
		app_say(app,
			"%lld held: too many members at once. 'waker notice release ISSUE' or "
			"'waker notice discard ISSUE'",
			(long long)held);
	return e->kind == ERR_NONE;
}

// ---- what the breaker holds

static const struct column decide_columns[] = {
	{ "issue", "Issue", true },
	{ "state", "State", false },
	{ "notices", "Notices", false },
	{ "members", "Members", false },
	{ "of", "Of", false },
	{ "usual", "Usually at most", false },
	{ "held_since", "Held since", false },
	{ "by", "By", false },
	{ "reason", "Reason", true },
};

static bool held_now(struct app *app, struct db *d, struct str issue, struct breaker_row *b,
		     struct err *e)
{
	bool known = breaker_last(d, issue, app->arena, b, e);
	char when[TIME_TEXT];

	if (!known)
		return e->kind == ERR_NONE &&
		       err_set(e, ERR_ABSENT,
			       "nothing is held of \"" STR_FMT "\": see 'waker notice plan'",
			       STR_ARG(str_first(issue, 40)));
	if (b->state == BREAKER_HELD)
		return true;
	when[time_write(b->decided, when)] = '\0';
	return err_set(e, ERR_CONFLICT, STR_FMT " was %s at %s, by " STR_FMT, STR_ARG(b->issue),
		       b->state == BREAKER_RELEASED ? "released" : "discarded", when,
		       STR_ARG(b->who));
}

static void put_breaker(struct out *o, const struct breaker_row *b, int64_t count)
{
	out_table(o, decide_columns, COUNTOF(decide_columns));
	out_text(o, b->issue);
	out_text(o, b->state == BREAKER_RELEASED ? S("released") : S("discarded"));
	out_int(o, count);
	out_int(o, b->count.told);
	out_int(o, b->count.everybody);
	out_int(o, b->count.usual);
	out_time(o, b->at);
	out_text(o, b->who);
	out_text(o, b->reason);
	out_end(o);
}

static bool tell_audit(struct app *app, const struct call *call, const struct home *h,
		       const struct breaker_row *b, int64_t count, struct err *e)
{
	struct audit_said said[] = {
		{ "notices", arena_fmt(app->arena, "%lld", (long long)count) },
		{ "members", arena_fmt(app->arena, "%lld", (long long)b->count.told) },
		{ "reason", b->reason },
	};
	struct audit_entry x = {
		.by = audited_by(call, h->now),
		.subject = b->issue,
		.said = said,
		.count = COUNTOF(said),
	};

	return audit_write(h->db, &x, app->arena, e);
}

static bool decide(struct app *app, const struct call *call, struct home *h, struct err *e)
{
	struct str reason = call_option(call, "reason");
	struct breaker_row b;
	int64_t count;

	if (!held_now(app, h->db, call->arg[0], &b, e))
		return false;
	b.state = str_eq(command_verb(call->command), S("release")) ? BREAKER_RELEASED
								    : BREAKER_DISCARDED;
	b.decided = h->now;
	b.who = audited_who(call);
	b.reason = reason.p != NULL ? reason : S("");
	if (!notice_decide(h->db, &b, &count, e) || !tell_audit(app, call, h, &b, count, e))
		return false;
	put_breaker(&app->out, &b, count);
	return true;
}

static bool notice_decide_run(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };

	if (!home_open(app->home, app->arena, &h, e) || !db_begin(h.db, e))
		return false;
	if (!decide(app, call, &h, e)) {
		db_abort(h.db);
		return false;
	}
	if (!app->dry_run)
		return audit_commit(&h, app->arena, e);
	db_abort(h.db);
	app_say(app, "This was a dry run: nothing was changed.");
	return true;
}

// clang-format off
static const struct option plan_options[] = {
	{ "of", "MEMBER", NULL, "only what this member is to be told" },
	{ "all", NULL, NULL, "also what was discarded, or is not to be told any more" },
	{ 0 },
};
static const struct option decide_options[] = {
	{ "reason", "TEXT", NULL, "why" },
	AUDITED_BY,
	{ 0 },
};
static const struct option preview_options[] = {
	{ "of", "MEMBER", NULL, "what is planned for this member" },
	{ 0 },
};
static const struct option list_options[] = {
	{ "of", "MEMBER", NULL, "only those of this member" },
	{ "state", "STATE", "waiting|held|told|failed|cancelled|nothing|shadow", "only those in this state" },
	{ "alert", "ALERT", NULL, "only those of this alert" },
	{ "silent", NULL, NULL, "only those that nobody has answered in the time asked for, or that reached nobody" },
	{ 0 },
};
#define ISSUES { "issues", "FILE", NULL, "what it calls our issues: lines of THEIRS = OURS, also for subjects of mails" }
static const struct option import_options[] = {
	ISSUES,
	{ "reason", "TEXT", NULL, "why" },
	AUDITED_BY,
	{ 0 },
};
static const struct option compare_options[] = {
	{ "day", "DATE", NULL, "which day, by the clock of Central Europe; by default yesterday" },
	{ "each", NULL, NULL, "a row for each thing, not one for each member, issue and reason" },
	ISSUES,
	{ 0 },
};
static const struct command rows[] = {
	{ "notice list", "", "List what was told to members, and what is on its way", READS, 0, 0, list_options,
	  { "waker notice list --of zeehaven",
	    "waker notice list --silent" },
	  "Newest first. A notice is what one member is told at one time; it is told when one of its "
	  "deliveries has arrived, and heard when somebody answered.", notice_sent_list },
	{ "notice show", "NOTICE", "Show one: of what, to whom, by what way, and what became of it", READS, 1, 1, NULL,
	  { "waker notice show N-9WKD47-K",
	    "waker notice show N-9WKD47-K --json" },
	  NULL, notice_sent_show },
	{ "notice preview", "[NOTICE]", "Show the words of one, as its readers get them", READS, 0, 1, preview_options,
	  { "waker notice preview N-9WKD47-K",
	    "waker notice preview --of zeehaven" },
	  "With --of all that is planned for a member, as if its time had come: nothing is changed.", notice_preview },
	{ "notice hold", "NOTICE…", "Hold back what has not left yet", CHANGES, 1, CLI_MAX_ARGS, decide_options,
	  { "waker notice hold N-9WKD47-K",
	    "waker notice hold N-9WKD47-K --reason 'they were called'" },
	  "It waits for 'notice send' or 'notice cancel'. What is being given to a mail server at this "
	  "moment is not called back.", notice_act },
	{ "notice send", "NOTICE…", "Send now what is held, waits, or has failed", CHANGES, 1, CLI_MAX_ARGS, decide_options,
	  { "waker notice send N-9WKD47-K",
	    "waker notice send N-9WKD47-K --by j.doe" },
	  NULL, notice_act },
	{ "notice cancel", "NOTICE…", "Never send what has not left yet", CHANGES, 1, CLI_MAX_ARGS, decide_options,
	  { "waker notice cancel N-9WKD47-K",
	    "waker notice cancel N-9WKD47-K --reason 'told by telephone'" },
	  "Its findings stay as they are.", notice_act },
	{ "notice told", "NOTICE…", "Note that an officer told it", CHANGES, 1, CLI_MAX_ARGS, decide_options,
	  { "waker notice told N-9WKD47-K --reason 'their duty officer answered'",
	    "waker notice told N-9WKD47-K --by j.doe" },
	  "By telephone, or in person: what has not left of it is cancelled, and its findings are told.", notice_act },
	{ "notice stop", "", "Hold all sending at once", CHANGES, 0, 0, decide_options,
	  { "waker notice stop --reason 'a false list'",
	    "waker notice stop --by j.doe" },
	  "For all nodes, until 'notice resume'. What comes meanwhile is made and waits.", notice_stop },
	{ "notice resume", "", "Send again what 'notice stop' holds", CHANGES, 0, 0, decide_options,
	  { "waker notice resume",
	    "waker notice resume --by j.doe" },
	  NULL, notice_stop },
	{ "notice mode", "[off|shadow|on]", "Show or set whether anything leaves", CHANGES, 0, 1, decide_options,
	  { "waker notice mode",
	    "waker notice mode on --reason 'the agreement begins'" },
	  "off: what is to be told is planned, and nothing is made of it. shadow: notices are made beside "
	  "those of another system, and none leaves. on: they leave.", notice_mode },
	{ "notice compare", "FILE", "Compare a day of an older system with what Waker would have told", READS, 1, 1, compare_options,
	  { "waker notice compare mailed.csv --day 2026-11-24",
	    "waker notice compare mailed.csv --issues theirs.txt --json" },
	  "In the mode shadow. FILE is a table with a line of column names: told (when), member or asset (or ip, host), "
	  "issue, port; or a mail (.eml) or mailbox of what it sent: its recipients, date, and the tables in it, else the "
	  "addresses and names of its text: see waker-older(5). Without --each, a row tells how many things of a member and issue there are, and the first.", notice_compare },
	{ "notice import", "FILE", "Count as told what an older system told", CHANGES, 1, 1, import_options,
	  { "waker notice import mailed.csv --dry-run",
	    "waker notice import mailed.csv --issues theirs.txt --reason 'we go live on Monday'" },
	  "Before 'notice mode on', so that nobody is told twice: a finding that a line tells of is told, by then, and is "
	  "asked about again when its time comes; members hear when it is over. FILE is as for 'notice compare'. Each line "
	  "that tells of nothing that is open is shown with its reason; the same file again changes nothing.", notice_import },
	{ "notice plan", "", "Show who is to be told what, when and why", READS, 0, 0, plan_options,
	  { "waker notice plan --of zeehaven",
	    "waker notice plan --all --json" },
	  "At once, or with a digest at 09:00 of the next working day. What is folded goes with the "
	  "next message of its member; what is held waits for 'notice release' or 'notice discard'. "
	  "What has left is in 'notice list'.", notice_plan_show },
	{ "notice release", "ISSUE", "Let go what would tell so many members at once that it was held", CHANGES, 1, 1, decide_options,
	  { "waker notice release vuln.exchange",
	    "waker notice release vuln.exchange --reason 'the day of the great hole'" },
	  "Also what comes of this issue within 24 hours is no longer held.", notice_decide_run },
	{ "notice discard", "ISSUE", "Never tell what was held: a bad feed", CHANGES, 1, 1, decide_options,
	  { "waker notice discard vuln.exchange",
	    "waker notice discard vuln.exchange --reason 'publisher: our mistake'" },
	  "Its findings stay. Take back the batches too, if they were wrong: 'waker recall'.", notice_decide_run },
};
// clang-format on

const struct noun noun_notice = { "notice", "what members are to be told, and when", rows,
				  COUNTOF(rows) };
