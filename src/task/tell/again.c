#include "task/tell/again.h"

#include "base/list.h"
#include "base/time.h"
#include "model/notice/again.h"
#include "model/notice/flood.h"

enum { LIMIT = 256 << 20 };

struct open_all {
	LIST(struct message_open) at;
};

struct one { // a message in the making
	struct message_row m;
	bool begun;
};

typedef bool (*next_open)(struct db_rows *r, struct message_open *out, struct err *e);

// Whole, for what follows writes to what it reads.
static bool all_of(struct composing *c, struct db_rows *rows, next_open next, struct open_all *out,
		   struct err *e)
{
	struct message_open x;

	while (next(rows, &x, e))
		*list_add(&out->at, c->a) = x;
	return e->kind == ERR_NONE;
}

static bool add_part(struct composing *c, struct one *w, const struct message_open *x,
		     struct err *e)
{
	if (!w->begun && !compose_add(c, &w->m, e))
		return false;
	w->begun = true;
	return message_part_add(c->d, w->m.id, x->finding, e);
}

// ---- nobody answered

// What is due of one member's, from `from` to `to`: a reminder, and what an officer calls about.
static bool remind_member(struct composing *c, const struct open_all *all, size_t from, size_t to,
			  struct err *e)
{
	struct one mail = { .m = { .kind = MESSAGE_REMINDER, .urgency = URGENCY_DIGEST } };
	struct one call = { .m = { .kind = MESSAGE_REMINDER,
				   .urgency = URGENCY_AT_ONCE,
				   .round = AGAIN_ROUNDS + 1 } };
	bool next = false;

	for (size_t i = from; i < to; i++) {
		const struct message_open *x = &all->at.at[i];
		struct again say = { x->severity, x->round, x->last, x->until };
		enum again_how how = again_decide(&say, c->now);
		struct one *w = how == AGAIN_OFFICER ? &call : &mail;

		if (how == AGAIN_WAITS || how == AGAIN_OVER)
			continue;
		next = next || how == AGAIN_NEXT;
		w->m.member = x->member;
		if (!w->begun) {
			w->m.thread = x->thread;
			w->m.worst = x->severity;
			w->m.answer = message_answer_by(x->severity, c->now);
		}
		if (how != AGAIN_OFFICER && x->round + 1 > w->m.round)
			w->m.round = x->round + 1;
		if (!add_part(c, w, x, e))
			return false;
	}
	return (!mail.begun || compose_deliver(c, &mail.m, next, e)) &&
	       (!call.begun || compose_ask_officer(c, &call.m, TO_SILENT, e));
}

static bool remind(struct composing *c, struct err *e)
{
	struct open_all all = { 0 };
	autorows r = NULL;
	size_t from = 0;

	if (!message_unanswered(c->d, c->now, &r, e) ||
	    !all_of(c, r, message_next_unanswered, &all, e))
		return false;
	db_end(TAKE(r, NULL));
	for (size_t i = 1; i <= all.at.count; i++)
		if (i == all.at.count || all.at.at[i].member != all.at.at[from].member) {
			if (!remind_member(c, &all, from, i, e))
				return false;
			from = i;
		}
	return true;
}

// ---- it is over, or was wrong

static bool same(const struct message_open *a, const struct message_open *b)
{
	return a->member == b->member && a->recall == b->recall;
}

static bool tell_all(struct composing *c, const struct open_all *all, enum message_kind kind,
		     struct err *e)
{
	struct one w = { 0 };

	for (size_t i = 0; i < all->at.count; i++) {
		const struct message_open *x = &all->at.at[i];

		if (!w.begun)
			w.m = (struct message_row){ .member = x->member,
						    .kind = kind,
						    .urgency = URGENCY_DIGEST,
						    .thread = x->thread,
						    .recall = x->recall };
		if (!add_part(c, &w, x, e))
			return false;
		if (i + 1 < all->at.count && same(x, x + 1))
			continue;
		if (!compose_deliver(c, &w.m, false, e))
			return false;
		w.begun = false;
	}
	return true;
}

static bool correct(struct composing *c, struct err *e)
{
	struct open_all all = { 0 };
	autorows r = NULL;

	if (!message_wrong(c->d, &r, e) || !all_of(c, r, message_next_wrong, &all, e))
		return false;
	db_end(TAKE(r, NULL));
	return tell_all(c, &all, MESSAGE_CORRECTION, e);
}

// With the digest of today, or when that has gone, of the next working day: what ended since the
// last one was made waits for it.
static bool close_over(struct composing *c, struct err *e)
{
	struct open_all all = { 0 }, due = { 0 };
	autorows r = NULL;

	if (!message_over(c->d, c->now - AGAIN_OVER_DAYS * TIME_DAY, &r, e) ||
	    !all_of(c, r, message_next_over, &all, e))
		return false;
	db_end(TAKE(r, NULL));
	LIST_EACH (const struct message_open, x, &all.at)
		if (flood_digest(x->last) <= c->now)
			*list_add(&due.at, c->a) = *x;
	return tell_all(c, &due, MESSAGE_CLOSED, e);
}

bool again_due(struct db *d, int64_t now, struct composed *out, struct err *e)
{
	autoarena a = { 0 };
	struct composing c = { .d = d, .a = &a, .now = now, .out = out };

	arena_init(&a, LIMIT);
	if (!compose_begin(&c, e))
		return false;
	if (c.t.mode == TELL_OFF)
		return true;
	return (c.t.mode == TELL_SHADOW || remind(&c, e)) && close_over(&c, e) && correct(&c, e);
}
