#include "task/answer/receipt.h"

bool receipt_begin(struct receipt *r, struct db *d, struct arena *a, int64_t now, struct err *e)
{
	*r = (struct receipt){ .c = { .d = d, .a = a, .now = now } };
	r->c.out = &r->made;
	return compose_begin(&r->c, e);
}

// It goes on with the thread of what was answered.
static bool thread_of(struct receipt *r, struct err *e)
{
	struct message_row m;

	r->message.thread = 0;
	if (r->answered == 0)
		return true;
	if (!message_by_id(r->c.d, r->answered, r->c.a, &m, e))
		return e->kind == ERR_NONE;
	r->message.thread = m.thread;
	return true;
}

bool receipt_for(struct receipt *r, const struct finding_row *f, struct err *e)
{
	if (r->c.t.mode == TELL_OFF || (r->message.id > 0 && r->message.member == f->member))
		return true;
	if (!receipt_end(r, e))
		return false;
	r->message = (struct message_row){ .member = f->member,
					   .kind = MESSAGE_RECEIPT,
					   .urgency = URGENCY_DIGEST };
	return thread_of(r, e) && compose_add(&r->c, &r->message, e);
}

static bool answers_for(const struct reachable *x)
{
	return x->mail.n > 0 && str_eq(x->role, S("security"));
}

bool receipt_end(struct receipt *r, struct err *e)
{
	struct contacts all;
	size_t told = 0;

	if (r->message.id == 0)
		return true;
	if (!compose_contacts(&r->c, &r->message, &all, e))
		return false;
	for (size_t i = 0; i < all.count; i++) {
		const struct reachable *x = &all.at[i];

		if (!answers_for(x) && (x->id != r->contact || x->mail.n == 0))
			continue;
		if (!compose_to(&r->c, &r->message, x, TO_ANSWERS, e))
			return false;
		told++;
	}
	return told > 0 || compose_deliver(&r->c, &r->message, false, e);
}
