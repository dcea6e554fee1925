#include "task/person/forget.h"

#include "base/list.h"
#include "store/key.h"
#include "task/life/holding.h"
#include "task/tell/compose.h"

struct waiting {
	LIST(int64_t) at;
};

// Whole, for what follows writes to what it reads.
static bool waiting_of(struct db *d, const struct forgetting *f, struct arena *a,
		       struct waiting *out, struct err *e)
{
	autorows r = NULL;
	int64_t delivery;

	if (!person_waiting(d, f->search, a, &r, e))
		return false;
	while (person_next_waiting(r, &delivery, e))
		*list_add(&out->at, a) = delivery;
	return e->kind == ERR_NONE;
}

// What waits for them goes to the next contact, who is asked for while it is known where it went.
static bool pass_on(struct db *d, const struct forgetting *f, struct arena *a, struct err *e)
{
	struct waiting all = { 0 };

	if (!waiting_of(d, f, a, &all, e))
		return false;
	LIST_EACH (const int64_t, delivery, &all.at)
		if (!compose_lost(d, *delivery, S("its address was erased"), f->now, e))
			return false;
	return true;
}

bool person_forget(struct db *d, const struct forgetting *f, struct arena *a, struct forgotten *out,
		   struct err *e)
{
	int64_t ended, idle;

	*out = (struct forgotten){ 0 };
	for (unsigned i = 0; i < PERSON_PLACE_COUNT; i++) {
		struct person_erase x = { (enum person_place)i, f->search, f->now };

		if ((x.place == PERSON_DELIVERY && !pass_on(d, f, a, e)) ||
		    !person_erase(d, &x, a, &out->count[i], e))
			return false;
		out->all += out->count[i];
	}
	if (out->count[PERSON_CONTACT] > 0 && !key_drop_idle(d, &idle, e))
		return false;
	return out->count[PERSON_ASSET] == 0 || life_holding(d, f->now, &ended, e);
}
