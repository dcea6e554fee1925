#include "ui/mail_in.h"

#include "base/time.h"
#include "codec/text/id.h"
#include "model/key/key.h"
#include "os/file.h"
#include "store/mail_in.h"
#include "store/member.h"
#include "task/hear/hear.h"
#include "task/hear/keep.h"
#include "task/service/role.h"
#include "ui/audited.h"

#include <unistd.h>

enum { SHOWN = 200 };

// ---- in

// The mail server takes any status but 0 for "not now" or "never" (sysexits.h), and tells the sender or
// tries again: what is not kept is not taken.
bool mail_receive(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	struct hear_kept kept;
	autofd in = STDIN_FILENO;
	bool plain;

	if (!home_open(app->home, app->arena, &h, e) ||
	    (call->count > 0 && !file_open(str_z(app->arena, call->arg[0]), &in, &plain, e)))
		return false;
	if (app->dry_run) {
		app_say(app, "This was a dry run: nothing was kept.");
		return true;
	}
	if (!hear_keep(&h, call->count > 0 ? MAIL_BY_FILE : MAIL_BY_PIPE, in, app->arena, &kept, e))
		return false;
	role_tell(&h, ROLE_KEYS);
	if (call->count > 0)
		app_say(app, "mail %lld: %s", (long long)kept.id,
			kept.known ? "it came before" : "kept, and to be read");
	return true;
}

// ---- what came

// clang-format off
static const struct column columns[] = {
	{ "mail", "Mail", false },       { "came", "Came", false },
	{ "state", "State", false },     { "kind", "Kind", false },
	{ "from", "From", true },        { "subject", "Subject", true },
	{ "member", "Member", false },   { "proof", "Proven", false },
	{ "says", "What became of it", true },
	{ "by", NULL, false },           { "message_id", NULL, false },
	{ "bytes", NULL, false },        { "read", NULL, false },
	{ "reader", NULL, false },
};
// clang-format on

static void put_mail(struct out *o, const struct mail_row *m)
{
	out_int(o, m->id);
	out_time(o, m->came);
	out_text(o, mail_state_word(m->state));
	out_text(o, mail_kind_word(m->kind));
	out_text(o, m->sender);
	out_text(o, m->subject);
	out_text(o, m->slug);
	out_text(o, mail_proof_word(m->proof));
	out_text(o, m->says);
	out_text(o, mail_way_word(m->way));
	out_text(o, m->message);
	out_int(o, m->bytes);
	out_time(o, m->read > 0 ? m->read : TIME_NEVER);
	out_text(o, m->reader);
}

bool mail_all(struct app *app, const struct call *call, struct err *e)
{
	struct str word = call_option(call, "state");
	struct mail_filter f = { .state = -1, .member = call_option(call, "of"), .most = SHOWN };
	enum mail_state state;
	autohome h = { 0 };
	autorows r = NULL;
	struct mail_row m;

	if (word.p != NULL && mail_state_read(word, &state))
		f.state = (int)state;
	if (!home_open(app->home, app->arena, &h, e) || !member_is(h.db, f.member, app->arena, e) ||
	    !mail_list(h.db, &f, &r, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	while (mail_next_row(r, &m, e))
		put_mail(&app->out, &m);
	out_end(&app->out);
	return e->kind == ERR_NONE;
}

static bool find(struct app *app, const struct home *h, struct str word, struct mail_row *out,
		 struct err *e)
{
	int64_t id;

	return call_number(word, "mail", &id, e) &&
	       (mail_by_id(h->db, id, app->arena, out, e) ||
		(e->kind == ERR_NONE &&
		 err_set(e, ERR_ABSENT, "there is no mail %lld: see 'waker mail list'",
			 (long long)id)));
}

bool mail_show(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	struct mail_row m;

	if (!home_open(app->home, app->arena, &h, e) || !find(app, &h, call->arg[0], &m, e))
		return false;
	out_record(&app->out, columns, COUNTOF(columns));
	put_mail(&app->out, &m);
	out_end(&app->out);
	return true;
}

bool mail_raw(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	automapped bytes = { 0 };
	struct mail_row m;
	const struct audit_entry look = {
		.by = audited_by(call, 0),
		.subject = arena_fmt(app->arena, "mail " STR_FMT, STR_ARG(call->arg[0])),
	};
	struct audit_entry x = look;

	if (!home_open(app->home, app->arena, &h, e) || !find(app, &h, call->arg[0], &m, e))
		return false;
	x.by.now = h.now;
	return audited_look(app, &h, &x, e) && hear_bytes(&h, &m, app->arena, &bytes, e) &&
	       file_write_all(STDOUT_FILENO, bytes, e);
}

static const struct column answer_columns[] = {
	{ "finding", "Finding", false },
	{ "answer", "Answer", false },
	{ "until", "Until", false },
};
static const struct column bounce_columns[] = {
	{ "address", "Address", true }, { "action", "Action", false },
	{ "reason", "Reason", false },  { "status", "Status", false },
	{ "code", "Reply", false },     { "of_address", NULL, false },
	{ "temporary", NULL, false },
};

static void put_answers(struct out *o, const struct heard_mail *m)
{
	char id[ID_TEXT];

	out_table(o, answer_columns, COUNTOF(answer_columns));
	LIST_EACH (const struct answer_one, x, &m->answers) {
		id_write('F', x->finding, id);
		out_text(o, str_of(id));
		out_text(o, answer_word(x->answer, false));
		out_time(o, x->until);
	}
	out_end(o);
}

static void put_bounces(struct out *o, const struct bounce *b)
{
	static const char *const actions[] = { "failed", "delayed", "delivered" };

	out_table(o, bounce_columns, COUNTOF(bounce_columns));
	LIST_EACH (const struct bounce_recipient, x, &b->of) {
		out_text(o, x->address);
		out_text(o, str_of(actions[x->action]));
		out_text(o, bounce_reason_word(x->reason));
		out_text(o, x->status);
		if (x->code > 0)
			out_int(o, x->code);
		else
			out_none(o);
		out_flag(o, bounce_of_address(x->reason));
		out_flag(o, x->temporary);
	}
	out_end(o);
}

bool mail_explain(struct app *app, const struct call *call, struct err *e)
{
	struct heard_mail m = { 0 };
	autohome h = { 0 };
	automime reader = mime_reader_new(e);
	struct str bytes;

	if (reader == NULL || !home_open(app->home, app->arena, &h, e) ||
	    !file_read(str_z(app->arena, call->arg[0]), HEAR_BYTES, app->arena, &bytes, e) ||
	    !hear_bytes_of(&(struct hearing){ &h, reader }, bytes, app->arena, &m, e))
		return false;
	out_record(&app->out, columns, COUNTOF(columns));
	put_mail(&app->out, &m.row);
	out_end(&app->out);
	if (m.answers.count > 0)
		put_answers(&app->out, &m);
	if (m.bounce.of.count > 0)
		put_bounces(&app->out, &m.bounce);
	return true;
}

static bool audit(struct app *app, const struct call *call, const struct home *h,
		  struct str subject, struct str says, struct err *e)
{
	const struct audit_said said[] = { { "reason", says } };
	const struct audit_entry x = { .by = audited_by(call, h->now),
				       .subject = subject,
				       .said = said,
				       .count = COUNTOF(said) };

	return audit_write(h->db, &x, app->arena, e);
}

static bool settle(struct app *app, const struct call *call, const struct home *h,
		   const struct mail_row *m, struct str says, struct err *e)
{
	return mail_read_by(h->db, m->id, h->now, audited_who(call), says, e) &&
	       audit(app, call, h, arena_fmt(app->arena, "mail %lld", (long long)m->id), says, e);
}

static struct str reason_of(const struct call *call)
{
	struct str reason = call_option(call, "reason");

	return reason.p != NULL ? reason : S("");
}

bool mail_done(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	struct mail_row m;
	bool ok;

	if (!home_open(app->home, app->arena, &h, e) || !db_begin(h.db, e))
		return false;
	ok = find(app, &h, call->arg[0], &m, e) && settle(app, call, &h, &m, reason_of(call), e);
	return audited_keep(app, &h, ok, e);
}

// ---- a report that a person looked at

struct putting {
	struct mail_row row;
	struct heard_mail heard;
	struct report report;
};

static bool stage(struct app *app, const struct home *h, struct str feed, struct putting *p,
		  struct err *e)
{
	automime reader = mime_reader_new(e);
	automapped bytes = { 0 };
	struct report_mail from = { .home = h, .reader = reader, .mail = p->row.id };

	if (reader == NULL || !hear_bytes(h, &p->row, app->arena, &bytes, e) ||
	    !hear_bytes_of(&(struct hearing){ h, reader }, bytes, app->arena, &p->heard, e) ||
	    !report_for(h, feed, &p->heard.whole, app->arena, &p->report, e))
		return false;
	if (p->report.why.n > 0)
		return err_set(e, ERR_INPUT, "mail %lld: " STR_FMT, (long long)p->row.id,
			       STR_ARG(p->report.why));
	from.bytes = p->heard.inside;
	return app->dry_run || report_stage(&from, &p->report, app->arena, e);
}

bool mail_put(struct app *app, const struct call *call, struct err *e)
{
	struct putting p = { 0 };
	struct str says;
	autohome h = { 0 };
	bool ok;

	if (!home_open(app->home, app->arena, &h, e) || !find(app, &h, call->arg[0], &p.row, e) ||
	    !stage(app, &h, call->arg[1], &p, e) || !db_begin(h.db, e))
		return false;
	says = arena_fmt(app->arena, "%zu file%s for " STR_FMT "%s" STR_FMT, p.report.files.count,
			 p.report.files.count == 1 ? "" : "s", STR_ARG(p.report.feed),
			 reason_of(call).n > 0 ? ": " : "", STR_ARG(reason_of(call)));
	ok = settle(app, call, &h, &p.row, says, e) &&
	     (app->dry_run || report_lay(&h, p.row.id, &p.report, app->arena, e));
	if (!audited_keep(app, &h, ok, e))
		return false;
	app_say(app, "mail %lld: " STR_FMT, (long long)p.row.id, STR_ARG(says));
	return true;
}

// ---- addresses that do not take it

// clang-format off
static const struct column trouble_columns[] = {
	{ "address", "Address", true }, { "member", "Member", false },
	{ "since", "Since", false },    { "last", "Last", false },
	{ "times", "Times", false },    { "hard", NULL, false },
	{ "until", "Round it until", false },
	{ "code", "Code", false },      { "says", "Its server said", true },
	{ "mail", "Mail", false },
};
// clang-format on

bool mail_bounces(struct app *app, const struct call *call, struct err *e)
{
	struct out *o = &app->out;
	autohome h = { 0 };
	autorows r = NULL;
	struct trouble_row t;

	(void)call;
	if (!home_open(app->home, app->arena, &h, e) || !trouble_list(h.db, h.now, &r, e))
		return false;
	out_table(o, trouble_columns, COUNTOF(trouble_columns));
	while (trouble_next_row(r, &t, e)) {
		out_text(o, t.address);
		out_text(o, t.slug);
		out_time(o, t.since);
		out_time(o, t.last);
		out_int(o, t.times);
		out_flag(o, t.hard);
		out_time(o, t.until);
		out_text(o, t.code);
		out_text(o, t.says);
		if (t.mail > 0)
			out_int(o, t.mail);
		else
			out_none(o);
	}
	out_end(o);
	return e->kind == ERR_NONE;
}

bool mail_trust(struct app *app, const struct call *call, struct err *e)
{
	struct str reason = call_option(call, "reason");
	char room[KEY_ADDRESS];
	struct str lower = key_address(call->arg[0], room);
	autohome h = { 0 };
	bool ok, was;

	if (!home_open(app->home, app->arena, &h, e) || !db_begin(h.db, e))
		return false;
	ok = trouble_end(h.db, lower, &was, e) &&
	     (was || err_set(e, ERR_ABSENT, "mail does not go round " STR_FMT, STR_ARG(lower))) &&
	     audit(app, call, &h, S("mail"), reason.p != NULL ? reason : S(""), e);
	return audited_keep(app, &h, ok, e);
}

// clang-format off
const struct option mail_list_options[] = {
	{ "state", "STATE", "waiting|officer|done", "only in this state" },
	{ "of", "MEMBER", NULL, "only of this member" }, { 0 } };
const struct option mail_done_options[] = {
	{ "reason", "TEXT", NULL, "what became of it" }, AUDITED_BY, { 0 } };
const struct option mail_trust_options[] = {
	{ "reason", "TEXT", NULL, "why it takes mail again" }, AUDITED_BY, { 0 } };
// clang-format on
