#include "task/tell/announce.h"

#include "base/list.h"
#include "base/time.h"
#include "store/key_team.h"

enum { LIMIT = 64 << 20 };

struct correspondents {
	LIST(struct correspondent) at;
};

// Whole, for what follows writes to what it reads.
static bool all_of(struct composing *c, int year, struct correspondents *out, struct err *e)
{
	const struct key_telling t = { year, c->now, c->now - ANNOUNCE_DAYS * TIME_DAY };
	autorows r = NULL;
	struct correspondent x;

	if (!key_correspondents(c->d, &t, &r, e))
		return false;
	while (key_next_correspondent(r, &x, e)) {
		x.role = arena_str(c->a, x.role);
		x.mail = arena_str(c->a, x.mail);
		x.wishes = arena_str(c->a, x.wishes);
		*list_add(&out->at, c->a) = x;
	}
	return e->kind == ERR_NONE;
}

static bool tell(struct composing *c, int year, const struct correspondent *x, struct err *e)
{
	struct reachable to = { x->contact, x->role, x->mail, x->wishes };
	struct message_row m = { .member = x->member,
				 .kind = MESSAGE_TEAM_KEY,
				 .urgency = URGENCY_DIGEST };

	return compose_add(c, &m, e) && key_told_add(c->d, m.id, year, e) &&
	       compose_to(c, &m, &to, TO_SEALED, e);
}

bool announce_key(struct db *d, int year, int64_t now, struct composed *out, struct err *e)
{
	autoarena a = { 0 };
	struct composing c = { .d = d, .a = &a, .now = now, .out = out };
	struct correspondents all = { 0 };

	arena_init(&a, LIMIT);
	if (!compose_begin(&c, e))
		return false;
	if (c.t.mode != TELL_ON)
		return err_set(e, ERR_CONFLICT, "nothing leaves: first waker notice mode on");
	if (!all_of(&c, year, &all, e))
		return false;
	LIST_EACH (const struct correspondent, x, &all.at) {
		char *mark = arena_mark(&a);

		if (!tell(&c, year, x, e))
			return false;
		arena_back(&a, mark);
	}
	return true;
}
