#include "task/answer/answer.h"

#include "base/time.h"
#include "codec/text/id.h"
#include "store/answer.h"
#include "store/member.h"
#include "task/tell/plan.h"
#include "ui/audited.h"
#include "ui/finding_act.h"
#include "ui/nouns.h"

enum { SHOWN = 200 };

// ---- what was answered

// clang-format off
static const struct column columns[] = {
	{ "at", "When", false },        { "finding", "Finding", false },
	{ "member", "Member", false },  { "issue", "Issue", true },
	{ "seen", "Seen", true },       { "answer", "Answer", false },
	{ "until", "Until", false },    { "by", "By", false },
	{ "who", "Who", true },         { "state", "State", false },
	{ "notice", NULL, false },      { "reason", "Their words", true },
};
// clang-format on

static void put_answer(struct out *o, const struct answer_row *x)
{
	char id[ID_TEXT];

	out_time(o, x->at);
	id_write('F', x->number, id);
	out_text(o, str_of(id));
	out_text(o, x->slug);
	out_text(o, x->issue);
	out_text(o, x->seen);
	out_text(o, answer_word(x->answer, false));
	out_time(o, x->until);
	out_text(o, answer_way_word(x->way));
	out_text(o, x->who);
	out_text(o, answer_state_word(x->state));
	if (x->of_message) {
		id_write('N', x->message_number, id);
		out_text(o, str_of(id));
	} else {
		out_none(o);
	}
	out_text(o, x->reason);
}

static bool answer_all(struct app *app, const struct call *call, struct err *e)
{
	struct answer_filter f = { .member = call_option(call, "of"), .most = SHOWN };
	struct finding_row of;
	autohome h = { 0 };
	autorows r = NULL;
	struct answer_row x;

	if (!home_open(app->home, app->arena, &h, e) || !member_is(h.db, f.member, app->arena, e))
		return false;
	if (call->count > 0) {
		if (!finding_named(h.db, call->arg[0], app->arena, &of, e))
			return false;
		f.finding = &of.number;
	}
	if (!answer_list(h.db, &f, &r, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	while (answer_next_row(r, &x, e))
		put_answer(&app->out, &x);
	out_end(&app->out);
	return e->kind == ERR_NONE;
}

// ---- an officer heard one

struct giving {
	struct app *app;
	const struct call *call;
	struct home *home;
	struct answer_from from;
	struct answer_one one; // of each finding
	LIST(struct answer_one) all;
	struct answer_done *done;
};

static bool read_answer(struct giving *w, struct err *e)
{
	struct str as = call_option(w->call, "as"), until = call_option(w->call, "until"),
		   reason = call_option(w->call, "reason");

	w->from = (struct answer_from){ .way = BY_OFFICER,
					.who = audited_who(w->call),
					.now = w->home->now };
	w->one = (struct answer_one){ .until = TIME_NEVER,
				      .reason = reason.p != NULL ? reason : S("") };
	if (as.p == NULL)
		return err_set(e, ERR_USAGE,
			       "--as WORD: what the member answers; one of seen, working, fixed, "
			       "false-alarm, not-ours, accepted");
	if (!answer_read(as, &w->one.answer))
		return err_set(e, ERR_USAGE, "--as: \"" STR_FMT "\" is no answer",
			       STR_ARG(str_first(as, 40)));
	if (until.p != NULL && !time_read(until, &w->one.until))
		return err_set(e, ERR_USAGE,
			       "--until: \"" STR_FMT "\" is no day such as 2026-03-02",
			       STR_ARG(str_first(until, 40)));
	if (until.p != NULL && !answer_has_day(w->one.answer))
		return err_set(e, ERR_USAGE, "--until goes with working and accepted alone");
	return true;
}

static bool which(struct giving *w, struct err *e)
{
	for (size_t i = 0; i < w->call->count; i++) {
		struct finding_row f;
		struct answer_one *one = list_add(&w->all, w->app->arena);

		if (!finding_named(w->home->db, w->call->arg[i], w->app->arena, &f, e))
			return false;
		*one = w->one;
		one->finding = f.number;
	}
	w->done = arena_new(w->app->arena, struct answer_done, w->all.count + 1);
	return true;
}

static bool give(struct giving *w, struct err *e)
{
	const struct planning p = { .now = w->home->now };
	const struct answers what = { w->all.at, w->all.count };
	struct planned planned;

	return answer_give(w->home->db, &w->from, &what, w->done, e) &&
	       notice_plan(w->home->db, &p, &planned, e);
}

static void say_done(struct giving *w)
{
	for (size_t i = 0; i < w->all.count; i++) {
		char id[ID_TEXT];

		id_write('F', w->all.at[i].finding, id);
		if (w->done[i].state == ANSWER_TAKEN) {
			app_say(w->app, "%s: " STR_FMT, id,
				STR_ARG(answer_word(w->all.at[i].answer, false)));
			continue;
		}
		w->app->ended = EXIT_PARTLY;
		app_say(w->app, "%s: it changed nothing: %s", id, w->done[i].why.text);
	}
}

static bool answer_gave(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	struct giving w = { .app = app, .call = call, .home = &h };
	bool ok;

	if (!home_open(app->home, app->arena, &h, e) || !read_answer(&w, e) || !db_begin(h.db, e))
		return false;
	ok = which(&w, e) && give(&w, e);
	if (ok)
		say_done(&w);
	return audited_keep(app, &h, ok, e);
}

static bool answer_back(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	struct answer_from from = { .way = BY_OFFICER, .who = audited_who(call) };
	struct finding_row f;
	bool ok;

	if (!home_open(app->home, app->arena, &h, e) || !db_begin(h.db, e))
		return false;
	from.now = h.now;
	ok = finding_named(h.db, call->arg[0], app->arena, &f, e) &&
	     answer_undo(h.db, &from, f.number, e);
	return audited_keep(app, &h, ok, e);
}

// clang-format off
static const struct option list_options[] = {
	{ "of", "MEMBER", NULL, "only of this member" }, { 0 } };
static const struct option give_options[] = {
	{ "as", "WORD", "seen|working|fixed|false-alarm|not-ours|accepted", "what the member answers" },
	{ "until", "DATE", NULL, "of working: promised by then; of accepted: until when they live with it" },
	{ "reason", "TEXT", NULL, "their words" },
	AUDITED_BY, { 0 } };
static const struct option undo_options[] = { AUDITED_BY, { 0 } };

static const struct command rows[] = {
	{ "answer list", "[FINDING]", "List what members answered, newest first", READS, 0, 1, list_options,
	  { "waker answer list --of zeehaven", "waker answer list F-7K2QXM-5 --json" }, NULL, answer_all },
	{ "answer give", "FINDING…", "Write down what a member answered to an officer", CHANGES, 1, ANSWER_MOST, give_options,
	  { "waker answer give F-7K2QXM-5 --as fixed --reason \"patched, by telephone\"",
	    "waker answer give F-7K2QXM-5 F-MC2BFW-7 --as working --until 2026-12-01" },
	  "It does what the member's own answer would do, and the member's contacts for security get a receipt: who "
	  "did not say so hears of it.", answer_gave },
	{ "answer undo", "FINDING", "Take back the last answer to a finding", CHANGES, 1, 1, undo_options,
	  { "waker answer undo F-7K2QXM-5", "waker answer undo F-7K2QXM-5 --by j.doe" }, NULL, answer_back },
};
// clang-format on
const struct noun noun_answer = { "answer", "what members answer", rows, COUNTOF(rows) };
