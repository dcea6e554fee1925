#include "task/watch/alarms.h"

#include <stdlib.h>

void alarms_add(struct alarms *x, const struct alarm *alarm, struct arena *a)
{
	*list_add(&x->at, a) =
		(struct alarm){ alarm->member, arena_str(a, alarm->issue),
				arena_str(a, alarm->seen), arena_str(a, alarm->print) };
}

static int order(const void *p, const void *q)
{
	const struct alarm *a = p, *b = q;
	int by = (a->member > b->member) - (a->member < b->member);

	if (by == 0)
		by = str_order(a->seen, b->seen);
	if (by == 0)
		by = str_order(a->issue, b->issue);
	return by != 0 ? by : str_order(a->print, b->print);
}

void alarms_sort(struct alarms *x)
{
	if (x->at.count > 1)
		qsort(x->at.at, x->at.count, sizeof x->at.at[0], order);
}

bool alarms_have(const struct alarms *x, const struct alarm *alarm)
{
	return x->at.count > 0 &&
	       bsearch(alarm, x->at.at, x->at.count, sizeof x->at.at[0], order) != NULL;
}
