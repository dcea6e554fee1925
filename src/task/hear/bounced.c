#include "task/hear/bounced.h"

#include "base/time.h"
#include "model/key/key.h"
#include "store/mail_in.h"
#include "task/tell/compose.h"

enum { LIMIT = 4 << 20, SAID = 400 };

static bool note_address(struct db *d, const struct delivery_row *x, const struct bounced *b,
			 struct err *e)
{
	char lower[KEY_ADDRESS];
	const struct trouble_row t = {
		.address = key_address(x->address, lower),
		.last = b->now,
		.hard = true,
		.until = b->now + MAIL_ROUND_DAYS * TIME_DAY,
		.code = b->code.p != NULL ? b->code : S(""),
		.says = str_first(b->says, SAID),
		.mail = b->mail,
	};

	return !b->of_address || t.address.n == 0 || trouble_put(d, &t, e);
}

bool bounced(struct db *d, const struct bounced *b, struct err *e)
{
	autoarena a = { 0 };
	struct delivery_row x;

	arena_init(&a, LIMIT);
	if (!delivery_by_id(d, b->delivery, &a, &x, e))
		return e->kind == ERR_NONE;
	if (!b->failed) {
		x.said = str_first(b->says, SAID);
		return delivery_become(d, &x, e);
	}
	if (!note_address(d, &x, b, e))
		return false;
	if (x.state == DELIVERY_REFUSED || x.state == DELIVERY_CANCELLED)
		return true; // it was known
	return compose_lost(
		d, x.id, arena_fmt(&a, "it came back: " STR_FMT, STR_ARG(str_first(b->says, SAID))),
		b->now, e);
}
