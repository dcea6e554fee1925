#include "task/tell/compose.h"

#include "base/list.h"
#include "base/time.h"
#include "os/random.h"
#include "store/hook.h"
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
};

static bool deliver(struct composing *c, const struct message_row *m, const struct way *to,
		    struct err *e)
{
	char letters[DELIVERY_TAG];
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

	tag(letters);
	if (!delivery_add(c->d, &x, e))
		return false;
	c->out->deliveries++;
	return x.state != DELIVERY_WAITS || tell_ask(c->d, &x, m->due, c->now, e);
}

static struct way by_mail(const struct reachable *r, enum delivery_why why)
{
	return (struct way){ r->id, CHANNEL_MAIL, r->mail, why };
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

struct contacts {
	struct reachable at[COMPOSE_CONTACTS];
	size_t count;
};

// Those to whom it has not gone.
static bool contacts_of(struct composing *c, const struct message_row *m, struct contacts *out,
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
			(struct way){ h.id, h.channel, arena_str(c->a, h.address), TO_MACHINE };
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

bool compose_deliver(struct composing *c, struct message_row *m, bool next, struct err *e)
{
	struct contacts all;
	struct addressee to[COMPOSE_CONTACTS];
	size_t n;

	if (!contacts_of(c, m, &all, e))
		return false;
	n = message_addressees(&(struct reachables){ all.at, all.count, next }, to, COUNTOF(to));
	for (size_t i = 0; i < n; i++) {
		struct way way = by_mail(&all.at[to[i].contact], to[i].why);

		if (!deliver(c, m, &way, e))
			return false;
	}
	return deliver_hooks(c, m, e) && (n > 0 || compose_ask_officer(c, m, TO_NOBODY, e));
}

bool compose_next(struct composing *c, struct message_row *m, struct err *e)
{
	struct contacts left;
	struct addressee to;
	struct way way;

	if (!contacts_of(c, m, &left, e))
		return false;
	if (message_addressees(&(struct reachables){ left.at, left.count, false }, &to, 1) == 0 ||
	    to.why != TO_FIRST)
		return compose_ask_officer(c, m, TO_NOBODY, e);
	way = by_mail(&left.at[to.contact], TO_NEXT);
	return deliver(c, m, &way, e);
}

// ---- messages

bool compose_begin(struct composing *c, struct err *e)
{
	*c->out = (struct composed){ 0 };
	return telling(c->d, c->a, &c->t, e);
}

bool compose_add(struct composing *c, struct message_row *m, struct err *e)
{
	bool taken = true;

	m->state = c->t.mode == TELL_SHADOW ? MESSAGE_SHADOW : MESSAGE_WAITS;
	m->made = c->now;
	m->due = m->due > c->now ? m->due : c->now;
	while (taken) {
		m->number = draw_number(&c->draw);
		if (!message_add(c->d, m, &taken, e))
			return false;
	}
	c->out->messages++;
	return message_thread(c->d, m->id, m->thread, e);
}

static bool compose(struct composing *c, const struct message_wanted *wanted, struct err *e)
{
	bool at_once = wanted->urgency == URGENCY_AT_ONCE;
	struct message_row m = {
		.member = wanted->member,
		.kind = at_once ? MESSAGE_CRITICAL : MESSAGE_DIGEST,
		.urgency = wanted->urgency,
		.answer = message_answer_by(wanted->worst, c->now),
	};

	return compose_add(c, &m, e) && message_take(c->d, &m, c->now, e) &&
	       compose_deliver(c, &m, false, e);
}

struct wanted_all {
	LIST(struct message_wanted) at;
};

static bool wanted(struct composing *c, struct wanted_all *out, struct err *e)
{
	autorows r = NULL;
	struct message_wanted one;

	if (!message_due(c->d, c->now, &r, e))
		return false;
	while (message_next_wanted(r, &one, e))
		*list_add(&out->at, c->a) = one;
	return e->kind == ERR_NONE;
}

bool compose_due(struct db *d, int64_t now, struct composed *out, struct err *e)
{
	autoarena a = { 0 };
	struct composing c = { .d = d, .a = &a, .now = now, .out = out };
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
