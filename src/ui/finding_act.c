#include "ui/finding_act.h"

#include "codec/text/id.h"
#include "store/member.h"
#include "task/audit/write.h"
#include "task/life/act.h"
#include "task/tell/plan.h"
#include "ui/audited.h"

enum { ACT_MAX = 100000 }; // findings of one command

struct acting {
	struct app *app;
	const struct call *call;
	struct home home;
	struct act act;
	LIST(struct finding_row) findings;
	LIST(struct change_row) changes;
};

// clang-format off
#define WHICH \
	{ "of", "MEMBER", NULL, "instead of ids: all of this member's" }, \
	{ "issue", "ISSUE", NULL, "… of this issue, as in exposed.rdp" }, \
	{ "state", "STATE", NULL, "… in this state" }, \
	{ "severity", "LEVEL", NULL, "… of this severity: 1 to 4, or its word" }, \
	{ "feed", "NAME", NULL, "… that this feed has seen" }, \
	{ "reason", "TEXT", NULL, "why; it stands in the finding's history" }, \
	AUDITED_BY
const struct option finding_act_options[] = { WHICH, { 0 } };
const struct option finding_close_options[] = { WHICH,
	{ "as", "END", "closed|fixed|quiet|unlisted|expired|false-alarm|not-ours", "how it ended; closed, if not said" }, { 0 } };
const struct option finding_accept_options[] = { WHICH,
	{ "until", "DATE", NULL, "until when the member lives with it: at most 90 days" }, { 0 } };
const struct option finding_dispute_options[] = { WHICH,
	{ "as", "WORD", "false-alarm|not-ours", "what the member says; false-alarm, if not said" }, { 0 } };
// clang-format on

static const struct column columns[] = {
	{ "id", "Finding", false },     { "member", "Member", false }, { "seen", "Seen", true },
	{ "issue", "Issue", true },     { "was", "Was", false },       { "state", "State", false },
	{ "ended", "Ended as", false }, { "until", NULL, false },      { "by", "By", false },
	{ "reason", "Reason", true },
};

static enum life_act act_of(const struct command *c)
{
	struct str verb = command_verb(c);
	unsigned i = 0;

	while (!str_eq(verb, life_act_word((enum life_act)i)))
		i++; // each verb of the rows is one
	return (enum life_act)i;
}

static bool read_end(struct acting *w, struct err *e)
{
	struct str as;

	if (w->act.act != DO_CLOSE && w->act.act != DO_DISPUTE)
		return true;
	w->act.ended = w->act.act == DO_CLOSE ? END_OFFICER : END_FALSE_ALARM;
	as = call_option(w->call, "as");
	if (as.p == NULL || finding_end_read(as, &w->act.ended))
		return true;
	return err_set(e, ERR_USAGE, "--as: \"" STR_FMT "\" is no way to end",
		       STR_ARG(str_first(as, 40)));
}

static bool read_until(struct acting *w, struct err *e)
{
	int64_t now = w->home.now;
	struct str until;

	w->act.until = TIME_NEVER;
	if (w->act.act != DO_ACCEPT)
		return true;
	until = call_option(w->call, "until");
	if (until.p == NULL)
		return err_set(e, ERR_USAGE, "--until DATE: until when the member lives with it");
	if (!time_read(until, &w->act.until))
		return err_set(e, ERR_USAGE,
			       "--until: \"" STR_FMT "\" is no day such as 2026-03-02",
			       STR_ARG(str_first(until, 40)));
	if (w->act.until <= now || w->act.until > now + ACCEPT_MAX_DAYS * TIME_DAY)
		return err_set(e, ERR_USAGE, "--until: from now on, and at most %d days ahead",
			       (int)ACCEPT_MAX_DAYS);
	return true;
}

static bool read_act(struct acting *w, struct err *e)
{
	struct str reason = call_option(w->call, "reason");

	w->act.act = act_of(w->call->command);
	w->act.now = w->home.now;
	w->act.who = audited_who(w->call);
	w->act.reason = reason.p != NULL ? reason : S("");
	if (w->act.act == DO_NOTE && reason.n == 0)
		return err_set(e, ERR_USAGE, "--reason TEXT: what is to be noted");
	return read_end(w, e) && read_until(w, e);
}

bool finding_named(struct db *d, struct str word, struct arena *a, struct finding_row *out,
		   struct err *e)
{
	uint32_t number;

	if (!id_read(word, 'F', &number))
		return err_set(e, ERR_USAGE,
			       "\"" STR_FMT "\" is no finding's id such as F-7K2QXM-5: was a "
			       "character misread?",
			       STR_ARG(str_first(word, 40)));
	return finding_by_number(d, number, a, out, e) ||
	       (e->kind == ERR_NONE &&
		err_set(e, ERR_ABSENT, "there is no finding " STR_FMT ": see 'waker finding list'",
			STR_ARG(word)));
}

static bool by_filter(struct acting *w, struct err *e)
{
	struct arena *a = w->app->arena;
	struct finding_filter filter;
	struct finding_row f;
	autorows rows = NULL;

	if (!finding_filter_read(w->call, &filter, e))
		return false;
	filter.held = HELD_OR_NOT;
	filter.all = w->act.act == DO_REOPEN || w->act.act == DO_UNDO || w->act.act == DO_NOTE;
	if (!member_is(w->home.db, filter.member, a, e) ||
	    !finding_list(w->home.db, &filter, &rows, e))
		return false;
	while (finding_next_row(rows, &f, e)) {
		if (f.life.state == FINDING_VOID ||
		    (w->act.act != DO_UNDO && !life_may(f.life.state, w->act.act)))
			continue;
		if (w->findings.count == ACT_MAX)
			return err_set(e, ERR_LIMIT, "more than %d findings: narrow the filter",
				       (int)ACT_MAX);
		finding_keep_texts(&f, a);
		*list_add(&w->findings, a) = f;
	}
	return e->kind == ERR_NONE;
}

static bool which(struct acting *w, struct err *e)
{
	static const char *const filters[] = { "of", "issue", "state", "severity", "feed" };
	bool filtered = false;

	for (size_t i = 0; i < COUNTOF(filters); i++)
		filtered = filtered || call_has(w->call, filters[i]);
	if (filtered == (w->call->count > 0))
		return err_set(e, ERR_USAGE, "ids of findings, or a filter such as --of MEMBER%s",
			       filtered ? ": not both" : "");
	if (filtered)
		return by_filter(w, e);
	for (size_t i = 0; i < w->call->count; i++)
		if (!finding_named(w->home.db, w->call->arg[i], w->app->arena,
				   list_add(&w->findings, w->app->arena), e))
			return false;
	return true;
}

static void show(struct acting *w)
{
	struct out *o = &w->app->out;
	char id[ID_TEXT];

	out_table(o, columns, COUNTOF(columns));
	for (size_t i = 0; i < w->changes.count; i++) {
		const struct finding_row *f = &w->findings.at[i];
		const struct change_row *c = &w->changes.at[i];

		id_write('F', f->number, id);
		out_text(o, str_of(id));
		out_text(o, f->slug);
		out_text(o, f->seen);
		out_text(o, f->issue);
		out_text(o, finding_state_word(c->was.state, false));
		out_text(o, finding_state_word(c->is.state, false));
		out_text(o, finding_end_word(c->is.ended, false));
		if (c->is.until == TIME_NEVER)
			out_none(o);
		else
			out_time(o, c->is.until);
		out_text(o, c->who);
		out_text(o, c->reason);
	}
	out_end(o);
}

static bool act_on_all(struct acting *w, struct err *e)
{
	LIST_EACH (const struct finding_row, f, &w->findings) {
		struct change_row *c = list_add(&w->changes, w->app->arena);
		struct finding_row now = *f;
		char id[ID_TEXT];

		// Another finding's act may have changed it: a hole ends all that it holds.
		if ((w->changes.count > 1 &&
		     !finding_by_number(w->home.db, f->number, w->app->arena, &now, e)) ||
		    !life_act(w->home.db, &now, &w->act, w->app->arena, c, e)) {
			id_write('F', f->number, id);
			return err_in(e, "%s", id);
		}
	}
	return true;
}

// One transaction: all of them or none, and what another officer does meanwhile waits.
static bool do_all(struct acting *w, struct err *e)
{
	const struct planning p = { .now = w->home.now };
	struct db *d = w->home.db;
	struct planned planned;

	if (!db_begin(d, e))
		return false;
	if (!which(w, e) || !act_on_all(w, e) || !notice_plan(d, &p, &planned, e)) {
		db_abort(d);
		return false;
	}
	if (w->app->dry_run ||
	    (w->findings.count > 1 && w->call->count == 0 &&
	     !app_confirm(w->app, w->findings.count, "would change findings", e))) {
		db_abort(d);
		return e->kind == ERR_NONE;
	}
	return audit_commit(&w->home, w->app->arena, e);
}

static bool acting_run(struct acting *w, struct err *e)
{
	if (!home_open(w->app->home, w->app->arena, &w->home, e) || !read_act(w, e) ||
	    !do_all(w, e))
		return false;
	show(w);
	if (w->findings.count == 0)
		app_say(w->app, "nothing that the filter finds may be changed so");
	if (w->app->dry_run)
		app_say(w->app, "This was a dry run: nothing was changed.");
	return true;
}

bool finding_act(struct app *app, const struct call *call, struct err *e)
{
	struct acting w = { .app = app, .call = call };
	bool good = acting_run(&w, e);

	home_close(&w.home);
	return good;
}
