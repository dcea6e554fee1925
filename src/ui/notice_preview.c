#include "base/list.h"
#include "codec/text/id.h"
#include "store/member.h"
#include "store/notice.h"
#include "task/advice/advice.h"
#include "task/tell/compose.h"
#include "task/tell/fill.h"
#include "task/tell/seal.h"
#include "ui/notice_rows.h"

enum { MOST = 1000, AHEAD_DAYS = 3650 }; // no digest is planned so far ahead

// clang-format off
static const struct column columns[] = {
	{ "id", "Notice", false },         { "channel", "By", false },
	{ "to", "To", true },              { "form", "Form", false },
	{ "subject", "Subject", true },    { "text", NULL, true },
	{ "html", NULL, true },            { "csv", NULL, true },
	{ "jsonl", NULL, true },           { "wishes", "Wishes", true },
	{ "goes", "Not before", false },   { "left_out", "Left out", false },
	{ "machine", NULL, true },
};
// clang-format on
enum { MAIL_COLUMNS = 5 }; // from "subject"

struct previewing {
	struct app *app;
	struct fill fill;
	bool wished; // the first contact's wishes made the moment of what is planned
};

// Which of its reader's wishes made a difference, when it goes by them, and how many findings it is
// not told of.
static void put_wishes(const struct previewing *p, const struct message_row *m,
		       const struct delivery_row *x, const struct filled *l)
{
	struct str list[WISH_COUNT];
	struct wish w;
	int64_t goes;
	bool late;
	size_t n = 0;

	wish_read(l->wishes, &w);
	goes = compose_when(m, &w);
	late = goes != m->due || (p->wished && m->kind == MESSAGE_DIGEST && x->why == TO_FIRST);
	for (unsigned i = 0; i < WISH_COUNT; i++) {
		const bool counts[WISH_COUNT] = {
			[WISH_HOURS] = late,
			[WISH_DAYS] = late,
			[WISH_ZONE] = late,
			[WISH_DIGEST] = m->kind == MESSAGE_DIGEST,
			[WISH_KINDS] = l->unwished > 0,
			[WISH_LEAST] = l->unwished > 0,
			[WISH_MANDATE] = x->why == TO_SUPPLIER,
		};

		list[n] = counts[i] ? wish_written(l->wishes, (enum wish_word)i) : S("");
		n += list[n].n > 0;
	}
	out_texts(&p->app->out, list, n);
	out_time(&p->app->out, goes);
	out_int(&p->app->out, (int64_t)l->unwished);
}

static void put_head(struct app *app, const struct filled *l, const struct delivery_row *x,
		     enum form form)
{
	out_record(&app->out, columns, COUNTOF(columns));
	out_text(&app->out, l->letter.id);
	out_text(&app->out, channel_word(x->channel));
	out_text(&app->out, x->address);
	out_text(&app->out, form_word(form));
}

static void put_lines(struct app *app, struct str text)
{
	if (app->out.form != OUT_HUMAN)
		return;
	out_line(&app->out, "%s", "");
	out_lines(&app->out, text);
}

// Whom nothing is written, and why.
static void put_nothing(const struct previewing *p, const struct message_row *m,
			const struct delivery_row *x, const struct filled *l, struct str why)
{
	struct app *app = p->app;

	put_head(app, l, x, FORM_NONE);
	for (unsigned i = 0; i < MAIL_COLUMNS; i++)
		out_none(&app->out);
	put_wishes(p, m, x, l);
	out_none(&app->out);
	out_end(&app->out);
	app_say(app, STR_FMT " gets nothing of it: " STR_FMT, STR_ARG(x->address), STR_ARG(why));
}

static void put_machine(const struct previewing *p, struct sealing *s, struct filled *l)
{
	struct app *app = p->app;

	seal_for_machine(s, l, app->arena);
	put_head(app, l, &s->delivery, s->form);
	for (unsigned i = 0; i < MAIL_COLUMNS; i++)
		out_none(&app->out);
	put_wishes(p, &s->message, &s->delivery, l);
	out_text(&app->out, s->bytes);
	out_end(&app->out);
	put_lines(app, s->bytes);
}

static bool put_mail(const struct previewing *p, struct sealing *s, struct filled *l, struct err *e)
{
	struct app *app = p->app;
	struct ring_work with;
	struct letter_out words;

	if (!seal_form(&p->fill, s, l, app->arena, &with, e))
		return false;
	seal_in_form(s, l, with.form);
	letter_write(&l->letter, app->arena, &words);
	put_head(app, l, &s->delivery, with.form);
	out_text(&app->out, words.subject);
	out_text(&app->out, words.text);
	out_text(&app->out, words.html);
	out_text(&app->out, words.csv);
	out_text(&app->out, words.jsonl);
	put_wishes(p, &s->message, &s->delivery, l);
	out_none(&app->out);
	out_end(&app->out);
	put_lines(app, words.text);
	return true;
}

// What a delivery would be, as if it were sealed now: what is sent is the same letter.
static bool preview(const struct previewing *p, const struct message_row *m,
		    const struct delivery_row *x, struct err *e)
{
	struct sealing s = { .delivery = *x, .message = *m };
	struct filled l;
	enum sealing_end end;

	if (!fill_letter(&p->fill, m, x, p->app->arena, &l, e))
		return false;
	end = seal_end(&l, x);
	if (end != SEALING_DONE)
		put_nothing(p, m, x, &l, seal_says(end, x));
	else if (x->channel == CHANNEL_MAIL)
		return put_mail(p, &s, &l, e);
	else
		put_machine(p, &s, &l);
	return true;
}

struct deliveries {
	LIST(struct delivery_row) at;
};

static bool deliveries_of(struct app *app, struct db *d, int64_t message, struct deliveries *out,
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
		if (x.channel != CHANNEL_PHONE && x.channel != CHANNEL_OTHER)
			*list_add(&out->at, app->arena) = x;
	}
	return e->kind == ERR_NONE;
}

static bool preview_all(const struct previewing *p, const struct message_row *m, struct err *e)
{
	struct deliveries all = { 0 };

	if (!deliveries_of(p->app, p->fill.home->db, m->id, &all, e))
		return false;
	LIST_EACH (const struct delivery_row, x, &all.at)
		if (!preview(p, m, x, e))
			return false;
	if (all.at.count == 0)
		app_say(p->app, m->state == MESSAGE_TOLD
					? "nothing was written of it: see 'waker notice show'"
					: "nothing is written of it: an officer calls");
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

// When the first of what is planned of the member is due, by its urgency; TIME_NEVER: nothing is.
struct first {
	int64_t due[URGENCY_COUNT];
	bool wished[URGENCY_COUNT]; // its own wishes made it so
};

static bool first_planned(struct db *d, struct str member, struct first *out, struct err *e)
{
	autorows r = NULL;
	struct notice_row n;

	for (unsigned i = 0; i < URGENCY_COUNT; i++)
		out->due[i] = TIME_NEVER;
	if (!notice_list(d, member, false, &r, e))
		return false;
	while (notice_next_row(r, &n, e)) {
		if (n.state == NOTICE_HELD || n.due >= out->due[n.urgency])
			continue;
		out->due[n.urgency] = n.due;
		out->wished[n.urgency] = n.timing == TIMING_WISH;
	}
	return e->kind == ERR_NONE;
}

// Makes all that is planned, as if its time had come, shows what is of the member, and takes it back.
static bool preview_planned(struct previewing *p, struct home *h, struct str member, struct err *e)
{
	struct app *app = p->app;
	struct telling t;
	struct composed made = { 0 };
	struct messages before = { 0 }, all = { 0 };
	struct first first = { 0 };

	if (!first_planned(h->db, member, &first, e) ||
	    !made_of(app, h->db, member, MOST, &before, e) || !telling(h->db, app->arena, &t, e))
		return false;
	t.mode = TELL_ON;
	t.stopped = h->now;
	if (!telling_set(h->db, &t, e) ||
	    !compose_until(h->db, h->now + AHEAD_DAYS * TIME_DAY, h->now, &made, e) ||
	    !made_of(app, h->db, member, MOST, &all, e))
		return false;
	for (size_t i = all.at.count - before.at.count; i > 0;
	     i--) { // what cannot wait was made first
		struct message_row *m = &all.at.at[i - 1];

		m->made = h->now;
		if (first.due[m->urgency] != TIME_NEVER && first.due[m->urgency] > m->due)
			m->due = first.due[m->urgency];
		p->wished = first.wished[m->urgency];
		m->answer = message_answer_by(m->worst > 0 ? m->worst : SEVERITY_LOW, h->now);
		if (!preview_all(p, m, e))
			return false;
	}
	if (all.at.count == before.at.count)
		app_say(app, "nothing is planned for " STR_FMT, STR_ARG(member));
	return true;
}

bool notice_preview(struct app *app, const struct call *call, struct err *e)
{
	struct str member = call_option(call, "of");
	autoshelf shelf = { 0 };
	autohome h = { 0 };
	autofeedshelf feeds = { 0 };
	struct previewing p = { .app = app };
	struct message_row m;
	bool ok;

	if ((call->count > 0) == (member.p != NULL))
		return err_set(e, ERR_USAGE, "say which notice, or what is planned: --of MEMBER");
	if (!home_open(app->home, app->arena, &h, e) || !member_is(h.db, member, app->arena, e) ||
	    !shelf_load(h.path, h.team, &shelf, e) || !fill_begin(&h, app->arena, &p.fill, e))
		return false;
	feed_shelf_init(&feeds);
	p.fill.feeds = &feeds;
	p.fill.advice = shelf_advice(&shelf);
	if (call->count > 0)
		return notice_named(h.db, call->arg[0], app->arena, &m, e) &&
		       preview_all(&p, &m, e);
	if (!db_begin(h.db, e))
		return false;
	ok = preview_planned(&p, &h, member, e);
	db_abort(h.db);
	return ok;
}
