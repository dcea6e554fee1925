#include "codec/text/id.h"
#include "model/notice/hearing.h"
#include "store/member.h"
#include "store/message.h"
#include "task/home.h"
#include "ui/notice_rows.h"
#include "ui/say.h"

enum { MOST = 100000 };

// clang-format off
static const struct column columns[] = {
	{ "id", "Notice", false },       { "member", "Member", false },
	{ "kind", "Kind", false },       { "state", "State", false },
	{ "made", "Made", false },       { "due", NULL, false },
	{ "arrived", "Arrived", false }, { "answer_by", NULL, false },
	{ "heard", NULL, false },        { "heard_until", NULL, false },
	{ "heard_says", "Heard", false },
	{ "findings", "Findings", false }, { "worst", "Worst", false },
	{ "round", NULL, false },        { "deliveries", NULL, false },
};
static const struct column delivery_columns[] = {
	{ "channel", "By", false },      { "address", "To", true },
	{ "why", NULL, false },          { "says", "Because it", true },
	{ "form", "Form", false },       { "state", "State", false },
	{ "changed", "Since", false },   { "tries", "Tries", false },
	{ "doubts", NULL, false },       { "code", NULL, false },
	{ "said", "The other side said", true },
};
static const struct column part_columns[] = {
	{ "finding", "Finding", false }, { "severity", "Severity", false },
	{ "issue", "Issue", true },      { "seen", "Seen", true },
	{ "state", "State", false },     { "why", NULL, false },
};
// clang-format on

static enum hearing hearing_of_row(const struct message_row *m, int64_t now)
{
	const struct hearing_of_notice of = {
		.kind = m->kind,
		.state = m->state,
		.arrived = m->arrived,
		.answer = m->answer,
		.least = m->least,
		.until = m->until,
	};

	return hearing_of(&of, now);
}

static bool is_silent(enum hearing h)
{
	return h == HEARING_SILENCE || h == HEARING_UNDELIVERED;
}

// Silence with its age, a promise with its day.
static void put_hearing(struct out *o, const struct message_row *m, int64_t now)
{
	enum hearing h = hearing_of_row(m, now);
	struct str word = hearing_word(h);
	int64_t since = m->arrived != 0 ? m->arrived : m->made;
	long long hours = (long long)((now - since) / TIME_HOUR);
	char says[64], day[TIME_TEXT];

	if (h == HEARING_NOTHING) {
		out_none(o);
		out_none(o);
		out_none(o);
		return;
	}
	snprintf(says, sizeof says, STR_FMT, STR_ARG(word));
	if (is_silent(h) && hours > 0)
		snprintf(says, sizeof says, STR_FMT " for %lld %s", STR_ARG(word),
			 hours < 48 ? hours : hours / 24, hours < 48 ? "h" : "days");
	else if (h == HEARING_PROMISED)
		snprintf(says, sizeof says, STR_FMT " by %.10s", STR_ARG(word),
			 say_time(m->until, day));
	out_text(o, word);
	out_time(o, h == HEARING_PROMISED ? m->until : TIME_NEVER);
	out_text(o, str_of(says));
}

static void put_message(struct out *o, const struct message_row *m, int64_t now)
{
	char id[ID_TEXT];

	id_write('N', m->number, id);
	out_text(o, str_of(id));
	out_text(o, m->slug);
	out_text(o, message_kind_word(m->kind));
	out_text(o, message_state_word(m->state));
	out_time(o, m->made);
	out_time(o, m->due);
	out_time(o, m->arrived > 0 ? m->arrived : TIME_NEVER);
	out_time(o, m->answer > 0 ? m->answer : TIME_NEVER);
	put_hearing(o, m, now);
	out_int(o, m->parts);
	if (m->worst > 0)
		out_text(o, severity_word(m->worst, false));
	else
		out_none(o);
	out_int(o, m->round);
	out_int(o, m->deliveries);
}

// Why nothing leaves, where nothing does.
static bool say_telling(const struct app *app, struct db *d, struct err *e)
{
	struct telling t;
	char since[TIME_TEXT];

	if (!telling(d, app->arena, &t, e))
		return false;
	if (t.mode == TELL_OFF)
		app_say(app, "nothing leaves: the mode is off ('waker notice mode on')");
	else if (t.mode == TELL_SHADOW)
		app_say(app, "nothing leaves: the mode is shadow ('waker notice mode on')");
	if (t.stopped != 0)
		app_say(app, "all sending is held since %s, by " STR_FMT ": 'waker notice resume'",
			say_time(t.stopped, since), STR_ARG(t.who));
	return true;
}

static bool read_filter(const struct call *call, struct message_filter *f, struct err *e)
{
	struct str state = call_option(call, "state"), alert = call_option(call, "alert");
	enum message_state s = MESSAGE_WAITS;
	int64_t number = 0;

	if (state.p != NULL && !message_state_read(state, &s))
		return err_set(e, ERR_USAGE, "--state: \"" STR_FMT "\" is no state of a notice",
			       STR_ARG(str_first(state, 40)));
	if (alert.p != NULL && !call_number(alert, "alert", &number, e))
		return false;
	*f = (struct message_filter){ .member = call_option(call, "of"),
				      .state = state.p != NULL ? (int)s : -1,
				      .alert = number,
				      .most = MOST };
	return true;
}

bool notice_sent_list(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	autorows rows = NULL;
	struct message_filter f;
	struct message_row m;
	bool silent = call_has(call, "silent");

	if (!read_filter(call, &f, e) || !home_open(app->home, app->arena, &h, e) ||
	    !member_is(h.db, f.member, app->arena, e) || !say_telling(app, h.db, e) ||
	    !message_list(h.db, &f, &rows, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	while (message_next_row(rows, &m, e))
		if (!silent || is_silent(hearing_of_row(&m, h.now)))
			put_message(&app->out, &m, h.now);
	out_end(&app->out);
	return e->kind == ERR_NONE;
}

bool notice_named(struct db *d, struct str word, struct arena *a, struct message_row *out,
		  struct err *e)
{
	uint32_t number;

	if (!id_read(word, 'N', &number))
		return err_set(e, ERR_USAGE,
			       "\"" STR_FMT "\" is no id of a notice, such as N-9WKD47-K: its last "
			       "character must fit the others",
			       STR_ARG(str_first(word, 40)));
	return message_by_number(d, number, a, out, e) ||
	       (e->kind == ERR_NONE &&
		err_set(e, ERR_ABSENT, "there is no notice " STR_FMT ": see 'waker notice list'",
			STR_ARG(word)));
}

static void put_part(struct out *o, const struct message_part *p)
{
	char id[ID_TEXT];

	id_write('F', p->number, id);
	out_text(o, str_of(id));
	out_text(o, severity_word(p->severity, false));
	out_text(o, p->issue);
	out_text(o, p->seen);
	out_text(o, finding_state_word(p->state, false));
	out_text(o, urgency_rule_word(p->why));
}

static void put_delivery(struct out *o, const struct delivery_row *x)
{
	out_text(o, channel_word(x->channel));
	out_text(o, x->address);
	out_text(o, delivery_why_word(x->why));
	out_text(o, delivery_why_says(x->why, false));
	out_text(o, form_word(x->form));
	out_text(o, delivery_state_word(x->state));
	out_time(o, x->changed);
	out_int(o, x->tries);
	out_int(o, x->doubts);
	if (x->code > 0)
		out_int(o, x->code);
	else
		out_none(o);
	out_text(o, x->said);
}

static bool put_parts(struct app *app, struct db *d, int64_t message, struct err *e)
{
	autorows rows = NULL;
	struct message_part p;

	if (!message_findings(d, message, &rows, e))
		return false;
	out_line(&app->out, "%s", "");
	out_table(&app->out, part_columns, COUNTOF(part_columns));
	while (message_next_part(rows, &p, e))
		put_part(&app->out, &p);
	out_end(&app->out);
	return e->kind == ERR_NONE;
}

static bool put_deliveries(struct app *app, struct db *d, int64_t message, struct err *e)
{
	autorows rows = NULL;
	struct delivery_row x;

	if (!delivery_of(d, message, &rows, e))
		return false;
	out_line(&app->out, "%s", "");
	out_table(&app->out, delivery_columns, COUNTOF(delivery_columns));
	while (delivery_next_row(rows, &x, e))
		put_delivery(&app->out, &x);
	out_end(&app->out);
	return e->kind == ERR_NONE;
}

bool notice_sent_show(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	struct message_row m;

	if (!home_open(app->home, app->arena, &h, e) ||
	    !notice_named(h.db, call->arg[0], app->arena, &m, e))
		return false;
	out_record(&app->out, columns, COUNTOF(columns));
	put_message(&app->out, &m, h.now);
	out_end(&app->out);
	return put_parts(app, h.db, m.id, e) && put_deliveries(app, h.db, m.id, e);
}
