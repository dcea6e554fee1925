#include "task/past/lives.h"

void lives_begin(struct past_lives *l, struct str feed, struct str type, struct arena *a)
{
	l->held = false;
	LIST_EACH (struct past_life, x, &l->at)
		if (str_eq(x->feed, feed) && str_eq(x->type, type)) {
			l->now = x;
			return;
		}
	l->now = list_add(&l->at, a);
	*l->now = (struct past_life){
		.feed = feed, .type = type, .first = TIME_NEVER, .last = TIME_EVER
	};
}

void lives_hit(struct past_lives *l, int64_t time)
{
	struct past_life *x = l->now;

	l->held = true;
	x->records++;
	x->first = time < x->first ? time : x->first;
	x->last = time > x->last ? time : x->last;
}

// Whoever has it last comes first: of those before, the oldest without it is since when it is gone.
void lives_end(struct past_lives *l, const struct lives_batch *b)
{
	struct past_life *x = l->now;

	if (l->held && b->presence == PRESENCE_LIST && !x->has)
		x->last = b->day > x->last ? b->day : x->last;
	if (!l->held && b->whole && b->presence != PRESENCE_STREAM && !x->has)
		x->gone = b->day;
	x->has = x->has || l->held;
}
