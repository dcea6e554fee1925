#include "base/list.h"
#include "codec/text/id.h"
#include "model/notice/travel.h"
#include "task/tell/compose.h"
#include "task/tell/fill.h"
#include "task/tell/seal.h"
#include "ui/notice_rows.h"

enum { MOST = 1000, AHEAD_DAYS = 3650 }; // no digest is planned so far ahead

static const struct column columns[] = {
	{ "id", "Notice", false },      { "to", "To", true },    { "form", "Form", false },
	{ "subject", "Subject", true }, { "text", NULL, true },  { "html", NULL, true },
	{ "csv", NULL, true },          { "jsonl", NULL, true },
};

// What a delivery would be, as if it were sealed now: what is sent is the same letter.
static bool preview(struct app *app, const struct home *h, const struct message_row *m,
		    const struct delivery_row *x, struct err *e)
{
	struct fill f = { .home = h };
	struct letter_out words;
	struct filled l;
	enum form form;

	if (!fill_letter(&f, m, x, app->arena, &l, e))
		return false;
	form = seal_form(m, x, &l);
	l.letter.neutral = !travel_shows(form);
	letter_write(&l.letter, app->arena, &words);
	out_record(&app->out, columns, COUNTOF(columns));
	out_text(&app->out, l.letter.id);
	out_text(&app->out, x->address);
	out_text(&app->out, form_word(form));
	out_text(&app->out, words.subject);
	out_text(&app->out, words.text);
	out_text(&app->out, words.html);
	out_text(&app->out, words.csv);
	out_text(&app->out, words.jsonl);
	out_end(&app->out);
	if (app->out.form != OUT_HUMAN)
		return true;
	out_line(&app->out, " ");
	while (words.text.n > 0) {
		struct str line = str_cut(&words.text, '\n');

		out_line(&app->out, STR_FMT, STR_ARG(line));
	}
	return true;
}

struct mails {
	LIST(struct delivery_row) at;
};

static bool mails_of(struct app *app, struct db *d, int64_t message, struct mails *out,
		     struct err *e)
{
	autorows r = NULL;
	struct delivery_row x;

	if (!delivery_of(d, message, &r, e))
		return false;
	while (delivery_next_row(r, &x, e)) {
		x.address = arena_str(app->arena, x.address);
		x.said = arena_str(app->arena, x.said);
		x.tag = arena_str(app->arena, x.tag);
		if (x.channel == CHANNEL_MAIL)
			*list_add(&out->at, app->arena) = x;
	}
	return e->kind == ERR_NONE;
}

static bool preview_all(struct app *app, const struct home *h, const struct message_row *m,
			struct err *e)
{
	struct mails all = { 0 };

	if (!mails_of(app, h->db, m->id, &all, e))
		return false;
	LIST_EACH (const struct delivery_row, x, &all.at)
		if (!preview(app, h, m, x, e))
			return false;
	if (all.at.count == 0)
		app_say(app, m->deliveries > 0 && m->state == MESSAGE_TOLD
				     ? "no mail was made of it: see 'waker notice show'"
				     : "no mail is made of it: an officer calls");
	return true;
}

// ---- what is planned

struct messages {
	LIST(struct message_row) at;
};

static bool made_of(struct app *app, struct db *d, struct str member, size_t most,
		    struct messages *out, struct err *e)
{
	struct message_filter f = { .member = member, .state = -1, .most = (int64_t)most };
	autorows r = NULL;
	struct message_row m;

	if (!message_list(d, &f, &r, e))
		return false;
	while (message_next_row(r, &m, e)) {
		m.slug = arena_str(app->arena, m.slug);
		*list_add(&out->at, app->arena) = m;
	}
	return e->kind == ERR_NONE;
}

// Makes all that is planned, as if its time had come, shows what is of the member, and takes it back.
static bool preview_planned(struct app *app, struct home *h, struct str member, struct err *e)
{
	struct telling t;
	struct composed made = { 0 };
	struct messages before = { 0 }, all = { 0 };

	if (!made_of(app, h->db, member, MOST, &before, e) || !telling(h->db, app->arena, &t, e))
		return false;
	t.mode = TELL_ON;
	t.stopped = h->now;
	if (!telling_set(h->db, &t, e) ||
	    !compose_due(h->db, h->now + AHEAD_DAYS * TIME_DAY, &made, e) ||
	    !made_of(app, h->db, member, MOST, &all, e))
		return false;
	for (size_t i = 0; i + before.at.count < all.at.count; i++) {
		struct message_row *m = &all.at.at[i];

		m->made = h->now;
		m->answer = message_answer_by(m->worst > 0 ? m->worst : SEVERITY_LOW, h->now);
		if (!preview_all(app, h, m, e))
			return false;
	}
	if (all.at.count == before.at.count)
		app_say(app, "nothing is planned for " STR_FMT, STR_ARG(member));
	return true;
}

bool notice_preview(struct app *app, const struct call *call, struct err *e)
{
	struct str member = call_option(call, "of");
	autohome h = { 0 };
	struct message_row m;
	bool ok;

	if ((call->count > 0) == (member.p != NULL))
		return err_set(e, ERR_USAGE, "say which notice, or what is planned: --of MEMBER");
	if (!home_open(app->home, app->arena, &h, e))
		return false;
	if (call->count > 0)
		return notice_named(h.db, call->arg[0], app->arena, &m, e) &&
		       preview_all(app, &h, &m, e);
	if (!db_begin(h.db, e))
		return false;
	ok = preview_planned(app, &h, member, e);
	db_abort(h.db);
	return ok;
}
