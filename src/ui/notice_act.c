#include "codec/text/id.h"
#include "store/shadow.h"
#include "task/home.h"
#include "task/tell/act.h"
#include "ui/audited.h"
#include "ui/notice_rows.h"

static const struct column columns[] = {
	{ "id", "Notice", false },
	{ "member", "Member", false },
	{ "kind", "Kind", false },
	{ "state", "State", false },
};
static const struct column telling_columns[] = {
	{ "mode", "Mode", false },
	{ "stopped", "Held since", false },
	{ "by", "By", false },
	{ "reason", "Reason", true },
};

// ---- one message, or some

static bool tell_audit(struct app *app, const struct call *call, const struct home *h,
		       const struct message_row *m, struct err *e)
{
	char id[ID_TEXT];
	struct audit_said said[] = {
		{ "member", m->slug },
		{ "state", message_state_word(m->state) },
		{ "reason", call_option(call, "reason") },
	};
	struct audit_entry x = {
		.by = audited_by(call, h->now),
		.said = said,
		.count = COUNTOF(said),
	};

	id_write('N', m->number, id);
	x.subject = str_of(id);
	return audit_write(h->db, &x, app->arena, e);
}

static void put_message(struct out *o, const struct message_row *m)
{
	char id[ID_TEXT];

	id_write('N', m->number, id);
	out_text(o, str_of(id));
	out_text(o, m->slug);
	out_text(o, message_kind_word(m->kind));
	out_text(o, message_state_word(m->state));
}

static bool act_on_all(struct app *app, const struct call *call, const struct home *h,
		       struct err *e)
{
	struct told_by by = { h->now, call_option(call, "reason") };
	enum message_act act = MESSAGE_ACT_COUNT;
	struct message_row m;

	if (!message_act_read(command_verb(call->command), &act))
		return err_set(e, ERR_SYSTEM, "this is no act on a notice");
	for (size_t i = 0; i < call->count; i++) {
		if (!notice_named(h->db, call->arg[i], app->arena, &m, e) ||
		    !tell_act(h->db, &m, act, &by, e) || !tell_audit(app, call, h, &m, e))
			return false;
		put_message(&app->out, &m);
	}
	return true;
}

bool notice_act(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	bool ok;

	if (!home_open(app->home, app->arena, &h, e) || !db_begin(h.db, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	ok = audited_keep(app, &h, act_on_all(app, call, &h, e), e);
	if (ok)
		out_end(&app->out);
	return ok;
}

// ---- all of them

static void put_telling(struct out *o, const struct telling *t)
{
	out_record(o, telling_columns, COUNTOF(telling_columns));
	out_text(o, tell_mode_word(t->mode));
	out_time(o, t->stopped != 0 ? t->stopped : TIME_NEVER);
	out_text(o, t->who);
	out_text(o, t->reason);
	out_end(o);
}

static bool audit_telling(struct app *app, const struct call *call, const struct home *h,
			  const struct telling *t, struct err *e)
{
	struct audit_said said[] = {
		{ "mode", tell_mode_word(t->mode) },
		{ "stopped", t->stopped != 0 ? S("yes") : S("no") },
		{ "reason", t->reason },
	};
	struct audit_entry x = {
		.by = audited_by(call, h->now),
		.subject = S("sending"),
		.said = said,
		.count = COUNTOF(said),
	};

	return audit_write(h->db, &x, app->arena, e);
}

static bool decide(struct app *app, const struct call *call, struct home *h, struct telling *t,
		   struct err *e)
{
	struct str reason = call_option(call, "reason");

	t->who = audited_who(call);
	t->reason = reason.p != NULL ? reason : S("");
	t->at = h->now;
	return tell_switch(h->db, t, h->now, e) && audit_telling(app, call, h, t, e);
}

bool notice_stop(struct app *app, const struct call *call, struct err *e)
{
	bool stop = str_eq(command_verb(call->command), S("stop"));
	autohome h = { 0 };
	struct telling t;

	if (!home_open(app->home, app->arena, &h, e) || !db_begin(h.db, e))
		return false;
	if (telling(h.db, app->arena, &t, e)) {
		t.stopped = !stop ? 0 : t.stopped != 0 ? t.stopped : h.now;
		if (!audited_keep(app, &h, decide(app, call, &h, &t, e), e))
			return false;
		put_telling(&app->out, &t);
		return true;
	}
	db_abort(h.db);
	return false;
}

// What an older system told and nobody imported would be told again.
static void say_left(const struct app *app, const struct shadow_left *left)
{
	if (left->findings > 0)
		app_say(app,
			"From now on it tells what only the shadow told: %lld finding%s of %lld "
			"member%s. What an older system told of them: 'waker notice import'",
			(long long)left->findings, left->findings == 1 ? "" : "s",
			(long long)left->members, left->members == 1 ? "" : "s");
}

static bool set_mode(struct app *app, const struct call *call, struct home *h, struct telling *t,
		     struct err *e)
{
	struct shadow_left left = { 0 };
	bool ok;

	if (!db_begin(h->db, e))
		return false;
	ok = (t->mode != TELL_ON || shadow_left(h->db, &left, e)) && decide(app, call, h, t, e);
	if (!audited_keep(app, h, ok, e))
		return false;
	say_left(app, &left);
	return true;
}

bool notice_mode(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	enum tell_mode mode = TELL_OFF;
	struct telling t;

	if (call->count > 0 && !tell_mode_read(call->arg[0], &mode))
		return err_set(e, ERR_USAGE, "the mode is off, shadow or on, not \"" STR_FMT "\"",
			       STR_ARG(str_first(call->arg[0], 40)));
	if (!home_open(app->home, app->arena, &h, e) || !telling(h.db, app->arena, &t, e))
		return false;
	if (call->count > 0) {
		t.mode = mode;
		if (!set_mode(app, call, &h, &t, e))
			return false;
		if (mode == TELL_ON &&
		    (str_eq(h.mail.send, S("off")) || str_eq(h.mail.from, S("none"))))
			app_say(app,
				"But no mail can leave: [mail] of waker.conf says send = " STR_FMT
				", from = " STR_FMT ".",
				STR_ARG(h.mail.send), STR_ARG(h.mail.from));
	}
	put_telling(&app->out, &t);
	return true;
}
