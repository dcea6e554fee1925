#include "task/tell/seal.h"

#include "model/notice/travel.h"
#include "task/tell/act.h"
#include "task/tell/compose.h"
#include "task/tell/write.h"

enum { LIMIT = 64 << 20 };

static bool load(const struct fill *f, int64_t delivery, struct arena *a, struct sealing *out,
		 struct err *e)
{
	struct db *d = f->home->db;
	struct telling t;

	out->end = SEALING_GONE;
	if (!delivery_by_id(d, delivery, a, &out->delivery, e))
		return e->kind == ERR_NONE;
	if (out->delivery.state != DELIVERY_WAITS)
		return true;
	if (!message_by_id(d, out->delivery.message, a, &out->message, e) || !telling(d, a, &t, e))
		return false;
	out->end = out->message.state == MESSAGE_HELD || t.stopped != 0 || t.mode != TELL_ON
			   ? SEALING_HELD
			   : SEALING_DONE;
	return true;
}

enum form seal_form(const struct message_row *m, const struct delivery_row *x,
		    const struct filled *l)
{
	struct travel t = { .sensitivity = l->sensitivity };

	if (m->kind == MESSAGE_ALERT)
		t.sensitivity = l->letter.tlp > TLP_GREEN ? SENSITIVITY_MIDDLE : SENSITIVITY_LOW;
	t.no_tls = x->form == FORM_NEUTRAL; // it was tried
	return travel_form(&t);
}

// A machine is told over a connection that is secured, or in a file of our own; what is more
// sensitive than that allows it is told of by number alone.
static enum form form_of_machine(const struct filled *l)
{
	return l->sensitivity == SENSITIVITY_HIGH ? FORM_NEUTRAL : FORM_TLS;
}

static bool tells_nothing(const struct filled *f)
{
	return f->letter.kind != MESSAGE_ALERT && f->letter.findings.count == 0;
}

// What each sort of machine is given.
static struct str (*const machines[CHANNEL_COUNT])(const struct message_row *,
						   const struct filled *, struct arena *) = {
	[CHANNEL_WEBHOOK] = write_hook,
	[CHANNEL_FILE] = write_file,
	[CHANNEL_SYSLOG] = write_syslog,
	[CHANNEL_CEF] = write_cef,
};

struct str seal_for_machine(const struct message_row *m, const struct delivery_row *x,
			    struct filled *l, struct arena *a, enum form *form)
{
	*form = form_of_machine(l);
	l->letter.neutral = !travel_shows(*form);
	return machines[x->channel](m, l, a);
}

static bool write(const struct fill *f, struct sealing *s, struct filled *l, struct arena *a,
		  struct err *e)
{
	struct writing w = { f->home, &s->message, &s->delivery, l };

	if (s->delivery.channel != CHANNEL_MAIL) {
		s->bytes = seal_for_machine(&s->message, &s->delivery, l, a, &s->form);
		return true;
	}
	s->form = seal_form(&s->message, &s->delivery, l);
	l->letter.neutral = !travel_shows(s->form);
	l->letter.live_urls = s->form == FORM_PGP || s->form == FORM_SMIME;
	return write_mail(&w, a, &s->bytes, e);
}

static enum sealing_end end_of_nothing(const struct filled *l, const struct delivery_row *x)
{
	if (l->withheld > 0 && x->why != TO_SUPPLIER)
		return SEALING_WITHHELD;
	return l->unwished > 0 || x->why == TO_SUPPLIER ? SEALING_UNWISHED : SEALING_NOTHING;
}

bool seal_delivery(const struct fill *f, int64_t delivery, struct arena *a, struct sealing *out,
		   struct err *e)
{
	struct filled l;

	if (!load(f, delivery, a, out, e))
		return false;
	if (out->end != SEALING_DONE)
		return true;
	if (!fill_letter(f, &out->message, &out->delivery, a, &l, e))
		return false;
	if (tells_nothing(&l))
		out->end = end_of_nothing(&l, &out->delivery);
	else if (l.affected && out->delivery.channel == CHANNEL_MAIL)
		out->end = SEALING_AFFECTED;
	return out->end != SEALING_DONE || write(f, out, &l, a, e);
}

// ---- what came of it

// Nobody is told by this way; the next contact is, or an officer.
static bool refuse(struct db *d, struct sealing *s, struct str why, int64_t now, struct err *e)
{
	autoarena a = { 0 };
	struct composed made;
	struct composing c = { .d = d, .a = &a, .now = now, .out = &made };

	arena_init(&a, LIMIT);
	s->delivery.state = DELIVERY_REFUSED;
	s->delivery.form = FORM_NONE;
	s->delivery.said = why;
	if (!delivery_become(d, &s->delivery, e))
		return false;
	if (!compose_is_for_member(&s->delivery))
		return true;
	if (!compose_begin(&c, e))
		return false;
	return s->end == SEALING_WITHHELD ? compose_ask_officer(&c, &s->message, TO_WITHHELD, e)
					  : compose_next(&c, &s->message, e);
}

// Where another delivery had left before, the message is what that makes it.
static bool nothing(struct db *d, struct sealing *s, int64_t now, struct err *e)
{
	struct message_counts c;
	int64_t count;

	if (!delivery_cancel(d, s->message.id, now, &count, e) ||
	    !message_counts(d, s->message.id, &c, e))
		return false;
	s->message.state = c.cancelled == c.all ? MESSAGE_NOTHING : message_after(&c);
	return message_become(d, &s->message, e);
}

// It does not leave, and nobody else needs to hear it instead.
static bool unwished(struct db *d, struct sealing *s, struct err *e)
{
	s->delivery.state = DELIVERY_CANCELLED;
	s->delivery.form = FORM_NONE;
	s->delivery.said = s->delivery.why == TO_SUPPLIER ? S("no mandate of it holds this now")
							  : S("it wishes not to hear of this");
	return delivery_become(d, &s->delivery, e) && tell_counted(d, &s->message, e);
}

static bool sealed(struct db *d, struct sealing *s, int64_t now, struct err *e)
{
	s->delivery.state = DELIVERY_SEALED;
	s->delivery.form = s->form;
	return delivery_seal(d, s->delivery.id, s->bytes, e) &&
	       delivery_become(d, &s->delivery, e) &&
	       tell_ask(d, &s->delivery, &(struct tell_moment){ s->message.urgency, now, now }, e);
}

// An officer may have cancelled it while it was written.
static bool still_waits(struct db *d, int64_t delivery, bool *waits, struct err *e)
{
	autoarena a = { 0 };
	struct delivery_row now;

	arena_init(&a, LIMIT);
	if (!delivery_by_id(d, delivery, &a, &now, e))
		return false;
	*waits = now.state == DELIVERY_WAITS;
	return true;
}

bool seal_over(struct db *d, struct sealing *s, int64_t now, struct err *e)
{
	bool waits;

	if (s->end == SEALING_GONE || s->end == SEALING_HELD)
		return true;
	if (!still_waits(d, s->delivery.id, &waits, e))
		return false;
	if (!waits)
		return true;
	s->delivery.changed = now;
	switch (s->end) {
	case SEALING_NOTHING:
		return nothing(d, s, now, e);
	case SEALING_AFFECTED:
		return refuse(d, s, S("its mail may be read by who did it"), now, e) &&
		       tell_counted(d, &s->message, e);
	case SEALING_WITHHELD:
		return refuse(d, s, S("its source lets no machine pass it on (TLP:RED)"), now, e) &&
		       tell_counted(d, &s->message, e);
	case SEALING_UNWISHED:
		return unwished(d, s, e);
	case SEALING_DONE:
		return sealed(d, s, now, e);
	case SEALING_GONE:
	case SEALING_HELD:
		break;
	}
	return true;
}
