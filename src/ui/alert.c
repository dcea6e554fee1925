#include "task/tell/alert.h"

#include "os/file.h"
#include "os/idn.h"
#include "store/roster.h"
#include "ui/audited.h"
#include "ui/nouns.h"
#include "ui/roster_home.h"

enum { MOST_WORDS = 64 };

// clang-format off
static const struct column columns[] = {
	{ "alert", "Alert", false },     { "made", "Made", false },
	{ "by", "By", false },           { "tlp", "TLP", false },
	{ "title", "Title", true },      { "title_nl", NULL, true },
	{ "to", "To", true },            { "members", "Members", false },
	{ "told", "Told", false },       { "failed", "Failed", false },
};
static const struct column member_columns[] = {
	{ "member", "Member", false }, { "name", "Name", true },
};
// clang-format on

static void put_alert(struct out *o, const struct alert_row *x)
{
	out_int(o, x->id);
	out_time(o, x->made);
	out_text(o, x->who);
	out_text(o, x->tlp);
	out_text(o, x->title.n > 0 ? x->title : x->title_nl);
	out_text(o, x->title_nl);
	out_text(o, x->audience);
	out_int(o, x->members);
	out_int(o, x->told);
	out_int(o, x->failed);
}

// ---- a new one

static bool text_of(struct app *app, const struct call *call, const char *option, struct str *out,
		    struct err *e)
{
	struct str file = call_option(call, option);
	const char *path;

	*out = S("");
	if (file.p == NULL)
		return true;
	path = str_z(app->arena, file);
	if (path == NULL)
		return err_set(e, ERR_USAGE, "--%s: a file's name has no NUL in it", option);
	return file_read(path, ALERT_BODY, app->arena, out, e) ||
	       err_in(e, "--%s " STR_FMT, option, STR_ARG(file));
}

static struct str option_or(const struct call *call, const char *option, struct str other)
{
	struct str s = call_option(call, option);

	return s.p != NULL ? s : other;
}

static bool read_alert(struct app *app, const struct call *call, struct alert_row *x, struct err *e)
{
	x->who = audited_who(call);
	x->tlp = option_or(call, "tlp", S("AMBER+STRICT"));
	x->title = option_or(call, "title", S(""));
	x->title_nl = option_or(call, "title-nl", S(""));
	x->audience = call->arg[0];
	for (size_t i = 1; i < call->count; i++)
		x->audience = arena_fmt(app->arena, STR_FMT " " STR_FMT, STR_ARG(x->audience),
					STR_ARG(call->arg[i]));
	return text_of(app, call, "text", &x->body, e) &&
	       text_of(app, call, "text-nl", &x->body_nl, e) && alert_check(x, e);
}

static bool tell_audit(struct app *app, const struct call *call, const struct alert_row *x,
		       int64_t members, struct db *d, struct err *e)
{
	struct audit_said said[] = {
		{ "title", x->title.n > 0 ? x->title : x->title_nl },
		{ "to", x->audience },
		{ "members", arena_fmt(app->arena, "%lld", (long long)members) },
	};
	struct audit_entry a = {
		.by = audited_by(call, x->made),
		.subject = arena_fmt(app->arena, "alert %lld", (long long)x->id),
		.said = said,
		.count = COUNTOF(said),
	};

	return audit_write(d, &a, app->arena, e);
}

static void put_members(struct app *app, const struct roster *r, const struct audience *to)
{
	out_table(&app->out, member_columns, COUNTOF(member_columns));
	LIST_EACH (const int64_t, id, &to->members)
		LIST_EACH (const struct member, m, &r->members)
			if (m->id == *id) {
				out_text(&app->out, m->slug);
				out_text(&app->out, m->name);
			}
	out_end(&app->out);
}

static bool send(struct app *app, const struct call *call, struct roster_home *h,
		 struct alert_row *x, const struct audience *to, struct err *e)
{
	struct composed made;

	if (!db_begin(h->d, e))
		return false;
	if (!alert_send(h->d, x, to, &made, e) ||
	    !tell_audit(app, call, x, made.messages, h->d, e)) {
		db_abort(h->d);
		return false;
	}
	if (app->dry_run) {
		db_abort(h->d);
		app_say(app, "This was a dry run: nothing was changed.");
		return true;
	}
	if (!audit_commit(&h->home, app->arena, e))
		return false;
	if (made.unreachable > 0)
		app_say(app, "%lld of them have no mail address: see 'waker status'",
			(long long)made.unreachable);
	app_say(app, "alert %lld leaves in %d seconds: 'waker alert cancel %lld' until then",
		(long long)x->id, (int)ALERT_HOLD_SECONDS, (long long)x->id);
	return true;
}

static bool alert_new(struct app *app, const struct call *call, struct err *e)
{
	autorosterhome h = { 0 };
	struct alert_row x = { 0 };
	struct roster roster = { 0 };
	struct index *index;
	struct audience to;
	struct audience_of of;

	if (!read_alert(app, call, &x, e) || !roster_home_open(app, &h, e) ||
	    !roster_load(h.d, app->arena, &roster, e) ||
	    !index_build(&roster, idn_to_ascii, app->arena, &index, e))
		return false;
	x.made = h.home.now;
	of = (struct audience_of){ h.d, &roster, index, h.home.now };
	if (!audience_read(&of, call->arg, call->count, app->arena, &to, e))
		return false;
	put_members(app, &roster, &to);
	return (app->dry_run ||
		app_confirm(app, to.members.count,
			    arena_fmt(app->arena, "would tell %zu member%s", to.members.count,
				      to.members.count == 1 ? "" : "s")
				    .p,
			    e)) &&
	       send(app, call, &h, &x, &to, e);
}

// ---- those that there are

static bool alert_all(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	autorows rows = NULL;
	struct alert_row x;

	(void)call;
	if (!home_open(app->home, app->arena, &h, e) || !alert_list(h.db, 0, &rows, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	while (alert_next_row(rows, &x, e))
		put_alert(&app->out, &x);
	out_end(&app->out);
	return e->kind == ERR_NONE;
}

static bool named(struct app *app, struct db *d, struct str word, struct alert_row *out,
		  struct err *e)
{
	int64_t id;

	if (!call_number(word, "alert", &id, e))
		return false;
	return alert_by_id(d, id, app->arena, out, e) ||
	       (e->kind == ERR_NONE &&
		err_set(e, ERR_ABSENT, "there is no alert " STR_FMT ": see 'waker alert list'",
			STR_ARG(word)));
}

static bool alert_show(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	struct alert_row x;

	if (!home_open(app->home, app->arena, &h, e) || !named(app, h.db, call->arg[0], &x, e))
		return false;
	out_record(&app->out, columns, COUNTOF(columns));
	put_alert(&app->out, &x);
	out_end(&app->out);
	out_line(&app->out, "%s", "");
	out_line(&app->out, STR_FMT, STR_ARG(x.body_nl));
	out_line(&app->out, STR_FMT, STR_ARG(x.body));
	app_say(app, "each member's notice: 'waker notice list --alert %lld'", (long long)x.id);
	return true;
}

static bool cancel(struct app *app, const struct call *call, const struct home *h, struct err *e)
{
	struct alert_row x;
	int64_t count;

	if (!named(app, h->db, call->arg[0], &x, e) ||
	    !alert_cancel(h->db, x.id, h->now, &count, e))
		return false;
	if (count == 0)
		return err_set(e, ERR_CONFLICT,
			       "all of alert " STR_FMT " has left, or is cancelled",
			       STR_ARG(call->arg[0]));
	x.made = h->now;
	app_say(app, "%lld of %lld do not leave", (long long)count, (long long)x.members);
	return tell_audit(app, call, &x, count, h->db, e);
}

static bool alert_stop(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	bool ok;

	if (!home_open(app->home, app->arena, &h, e) || !db_begin(h.db, e))
		return false;
	ok = cancel(app, call, &h, e);
	if (ok && !app->dry_run)
		return audit_commit(&h, app->arena, e);
	db_abort(h.db);
	if (ok)
		app_say(app, "This was a dry run: nothing was changed.");
	return ok;
}

// clang-format off
static const struct option new_options[] = {
	{ "title", "TEXT", NULL, "one line, in English" },
	{ "text", "FILE", NULL, "the text in English, as Markdown: paragraphs, lists, code, links" },
	{ "title-nl", "TEXT", NULL, "one line, in Dutch" },
	{ "text-nl", "FILE", NULL, "the text in Dutch" },
	{ "tlp", "TLP", "CLEAR|GREEN|AMBER|AMBER+STRICT", "its label; AMBER+STRICT if not said" },
	AUDITED_BY,
	{ 0 },
};
static const struct option cancel_options[] = { AUDITED_BY, { 0 } };
static const struct command rows[] = {
	{ "alert new", "WHOM…", "Tell members something in an officer's own words", CHANGES, 1, MOST_WORDS, new_options,
	  { "waker alert new kind:hospital --title 'Update gateway X today' --text gateway.md",
	    "waker alert new issue:vuln.exchange member:zeehaven --title-nl 'Werk Exchange bij' --text-nl exchange.nl.md" },
	  "WHOM is all, kind:hospital, umbrella:SLUG, member:SLUG, issue:exposed.rdp (those who have it open; "
	  "issue:infected.* a family), or asset:192.0.2.7 (an address, name or AS number: who holds it). Several "
	  "together name each member once. It leaves after 60 seconds; --dry-run shows whom it would reach.", alert_new },
	{ "alert list", "", "List what officers wrote, and how many it reached", READS, 0, 0, NULL,
	  { "waker alert list", "waker alert list --json" },
	  NULL, alert_all },
	{ "alert show", "ALERT", "Show one, with its text", READS, 1, 1, NULL,
	  { "waker alert show 3", "waker alert show 3 --json" },
	  NULL, alert_show },
	{ "alert cancel", "ALERT", "Let nothing more of it leave", CHANGES, 1, 1, cancel_options,
	  { "waker alert cancel 3", "waker alert cancel 3 --dry-run" },
	  "What has left cannot be called back: write another.", alert_stop },
};
// clang-format on

const struct noun noun_alert = { "alert", "what officers write to members themselves", rows,
				 COUNTOF(rows) };
