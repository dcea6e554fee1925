#include "task/tell/compose.h"

#include "base/list.h"
#include "base/time.h"
#include "os/random.h"
#include "store/hook.h"
#include "store/wish.h"
#include "task/tell/act.h"

enum { LIMIT = 64 << 20 };

// ---- deliveries

// Letters that no two deliveries share, and that tell nothing.
static void tag(char out[DELIVERY_TAG])
{
	static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
	unsigned char bytes[DELIVERY_TAG];

	random_fill(bytes, sizeof bytes);
	for (unsigned i = 0; i < DELIVERY_TAG; i++)
		out[i] = letters[bytes[i] % (sizeof letters - 1)];
}

struct way { // one delivery
	int64_t contact;
	enum channel channel;
	struct str address;
	enum delivery_why why;
	int64_t due; // not before
};

static bool deliver(struct composing *c, const struct message_row *m, const struct way *to,
		    struct err *e)
{
	char letters[DELIVERY_TAG];
	struct tell_moment when = { .urgency = m->urgency, .now = c->now };
	struct delivery_row x = {
		.message = m->id,
		.contact = to->contact,
		.channel = to->channel,
		.address = to->address,
		.why = to->why,
		.state = m->state == MESSAGE_SHADOW ? DELIVERY_CANCELLED : DELIVERY_WAITS,
		.made = c->now,
		.tag = { letters, sizeof letters },
	};

	when.due = to->due > m->due ? to->due : m->due;
	tag(letters);
	if (!delivery_add(c->d, &x, e))
		return false;
	c->out->deliveries++;
	return x.state != DELIVERY_WAITS || tell_ask(c->d, &x, &when, e);
}

int64_t compose_when(const struct message_row *m, const struct wish *w)
{
	bool now = m->urgency == URGENCY_AT_ONCE || m->kind == MESSAGE_CORRECTION ||
		   m->kind == MESSAGE_RECEIPT || m->worst == SEVERITY_CRITICAL;

	return now ? m->due : wish_arrives(w, m->due);
}

static struct way by_mail(const struct message_row *m, const struct reachable *r,
			  enum delivery_why why)
{
	struct wish w;

	wish_read(r->wishes, &w);
	return (struct way){ r->id, CHANNEL_MAIL, r->mail, why, compose_when(m, &w) };
}

bool compose_ask_officer(struct composing *c, struct message_row *m, enum delivery_why why,
			 struct err *e)
{
	struct delivery_row x = {
		.message = m->id,
		.channel = CHANNEL_PHONE,
		.why = why,
		.form = FORM_NONE,
		.state = DELIVERY_OFFICER,
		.made = c->now,
	};

	c->out->unreachable++;
	if (!delivery_add(c->d, &x, e))
		return false;
	if (m->state == MESSAGE_SHADOW)
		return true;
	m->state = MESSAGE_FAILED;
	return message_become(c->d, m, e);
}

bool compose_contacts(struct composing *c, const struct message_row *m, struct contacts *out,
		      struct err *e)
{
	autorows r = NULL;
	struct reachable x;

	out->count = 0;
	if (!message_contacts(c->d, m, &r, e))
		return false;
	while (out->count < COMPOSE_CONTACTS && message_next_contact(r, &x, e))
		out->at[out->count++] =
			(struct reachable){ x.id, arena_str(c->a, x.role), arena_str(c->a, x.mail),
					    arena_str(c->a, x.wishes) };
	return e->kind == ERR_NONE;
}

struct ways {
	LIST(struct way) at;
};

// Whole, for what follows writes.
static bool hooks_of(struct composing *c, int64_t member, struct ways *out, struct err *e)
{
	autorows r = NULL;
	struct hook_row h;

	if (!hook_of(c->d, member, &r, e))
		return false;
	while (hook_next_of(r, &h, e))
		*list_add(&out->at, c->a) =
			(struct way){ h.id, h.channel, arena_str(c->a, h.address), TO_MACHINE, 0 };
	return e->kind == ERR_NONE;
}

static bool deliver_hooks(struct composing *c, const struct message_row *m, struct err *e)
{
	struct ways all = { 0 };

	if (!hooks_of(c, m->member, &all, e))
		return false;
	LIST_EACH (const struct way, way, &all.at)
		if (!deliver(c, m, way, e))
			return false;
	return true;
}

struct told_of {
	LIST(struct mandate_case) at;
};

static bool told_of(struct composing *c, int64_t message, struct told_of *out, struct err *e)
{
	autorows r = NULL;
	struct mandate_case x;

	if (!wish_told_of(c->d, message, &r, e))
		return false;
	while (wish_next_told(r, &x, e))
		*list_add(&out->at, c->a) =
			(struct mandate_case){ .issue = arena_str(c->a, x.issue),
					       .seen = arena_str(c->a, x.seen),
					       .asset = arena_str(c->a, x.asset) };
	return e->kind == ERR_NONE;
}

static bool is_mandated(const struct reachable *r, const struct told_of *of, int64_t now)
{
	struct str written;

	LIST_EACH (const struct mandate_case, x, &of->at)
		if (wish_mandates(r->wishes, x, now, &written))
			return true;
	return false;
}

static bool deliver_suppliers(struct composing *c, const struct message_row *m,
			      const struct contacts *all, struct err *e)
{
	struct told_of of = { 0 };
	bool asked = false;

	for (size_t i = 0; i < all->count; i++) {
		const struct reachable *r = &all->at[i];
		struct way way = by_mail(m, r, TO_SUPPLIER);

		if (r->mail.n == 0 || !wish_is_supplier(r->role))
			continue;
		if (!asked && !told_of(c, m->id, &of, e))
			return false;
		asked = true;
		if (is_mandated(r, &of, c->now) && !deliver(c, m, &way, e))
			return false;
	}
	return true;
}

static bool deliver_people(struct composing *c, const struct message_row *m,
			   const struct contacts *all, bool next, size_t *n, struct err *e)
{
	struct addressee to[COMPOSE_CONTACTS];

	*n = message_addressees(&(struct reachables){ all->at, all->count, next }, to, COUNTOF(to));
	for (size_t i = 0; i < *n; i++) {
		struct way way = by_mail(m, &all->at[to[i].contact], to[i].why);

		if (!deliver(c, m, &way, e))
			return false;
	}
	return true;
}

bool compose_people(struct composing *c, struct message_row *m, struct err *e)
{
	struct contacts all;
	size_t n;

	return compose_contacts(c, m, &all, e) && deliver_people(c, m, &all, false, &n, e);
}

bool compose_deliver(struct composing *c, struct message_row *m, bool next, struct err *e)
{
	struct contacts all;
	size_t n;

	if (!compose_contacts(c, m, &all, e) || !deliver_people(c, m, &all, next, &n, e))
		return false;
	return deliver_suppliers(c, m, &all, e) && deliver_hooks(c, m, e) &&
	       (n > 0 || compose_ask_officer(c, m, TO_NOBODY, e));
}

bool compose_is_for_member(const struct delivery_row *x)
{
	return x->channel == CHANNEL_MAIL && x->why != TO_SUPPLIER && x->why != TO_OWNER &&
	       x->why != TO_ANSWERS && x->why != TO_TESTED && x->why != TO_SEALED;
}

bool compose_to(struct composing *c, const struct message_row *m, const struct reachable *to,
		enum delivery_why why, struct err *e)
{
	struct way way = by_mail(m, to, why);

	return deliver(c, m, &way, e);
}

bool compose_next(struct composing *c, struct message_row *m, struct err *e)
{
	struct contacts left;
	struct addressee to;
	struct way way;

	if (!compose_contacts(c, m, &left, e))
		return false;
	if (message_addressees(&(struct reachables){ left.at, left.count, false }, &to, 1) == 0 ||
	    to.why != TO_FIRST)
		return compose_ask_officer(c, m, TO_NOBODY, e);
	way = by_mail(m, &left.at[to.contact], TO_NEXT);
	return deliver(c, m, &way, e);
}

static bool lose(struct composing *c, int64_t delivery, struct str why, struct err *e)
{
	struct delivery_row x;
	struct message_row m;

	if (!delivery_by_id(c->d, delivery, c->a, &x, e) ||
	    !message_by_id(c->d, x.message, c->a, &m, e))
		return e->kind == ERR_NONE;
	x.state = DELIVERY_REFUSED;
	x.form = FORM_NONE;
	x.changed = c->now;
	x.said = why;
	return delivery_become(c->d, &x, e) && delivery_unseal(c->d, x.id, e) &&
	       (!compose_is_for_member(&x) || compose_next(c, &m, e)) && tell_counted(c->d, &m, e);
}

bool compose_lost(struct db *d, int64_t delivery, struct str why, int64_t now, struct err *e)
{
	autoarena a = { 0 };
	struct composed made;
	struct composing c = { .d = d, .a = &a, .now = now, .out = &made };

	arena_init(&a, LIMIT);
	return compose_begin(&c, e) && lose(&c, delivery, why, e);
}

// ---- messages

bool compose_begin(struct composing *c, struct err *e)
{
	*c->out = (struct composed){ 0 };
	return telling(c->d, c->a, &c->t, e);
}

bool compose_number(struct db *d, struct draw *draw, struct message_row *m, struct err *e)
{
	bool taken = true;

	while (taken) {
		m->number = draw_number(draw);
		if (!message_add(d, m, &taken, e))
			return false;
	}
	return message_thread(d, m->id, m->thread, e);
}

bool compose_add(struct composing *c, struct message_row *m, struct err *e)
{
	m->state = c->t.mode == TELL_SHADOW ? MESSAGE_SHADOW : MESSAGE_WAITS;
	m->made = c->now;
	m->due = m->due > c->now ? m->due : c->now;
	c->out->messages++;
	return compose_number(c->d, &c->draw, m, e);
}

static bool compose(struct composing *c, const struct message_wanted *wanted, struct err *e)
{
	bool at_once = wanted->urgency == URGENCY_AT_ONCE;
	struct message_row m = {
		.member = wanted->member,
		.kind = at_once ? MESSAGE_CRITICAL : MESSAGE_DIGEST,
		.urgency = wanted->urgency,
		.answer = message_answer_by(wanted->worst, c->now),
		.worst = wanted->worst,
	};

	return compose_add(c, &m, e) && message_take(c->d, &m, c->until, e) &&
	       compose_deliver(c, &m, false, e);
}

struct wanted_all {
	LIST(struct message_wanted) at;
};

static bool wanted(struct composing *c, struct wanted_all *out, struct err *e)
{
	autorows r = NULL;
	struct message_wanted one;

	if (!message_due(c->d, c->until, &r, e))
		return false;
	while (message_next_wanted(r, &one, e))
		*list_add(&out->at, c->a) = one;
	return e->kind == ERR_NONE;
}

bool compose_due(struct db *d, int64_t now, struct composed *out, struct err *e)
{
	return compose_until(d, now, now, out, e);
}

bool compose_until(struct db *d, int64_t until, int64_t now, struct composed *out, struct err *e)
{
	autoarena a = { 0 };
	struct composing c = { .d = d, .a = &a, .now = now, .until = until, .out = out };
	struct wanted_all all = { 0 };

	arena_init(&a, LIMIT);
	if (!compose_begin(&c, e))
		return false;
	if (c.t.mode == TELL_OFF)
		return true;
	if (!wanted(&c, &all, e))
		return false;
	LIST_EACH (const struct message_wanted, one, &all.at) {
		char *mark = arena_mark(&a);

		if (!compose(&c, one, e))
			return false;
		arena_back(&a, mark);
	}
	return true;
}
