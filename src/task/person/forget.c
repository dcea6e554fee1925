#include "task/person/forget.h"

#include "task/life/holding.h"

bool person_forget(struct db *d, const struct forgetting *f, struct arena *a, struct forgotten *out,
		   struct err *e)
{
	int64_t ended;

	*out = (struct forgotten){ 0 };
	for (unsigned i = 0; i < PERSON_PLACE_COUNT; i++) {
		struct person_erase x = { (enum person_place)i, f->search, f->now };

		if (!person_erase(d, &x, a, &out->count[i], e))
			return false;
		out->all += out->count[i];
	}
	return out->count[PERSON_ASSET] == 0 || life_holding(d, f->now, &ended, e);
}
