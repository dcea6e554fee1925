#include "task/tell/send.h"

#include "base/time.h"
#include "task/tell/act.h"
#include "task/tell/compose.h"

enum { LIMIT = 64 << 20 };

static bool telling_lets(struct db *d, struct arena *a, bool *lets, struct err *e)
{
	struct telling t;

	if (!telling(d, a, &t, e))
		return false;
	*lets = t.stopped == 0 && t.mode == TELL_ON;
	return true;
}

// As it is now; the bytes are read by who needs them.
static bool look(struct db *d, int64_t delivery, struct arena *a, struct sending *out,
		 enum sending_may *may, struct err *e)
{
	enum delivery_state state;
	bool lets;

	*may = SENDING_GONE;
	if (!delivery_by_id(d, delivery, a, &out->delivery, e))
		return e->kind == ERR_NONE;
	state = out->delivery.state;
	if (state != DELIVERY_SEALED && state != DELIVERY_BEGUN)
		return true;
	if (!message_by_id(d, out->delivery.message, a, &out->message, e) ||
	    !telling_lets(d, a, &lets, e))
		return false;
	*may = out->message.state == MESSAGE_HELD || !lets ? SENDING_HELD : SENDING_MAY;
	return true;
}

bool sending_load(struct db *d, int64_t delivery, struct arena *a, struct sending *out,
		  enum sending_may *may, struct err *e)
{
	if (!look(d, delivery, a, out, may, e))
		return false;
	if (*may == SENDING_GONE || delivery_sealed(d, delivery, a, &out->bytes, e))
		return true;
	*may = SENDING_TAKEN_BACK;
	return e->kind == ERR_NONE;
}

// Looking for a way takes its time, in which an officer may have decided.
static bool begin(struct db *d, struct sending *s, int64_t now, struct arena *a,
		  enum sending_may *may, struct err *e)
{
	struct delivery_row *x = &s->delivery;

	if (!look(d, x->id, a, s, may, e))
		return false;
	if (*may != SENDING_MAY)
		return true;
	x->doubts += x->state == DELIVERY_BEGUN;
	x->state = DELIVERY_BEGUN;
	x->changed = now;
	x->tries++;
	return delivery_become(d, x, e);
}

bool sending_begin(struct db *d, struct sending *s, int64_t now, struct arena *a,
		   enum sending_may *may, struct err *e)
{
	if (!db_begin(d, e))
		return false;
	if (begin(d, s, now, a, may, e))
		return db_commit(d, e);
	db_abort(d);
	return false;
}

// ---- how it went

static bool arrived(struct db *d, struct sending *s, const struct sending_result *r, struct err *e)
{
	const struct delivery_row *x = &s->delivery;
	const struct message_told how = { r->now, S("") };
	autoarena a = { 0 };
	struct wish w;

	arena_init(&a, LIMIT);
	s->delivery.state = DELIVERY_ARRIVED;
	if (!delivery_become(d, x, e) || !delivery_unseal(d, x->id, e))
		return false;
	if (!message_tells(x->channel, x->form) || x->why == TO_SUPPLIER)
		return true;
	return wish_of(d, x->contact, &a, &w, e) &&
	       message_tell(d, &s->message, wish_lowest(&w, s->message.kind), &how, e);
}

static bool refused(struct db *d, struct sending *s, const struct sending_result *r, struct err *e)
{
	autoarena a = { 0 };
	struct composed made;
	struct composing c = { .d = d, .a = &a, .now = r->now, .out = &made };

	arena_init(&a, LIMIT);
	s->delivery.state = DELIVERY_REFUSED;
	if (!delivery_become(d, &s->delivery, e) || !delivery_unseal(d, s->delivery.id, e))
		return false;
	return !compose_is_for_member(&s->delivery) ||
	       (compose_begin(&c, e) && compose_next(&c, &s->message, e));
}

static bool unsafe(struct db *d, struct sending *s, const struct sending_result *r, struct err *e)
{
	s->delivery.state = DELIVERY_WAITS;
	s->delivery.form = FORM_NEUTRAL;
	return delivery_become(d, &s->delivery, e) && delivery_unseal(d, s->delivery.id, e) &&
	       tell_ask(d, &s->delivery,
			&(struct tell_moment){ s->message.urgency, r->now, r->now }, e);
}

bool sending_over(struct db *d, struct sending *s, const struct sending_result *r, struct err *e)
{
	struct delivery_row *x = &s->delivery;
	bool ok = false;

	x->changed = r->now;
	x->code = r->code;
	x->said = r->said;
	switch (r->end) {
	case SENDING_ARRIVED:
		ok = arrived(d, s, r, e);
		break;
	case SENDING_UNSAFE:
		ok = unsafe(d, s, r, e);
		break;
	case SENDING_STOPPED:
		x->state = DELIVERY_CANCELLED;
		ok = delivery_become(d, x, e);
		break;
	case SENDING_REFUSED:
		ok = refused(d, s, r, e);
		break;
	case SENDING_DOUBT:
	case SENDING_LATER:
		x->doubts += r->end == SENDING_DOUBT;
		x->state = DELIVERY_SEALED;
		ok = r->last ? refused(d, s, r, e) : delivery_become(d, x, e);
		break;
	}
	return ok && tell_counted(d, &s->message, e);
}
