#include "task/tell/wishes.h"

enum { CONTACTS = 64 }; // of one member that are looked at

struct contacts {
	struct reachable at[CONTACTS];
	size_t n;
};

static void add(struct member_wishes *out, struct arena *a, int64_t member,
		const struct contacts *c)
{
	struct addressee first;
	struct wish wish;

	if (message_addressees(&(struct reachables){ c->at, c->n, false }, &first, 1) == 0)
		return;
	wish_read(c->at[first.contact].wishes, &wish);
	*list_add(&out->at, a) = (struct member_wish){ member, wish };
}

bool wishes_load(struct db *d, struct arena *a, struct member_wishes *out, struct err *e)
{
	struct contacts *c = arena_new(a, struct contacts, 1);
	autorows r = NULL;
	struct reachable x;
	int64_t member, last = 0;

	if (!wish_all(d, &r, e))
		return false;
	for (; wish_next(r, &member, &x, e); last = member) {
		if (member != last) {
			add(out, a, last, c);
			c->n = 0;
		}
		if (c->n < CONTACTS)
			c->at[c->n++] =
				(struct reachable){ x.id, arena_str(a, x.role),
						    arena_str(a, x.mail), arena_str(a, x.wishes) };
	}
	add(out, a, last, c);
	return e->kind == ERR_NONE;
}

const struct wish *wishes_of(const struct member_wishes *w, int64_t member)
{
	size_t low = 0, high = w->at.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (w->at.at[middle].member < member)
			low = middle + 1;
		else
			high = middle;
	}
	return low < w->at.count && w->at.at[low].member == member ? &w->at.at[low].wish : NULL;
}
