#include "task/answer/answer.h"

#include "base/time.h"
#include "codec/text/id.h"
#include "store/answer.h"
#include "store/finding.h"
#include "task/answer/receipt.h"
#include "task/life/act.h"

enum { LIMIT = 16 << 20, SHORT = 60 };

// ---- links

static const struct err no_link = { .kind = ERR_ABSENT,
				    .text = "there is no such link, or it is over" };

static bool by_link(struct db *d, struct str token, int64_t now, struct arena *a,
		    struct answer_place *out, struct err *e)
{
	unsigned char sum[DIGEST_BYTES];

	answer_digest(token, sum);
	if (answer_link_find(d, (struct str){ (char *)sum, sizeof sum }, now, a, out, e))
		return true;
	if (e->kind == ERR_NONE)
		*e = no_link;
	return false;
}

// ---- what one who has a link sees

static unsigned may_of(const struct answer_about *x)
{
	unsigned may = 0;

	for (unsigned i = 0; i < ANSWER_COUNT; i++)
		if (answer_may((enum answer)i, x->state, x->class))
			may |= 1u << i;
	return may;
}

static unsigned code_of(const struct answer_about *x)
{
	unsigned code = 0;

	for (unsigned i = 0; i < ANSWER_COUNT; i++)
		if (answer_asks_code((enum answer)i, x->severity))
			code |= 1u << i;
	return code;
}

// A receipt names numbers alone, for it may travel where its findings may not.
static struct answer_finding finding_of(const struct answer_about *x, enum message_kind kind,
					struct arena *a)
{
	const struct issue *row = issue_find(x->issue);
	bool bare = kind == MESSAGE_RECEIPT;
	struct answer_finding f = {
		.number = x->number,
		.class = x->class,
		.severity = x->severity,
		.state = x->state,
		.may = bare ? 0 : may_of(x),
		.code = code_of(x),
		.said = x->said,
		.said_at = x->said_at,
		.promised = x->until == TIME_NEVER ? 0 : x->until,
		.undo = x->change > 0,
		.doubted = x->last == ANSWER_DOUBTED,
	};

	if (bare)
		return f;
	f.issue = arena_str(a, x->issue);
	f.seen = arena_str(a, x->seen);
	f.title = row != NULL ? row->title : f.issue;
	f.title_nl = row != NULL ? row->title_nl : f.issue;
	f.last_seen = x->last_seen;
	return f;
}

static bool findings_of(struct db *d, const struct answer_place *p, struct arena *a,
			struct answer_page *out, struct err *e)
{
	autorows r = NULL;
	struct answer_about x;

	if (!answer_findings(d, p->delivery, NULL, &r, e))
		return false;
	while (answer_next_finding(r, &x, e))
		if (out->findings.count < ANSWER_MOST)
			*list_add(&out->findings, a) = finding_of(&x, out->kind, a);
		else
			out->more++;
	return e->kind == ERR_NONE;
}

bool answer_open(struct db *d, struct str token, int64_t now, struct arena *a,
		 struct answer_page *out, struct err *e)
{
	struct answer_place p;
	struct answer_head h;

	*out = (struct answer_page){ 0 };
	if (!by_link(d, token, now, a, &p, e))
		return false;
	if (!answer_head(d, &p, a, &h, e) || h.kind == MESSAGE_TEST) { // that has a page of its own
		if (e->kind == ERR_NONE)
			*e = no_link;
		return false;
	}
	out->number = h.number;
	out->kind = h.kind;
	out->language = h.language;
	out->made = h.made;
	out->answer = h.answer;
	out->member = h.name;
	return findings_of(d, &p, a, out, e);
}

// ---- answering

struct giving {
	struct db *d;
	struct arena *a;
	const struct answer_from *from;
	struct answer_place place; // .delivery 0: an officer for the member
	struct str who;
	struct receipt receipt;
};

static bool place_of(struct giving *w, struct err *e)
{
	const struct answer_from *from = w->from;

	w->place = (struct answer_place){ 0 };
	w->who = from->who;
	if (from->way == BY_OFFICER)
		return true;
	if (from->way == BY_LINK) {
		if (!by_link(w->d, from->token, from->now, w->a, &w->place, e))
			return false;
	} else if (!answer_delivery(w->d, from->delivery, w->a, &w->place, e)) {
		return e->kind == ERR_NONE && err_set(e, ERR_ABSENT, "there is no such mail");
	}
	w->who = w->place.address;
	return true;
}

static bool in_parts(struct giving *w, uint32_t number, struct answer_about *out, struct err *e)
{
	char id[ID_TEXT];
	autorows r = NULL;

	if (!answer_findings(w->d, w->place.delivery, &number, &r, e))
		return false;
	if (answer_next_finding(r, out, e)) {
		out->issue = arena_str(w->a, out->issue);
		out->seen = arena_str(w->a, out->seen);
		return true;
	}
	id_write('F', number, id);
	return e->kind == ERR_NONE &&
	       err_set(e, ERR_ABSENT, "%s is none of what this message told", id);
}

static bool about(struct giving *w, uint32_t number, struct finding_row *f, struct answer_about *x,
		  struct err *e)
{
	*x = (struct answer_about){ .last = ANSWER_STATE_COUNT };
	if (w->place.delivery > 0 && !in_parts(w, number, x, e))
		return false;
	return finding_by_number(w->d, number, w->a, f, e) ||
	       (e->kind == ERR_NONE && err_set(e, ERR_ABSENT, "there is no such finding"));
}

static bool day_is_right(const struct giving *w, const struct answer_one *one, struct err *e)
{
	int64_t now = w->from->now;

	if (!answer_has_day(one->answer))
		return true;
	if (one->until == TIME_NEVER)
		return one->answer != ANSWER_ACCEPTED ||
		       err_set(e, ERR_INPUT, "\"accepted\" needs a day until which it holds");
	return (one->until > now && one->until <= now + ACCEPT_MAX_DAYS * TIME_DAY) ||
	       err_set(e, ERR_INPUT, "the day must be a coming one, at most %d days ahead",
		       (int)ACCEPT_MAX_DAYS);
}

static bool code_is_right(const struct giving *w, const struct answer_one *one,
			  enum severity severity, struct err *e)
{
	if (w->from->way != BY_LINK || !answer_asks_code(one->answer, severity) ||
	    (w->place.code.n > 0 && str_eq_nocase(str_trim(one->code), w->place.code)))
		return true;
	return err_set(e, ERR_INPUT, "this answer needs the four letters that stand in our mail");
}

struct giving_one { // one answer, to one finding
	const struct answer_one *one;
	struct finding_row f;
	struct answer_about x; // of a mail
	struct answer_done *done;
	int64_t change; // what it did
};

static bool is_doubted(const struct giving *w, const struct answer_about *x)
{
	int64_t doubted = x->last == ANSWER_DOUBTED ? x->last_at : 0;

	const struct answer_press press = {
		.arrived = w->place.arrived,
		.doubted = doubted,
		.machines = w->from->machines,
	};

	return w->from->way == BY_LINK && answer_is_machine(&press, w->from->now);
}

// For the history, which nobody can erase: never an address.
static struct str actor(struct giving *w, const struct finding_row *f)
{
	return w->from->way == BY_OFFICER ? w->from->who
					  : arena_fmt(w->a, "member " STR_FMT, STR_ARG(f->slug));
}

static bool act(struct giving *w, struct giving_one *o, enum answer as, struct err *e)
{
	struct change_row c;
	const struct act act = {
		.act = answer_act(as),
		.who = actor(w, &o->f),
		.reason = o->one->reason,
		.ended = answer_end(as),
		.until = answer_has_day(as) ? o->one->until : TIME_NEVER,
		.now = w->from->now,
	};

	if (!life_act(w->d, &o->f, &act, w->a, &c, e)) {
		if (e->kind != ERR_CONFLICT && e->kind != ERR_DENIED)
			return false;
		o->done->state = ANSWER_LATE;
		o->done->why = *e;
		*e = (struct err){ 0 };
		return true;
	}
	if (!change_last(w->d, o->f.id, w->a, &c, e))
		return false;
	o->change = c.id;
	return true;
}

static bool do_one(struct giving *w, struct giving_one *o, struct err *e)
{
	enum answer as = o->one->answer;

	if (is_doubted(w, &o->x)) {
		o->done->state = ANSWER_DOUBTED;
		return true;
	}
	if (!answer_by(as, w->from->way)) {
		o->done->state = ANSWER_WEAK;
		as = ANSWER_SEEN;
		if (!life_may(o->f.life.state, answer_act(as)))
			return true;
	}
	if (as == ANSWER_SEEN && o->f.life.state == FINDING_ACKNOWLEDGED)
		return true; // as it was
	return act(w, o, as, e);
}

// A receipt can be answered by a machine that does not say that it is one.
static bool had_enough(const struct giving *w, const struct giving_one *o, bool *is, struct err *e)
{
	int64_t n = 0;

	*is = false;
	if (w->from->way != BY_MAIL && w->from->way != BY_SIGNED)
		return true;
	if (!answer_receipts(w->d, o->f.id, w->from->now - TIME_DAY, &n, e))
		return false;
	*is = n >= ANSWER_RECEIPTS;
	return true;
}

static bool keep(struct giving *w, const struct giving_one *o, struct err *e)
{
	struct answer_row row = {
		.finding = o->f.id,
		.message = w->place.message,
		.contact = w->place.contact,
		.answer = o->one->answer,
		.way = w->from->way,
		.state = o->done->state,
		.until = answer_has_day(o->one->answer) ? o->one->until : TIME_NEVER,
		.at = w->from->now,
		.who = w->who,
		.reason = str_first(o->one->reason, ANSWER_REASON),
		.change = o->change,
	};
	bool is_enough;

	if (!had_enough(w, o, &is_enough, e))
		return false;
	if (row.state != ANSWER_DOUBTED && !is_enough) {
		if (!receipt_for(&w->receipt, &o->f, e))
			return false;
		row.receipt = w->receipt.message.id;
	}
	return answer_add(w->d, &row, e);
}

static bool read_one(struct giving *w, struct giving_one *o, struct err *e)
{
	return about(w, o->one->finding, &o->f, &o->x, e) && day_is_right(w, o->one, e) &&
	       code_is_right(w, o->one, (enum severity)o->f.severity, e);
}

// What cannot be an answer is refused before the first of them does anything: who asked may go on
// with the transaction.
static bool check_all(struct giving *w, const struct answers *what, struct err *e)
{
	for (size_t i = 0; i < what->n; i++) {
		struct giving_one o = { .one = &what->all[i] };

		if (!read_one(w, &o, e))
			return false;
	}
	return true;
}

static bool give_one(struct giving *w, const struct answer_one *one, struct answer_done *done,
		     struct err *e)
{
	struct giving_one o = { .one = one, .done = done };

	*done = (struct answer_done){ .state = ANSWER_TAKEN };
	return read_one(w, &o, e) && do_one(w, &o, e) && keep(w, &o, e);
}

bool answer_give(struct db *d, const struct answer_from *from, const struct answers *what,
		 struct answer_done *done, struct err *e)
{
	autoarena a = { 0 };
	struct giving w = { .d = d, .a = &a, .from = from };

	arena_init(&a, LIMIT);
	if (what->n > ANSWER_MOST)
		return err_set(e, ERR_LIMIT, "more than %d answers at a time", (int)ANSWER_MOST);
	if (!place_of(&w, e) || !check_all(&w, what, e) ||
	    !receipt_begin(&w.receipt, d, &a, from->now, e))
		return false;
	w.receipt.answered = w.place.message;
	w.receipt.contact = w.place.contact;
	for (size_t i = 0; i < what->n; i++)
		if (!give_one(&w, &what->all[i], &done[i], e))
			return false;
	return receipt_end(&w.receipt, e);
}

// ---- and back

static bool undo(struct giving *w, const struct finding_row *f, struct err *e)
{
	struct act act = {
		.act = DO_UNDO,
		.who = actor(w, f),
		.reason = S("the answer was taken back"),
		.now = w->from->now,
	};
	struct answer_row said;
	struct change_row last, done;

	if (!answer_last(w->d, f->id, w->a, &said, e))
		return e->kind == ERR_NONE &&
		       err_set(e, ERR_CONFLICT, "there is no answer that could be taken back");
	if (!change_last(w->d, f->id, w->a, &last, e))
		return e->kind == ERR_NONE &&
		       err_set(e, ERR_CONFLICT, "nothing was done to it that could be undone");
	if (said.change == 0 || last.id != said.change)
		return err_set(e, ERR_CONFLICT, "something came after this answer: call us");
	return life_act(w->d, f, &act, w->a, &done, e) && answer_undone(w->d, said.id, e);
}

bool answer_undo(struct db *d, const struct answer_from *from, uint32_t finding, struct err *e)
{
	autoarena a = { 0 };
	struct giving w = { .d = d, .a = &a, .from = from };
	struct finding_row f;
	struct answer_about x;

	arena_init(&a, LIMIT);
	return place_of(&w, e) && about(&w, finding, &f, &x, e) && undo(&w, &f, e);
}
