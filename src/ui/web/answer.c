#include "codec/text/id.h"
#include "model/notice/letter.h"
#include "task/tell/plan.h"
#include "ui/web/answer_form.h"
#include "ui/web/views.h"

struct answering {
	struct web_call *c;
	struct answer_page page; // as it was before anything was done
	struct typed_all typed;
	struct answer_done *done; // of those that were chosen, in their order
	bool dutch;
};

static bool open_page(struct answering *w, struct web_call *c, struct err *e)
{
	*w = (struct answering){ .c = c };
	if (!answer_open(c->web->home->db, c->part, c->now, &c->web->a, &w->page, e))
		return false;
	// Who got the mail reads its language, unless they asked for another.
	if (http_ask_query(c->ask, "l").n == 0 && w->page.language.n > 0)
		c->page.language = str_eq(w->page.language, S("nl")) ? PAGE_DUTCH : PAGE_ENGLISH;
	w->dutch = c->page.language == PAGE_DUTCH;
	return true;
}

static struct str time_text(const struct answering *w, int64_t t)
{
	return letter_time(t, w->dutch, false, arena_new(&w->c->web->a, char, LETTER_TIME));
}

static struct str id_text(const struct answering *w, char kind, uint32_t number)
{
	char *id = arena_new(&w->c->web->a, char, ID_TEXT);

	id_write(kind, number, id);
	return str_of(id);
}

// ---- the form

static enum word label_of(enum answer answer)
{
	switch (answer) {
	case ANSWER_FIXED:
		return WORD_ANSWER_FIXED;
	case ANSWER_WORKING:
		return WORD_ANSWER_WORKING;
	case ANSWER_FALSE_ALARM:
		return WORD_ANSWER_FALSE_ALARM;
	case ANSWER_NOT_OURS:
		return WORD_ANSWER_NOT_OURS;
	case ANSWER_ACCEPTED:
	case ANSWER_SEEN:
	case ANSWER_COUNT:
		break;
	}
	return WORD_ANSWER_ACCEPTED;
}

static void put_said(struct answering *w, const struct answer_finding *f, struct str id)
{
	if (f->said == ANSWER_COUNT)
		return;
	page_answer_said(&w->c->page, id, answer_word(f->said, w->dutch), time_text(w, f->said_at),
			 f->promised > 0 ? letter_day(f->promised, &w->c->web->a) : S(""),
			 f->promised > 0, f->undo);
}

static bool put_choices(struct answering *w, const struct typed *t, struct str id)
{
	bool any = false;

	for (size_t i = 0; i < typed_answers_count; i++) {
		enum answer one = typed_answers[i];

		if ((t->of->may & 1u << one) == 0)
			continue;
		page_answer_choice(&w->c->page, id, answer_word(one, false), label_of(one),
				   t->answer == one);
		any = true;
	}
	return any;
}

static bool put_finding(struct answering *w, const struct typed *t)
{
	const struct answer_finding *f = t->of;
	struct page *p = &w->c->page;
	struct arena *a = &w->c->web->a;
	struct str id = id_text(w, 'F', f->number);
	bool any;

	page_answer_finding(p, id, web_level(w->c, f->severity), w->dutch ? f->title_nl : f->title,
			    f->seen, time_text(w, f->last_seen));
	put_said(w, f, id);
	if (t->bad_day)
		page_answer_wrong(p, WORD_ANSWER_BAD_DAY);
	if (t->bad_code)
		page_answer_wrong(p, WORD_ANSWER_BAD_CODE);
	any = put_choices(w, t, id);
	if (any) {
		page_answer_rest(p, id, t->until, letter_day(w->c->now + TIME_DAY, a),
				 letter_day(w->c->now + (ACCEPT_MAX_DAYS - 1) * TIME_DAY, a),
				 t->reason);
		if ((f->may & f->code) != 0)
			page_answer_code(p, id, t->code);
	} else {
		page_answer_over(p);
	}
	page_answer_close(p);
	return any;
}

// note: WORD_COUNT: none.
static void put_form(struct answering *w, enum word note, bool bad)
{
	struct web_call *c = w->c;
	struct page *p = &c->page;
	bool any = false;

	web_begin(c, WORD_ANSWER_TITLE);
	page_answer_head(p, id_text(w, 'N', w->page.number), w->page.member,
			 time_text(w, w->page.made), w->page.answer > 0,
			 w->page.answer > 0 ? time_text(w, w->page.answer) : S(""));
	if (note != WORD_COUNT)
		page_answer_note(p, bad, note);
	page_answer_begin(p);
	for (size_t i = 0; i < w->typed.n; i++)
		any = put_finding(w, &w->typed.at[i]) || any;
	page_answer_end(p, any);
	if (w->page.more > 0)
		page_answer_more(p);
	page_answer_clock(p);
	web_end(c);
}

bool web_answer_page(struct web_call *c, struct err *e)
{
	struct answering w;

	if (!open_page(&w, c, e))
		return false;
	w.typed = typed_nothing(&w.page, &c->web->a);
	put_form(&w, WORD_COUNT, false);
	return true;
}

// ---- what was sent

static struct answer_from from_of(const struct answering *w)
{
	const struct web_call *c = w->c;

	return (struct answer_from){
		.way = BY_LINK,
		.token = c->part,
		.now = c->now,
		.machines = web_from_machines(c),
	};
}

static bool plan(struct answering *w, struct err *e)
{
	const struct planning p = { .now = w->c->now };
	struct planned planned;

	return notice_plan(w->c->web->home->db, &p, &planned, e);
}

static bool give(struct answering *w, struct err *e)
{
	struct arena *a = &w->c->web->a;
	struct answer_one *all = arena_new(a, struct answer_one, w->typed.chosen);
	struct answers what = { .all = all };
	struct answer_from from = from_of(w);

	w->done = arena_new(a, struct answer_done, w->typed.chosen);
	for (size_t i = 0; i < w->typed.n; i++) {
		const struct typed *t = &w->typed.at[i];

		if (t->answer != ANSWER_COUNT)
			all[what.n++] = (struct answer_one){ t->of->number, t->answer, t->day,
							     t->reason, t->code };
	}
	return answer_give(w->c->web->home->db, &from, &what, w->done, e) && plan(w, e);
}

static bool any_is(const struct answering *w, enum answer_state state)
{
	for (size_t i = 0; i < w->typed.chosen; i++)
		if (w->done[i].state == state)
			return true;
	return false;
}

static void put_done(struct answering *w, const struct typed *t, const struct answer_done *done)
{
	static const enum word says[ANSWER_STATE_COUNT] = {
		[ANSWER_TAKEN] = WORD_RECEIPT_TAKEN,   [ANSWER_DOUBTED] = WORD_ANSWER_MACHINE,
		[ANSWER_WEAK] = WORD_RECEIPT_WEAK,     [ANSWER_LATE] = WORD_RECEIPT_LATE,
		[ANSWER_UNDONE] = WORD_RECEIPT_UNDONE,
	};

	page_receipt_one(&w->c->page, id_text(w, 'F', t->of->number),
			 w->dutch ? t->of->title_nl : t->of->title, says[done->state],
			 done->state == ANSWER_TAKEN ? answer_word(t->answer, w->dutch) : S(""),
			 done->state == ANSWER_TAKEN);
}

static void put_receipt(struct answering *w)
{
	size_t n = 0;

	web_begin(w->c, WORD_RECEIPT_TITLE);
	page_receipt_head(&w->c->page, false);
	for (size_t i = 0; i < w->typed.n; i++)
		if (w->typed.at[i].answer != ANSWER_COUNT)
			put_done(w, &w->typed.at[i], &w->done[n++]);
	page_receipt_foot(&w->c->page, w->c->part);
	web_end(w->c);
}

// What was typed is there again, and nothing of it was done.
static bool ask_again(struct answering *w, enum word note)
{
	w->c->undo = true;
	w->c->out->status = HTTP_BAD;
	put_form(w, note, true);
	return true;
}

static bool take_back(struct answering *w, struct err *e)
{
	struct answer_from from = from_of(w);
	bool good = answer_undo(w->c->web->home->db, &from, w->typed.undo, e) && plan(w, e);

	if (!good && e->kind != ERR_CONFLICT)
		return false;
	w->c->undo = !good;
	*e = (struct err){ 0 };
	web_begin(w->c, WORD_RECEIPT_TITLE);
	page_receipt_head(&w->c->page, good);
	page_receipt_one(&w->c->page, id_text(w, 'F', w->typed.undo), S(""),
			 good ? WORD_RECEIPT_OPEN : WORD_RECEIPT_CLOSED, S(""), false);
	page_receipt_foot(&w->c->page, w->c->part);
	web_end(w->c);
	return true;
}

bool web_answered(struct web_call *c, struct err *e)
{
	struct answering w;

	if (!open_page(&w, c, e) ||
	    !typed_read(c->ask->body, &w.page, c->now, &c->web->a, &w.typed, e))
		return false;
	if (w.typed.undoes)
		return take_back(&w, e);
	if (w.typed.chosen == 0)
		return ask_again(&w, WORD_ANSWER_NONE);
	if (!typed_is_right(&w.typed))
		return ask_again(&w, WORD_ANSWER_WRONG);
	if (!give(&w, e)) {
		if (e->kind != ERR_INPUT)
			return false;
		*e = (struct err){ 0 };
		typed_bad_code(&w.typed);
		return ask_again(&w, WORD_ANSWER_WRONG);
	}
	if (any_is(&w, ANSWER_DOUBTED))
		put_form(&w, WORD_ANSWER_MACHINE, true);
	else
		put_receipt(&w);
	return true;
}
