#include "task/tell/chase.h"

#include "base/list.h"
#include "base/time.h"
#include "store/key.h"

enum { LIMIT = 64 << 20 };

struct chased_all {
	LIST(struct key_chased) at;
};

// Whole, for what follows writes to what it reads.
static bool all_of(struct composing *c, struct chased_all *out, struct err *e)
{
	struct key_chase_when w = { c->now, c->now + KEY_SOON_DAYS * TIME_DAY,
				    c->t.mode == TELL_SHADOW };
	autorows r = NULL;
	struct key_chased k;

	if (!key_chased(c->d, &w, &r, e))
		return false;
	while (key_next_chased(r, &k, e)) {
		k.role = arena_str(c->a, k.role);
		k.mail = arena_str(c->a, k.mail);
		k.wishes = arena_str(c->a, k.wishes);
		*list_add(&out->at, c->a) = k;
	}
	return e->kind == ERR_NONE;
}

static bool chase(struct composing *c, const struct key_chased *k, struct err *e)
{
	enum key_chase step = key_chase(&k->is, c->now);
	struct reachable to = { k->contact, k->role, k->mail, k->wishes };
	struct message_row m = { .member = k->member,
				 .kind = MESSAGE_KEY,
				 .urgency = URGENCY_DIGEST,
				 .answer = step == KEY_CHASE_OVER ? 0 : k->is.expires };

	if (step <= k->said)
		return true;
	return compose_add(c, &m, e) && key_chase_add(c->d, m.id, k, step, e) &&
	       compose_to(c, &m, &to, TO_OWNER, e);
}

bool chase_due(struct db *d, int64_t now, struct composed *out, struct err *e)
{
	autoarena a = { 0 };
	struct composing c = { .d = d, .a = &a, .now = now, .out = out };
	struct chased_all all = { 0 };

	arena_init(&a, LIMIT);
	if (!compose_begin(&c, e))
		return false;
	if (c.t.mode == TELL_OFF)
		return true;
	if (!all_of(&c, &all, e))
		return false;
	LIST_EACH (const struct key_chased, k, &all.at)
		if (!chase(&c, k, e))
			return false;
	return true;
}
