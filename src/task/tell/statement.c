#include "task/tell/statement.h"

#include "base/list.h"
#include "base/time.h"
#include "model/notice/flood.h"
#include "model/notice/week.h"
#include "store/statement.h"

enum { LIMIT = 64 << 20 };

struct members {
	LIST(int64_t) at;
};

// Whole, for what follows writes to what it reads.
static bool members_of(struct composing *c, const struct statement_week *w, struct members *out,
		       struct err *e)
{
	autorows r = NULL;
	int64_t member;

	if (!statement_members(c->d, w, &r, e))
		return false;
	while (statement_next_member(r, &member, e))
		*list_add(&out->at, c->a) = member;
	return e->kind == ERR_NONE;
}

static bool tell(struct composing *c, int64_t member, int64_t round, struct err *e)
{
	struct message_row m = { .member = member,
				 .kind = MESSAGE_STATEMENT,
				 .urgency = URGENCY_DIGEST,
				 .round = round };

	return compose_add(c, &m, e) && compose_people(c, &m, e);
}

bool statement_due(struct db *d, int64_t now, struct composed *out, struct err *e)
{
	autoarena a = { 0 };
	struct composing c = { .d = d, .a = &a, .now = now, .out = out };
	struct week week = week_before(now);
	struct statement_week w = { week.year * 100 + week.number, week.from, week.until };
	struct members all = { 0 };

	arena_init(&a, LIMIT);
	if (!compose_begin(&c, e))
		return false;
	if (c.t.mode != TELL_ON || now < flood_digest(week.until))
		return true;
	if (!members_of(&c, &w, &all, e))
		return false;
	LIST_EACH (const int64_t, member, &all.at)
		if (!tell(&c, *member, w.round, e))
			return false;
	return true;
}
