#include "task/reach/reach.h"

#include "base/list.h"
#include "base/time.h"
#include "model/notice/flood.h"
#include "model/reach/reach.h"
#include "store/answer.h"

enum { LIMIT = 64 << 20 };

struct due_all {
	LIST(struct reach_due) at;
};

// Whole, for what follows writes to what it reads.
static bool due_of(struct composing *c, const struct reach_from *f, struct due_all *out,
		   struct err *e)
{
	autorows r = NULL;
	struct reach_due x;

	if (!reach_due(c->d, f, &r, e))
		return false;
	while (reach_next_due(r, &x, e)) {
		x.slug = S("");
		x.to.role = arena_str(c->a, x.to.role);
		x.to.mail = arena_str(c->a, x.to.mail);
		x.to.wishes = arena_str(c->a, x.to.wishes);
		*list_add(&out->at, c->a) = x;
	}
	return e->kind == ERR_NONE;
}

// *i: the first contact of a member; behind its last one when it is done.
static bool ask_member(struct composing *c, const struct due_all *all, size_t *i, int64_t due,
		       struct err *e)
{
	struct message_row m = { .member = all->at.at[*i].member,
				 .kind = MESSAGE_TEST,
				 .urgency = URGENCY_DIGEST,
				 .due = due,
				 .round = quarter_of(c->now).number };

	if (!compose_add(c, &m, e))
		return false;
	for (; *i < all->at.count && all->at.at[*i].member == m.member; ++*i)
		if (!compose_to(c, &m, &all->at.at[*i].to, TO_TESTED, e))
			return false;
	return reach_add(c->d, m.id, e);
}

static bool ask(struct composing *c, const struct reach_from *f, int64_t due, struct err *e)
{
	struct due_all all = { 0 };
	size_t i = 0;

	if (!due_of(c, f, &all, e))
		return false;
	while (i < all.at.count)
		if (!ask_member(c, &all, &i, due, e))
			return false;
	return true;
}

bool reach_quarter(struct db *d, int64_t now, struct composed *out, struct err *e)
{
	autoarena a = { 0 };
	struct composing c = { .d = d, .a = &a, .now = now, .out = out };
	const struct reach_from from = { .since = quarter_of(now).from, .now = now };

	arena_init(&a, LIMIT);
	return compose_begin(&c, e) &&
	       (c.t.mode != TELL_ON || ask(&c, &from, flood_digest(now), e));
}

bool reach_ask(struct db *d, const struct reach_asking *w, struct composed *out, struct err *e)
{
	autoarena a = { 0 };
	struct composing c = { .d = d, .a = &a, .now = w->now, .out = out };
	const struct reach_from from = { .since = w->now - REACH_AGAIN_HOURS * TIME_HOUR,
					 .now = w->now,
					 .member = w->member };

	arena_init(&a, LIMIT);
	if (!compose_begin(&c, e))
		return false;
	if (c.t.mode != TELL_ON)
		return err_set(e, ERR_CONFLICT,
			       "nothing leaves: the mode is " STR_FMT " ('waker notice mode on')",
			       STR_ARG(tell_mode_word(c.t.mode)));
	return ask(&c, &from, 0, e);
}

// ---- who has the link of one

static bool absent(struct err *e)
{
	return e->kind == ERR_NONE &&
	       err_set(e, ERR_ABSENT, "there is no such link, or it is over");
}

bool reach_open(struct db *d, struct str token, int64_t now, struct arena *a,
		struct reach_page *out, struct err *e)
{
	unsigned char sum[DIGEST_BYTES];
	struct answer_place p;
	struct answer_head h;

	answer_digest(token, sum);
	*out = (struct reach_page){ 0 };
	if (!answer_link_find(d, (struct str){ (char *)sum, sizeof sum }, now, a, &p, e) ||
	    !reach_of(d, p.delivery, &out->is, e) || !answer_head(d, &p, a, &h, e))
		return absent(e);
	out->delivery = p.delivery;
	out->number = h.number;
	out->member = h.name;
	out->language = h.language;
	out->arrived = p.arrived;
	return true;
}

bool reach_press(struct db *d, const struct reach_page *p, int64_t now, bool *doubted,
		 struct err *e)
{
	const struct answer_press press = {
		.arrived = p->arrived,
		.doubted = p->is.doubted,
		.machines = p->machines,
	};

	*doubted = p->is.confirmed == 0 && answer_is_machine(&press, now);
	return *doubted ? reach_doubt(d, p->delivery, now, e)
			: reach_confirm(d, p->delivery, now, BY_LINK, e);
}
