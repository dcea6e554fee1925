#include "task/tell/seal.h"

#include "base/time.h"
#include "model/notice/travel.h"
#include "store/answer.h"
#include "store/key_team.h"
#include "store/mail_in.h"
#include "task/answer/link.h"
#include "task/tell/act.h"
#include "task/tell/compose.h"
#include "task/tell/write.h"

enum { LIMIT = 64 << 20 };

// Where mail to an address came back lately it goes to the next contact at once.
static bool go_round(const struct fill *f, struct arena *a, struct sealing *s, struct err *e)
{
	char lower[KEY_ADDRESS];
	struct trouble_row t;

	if (s->delivery.channel != CHANNEL_MAIL)
		return true;
	if (!trouble_of(f->home->db, key_address(s->delivery.address, lower), home_moment(f->home),
			a, &t, e))
		return e->kind == ERR_NONE;
	s->end = SEALING_ROUND;
	s->round = arena_fmt(a, "mail to it came back: " STR_FMT, STR_ARG(t.says));
	return true;
}

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
	return out->end == SEALING_HELD || go_round(f, a, out, e);
}

bool seal_form(const struct fill *f, const struct sealing *s, const struct filled *l,
	       struct arena *a, struct ring_work *out, struct err *e)
{
	struct travel t = { .sensitivity = l->sensitivity };

	*out = (struct ring_work){ .team = f->fingerprint, .seed = (uint64_t)s->delivery.id };
	if (!ring_keys(f->home->db, s->delivery.address, home_moment(f->home), a, &out->keys, e))
		return false;
	if (s->message.kind == MESSAGE_ALERT)
		t.sensitivity = l->letter.tlp > TLP_GREEN ? SENSITIVITY_MIDDLE : SENSITIVITY_LOW;
	// Its reader may not have what opens it any more; that of ours is no secret.
	if (s->message.kind == MESSAGE_KEY || s->message.kind == MESSAGE_TEAM_KEY)
		out->keys = (struct ring_keys){ 0 };
	t.no_tls = s->delivery.form == FORM_NEUTRAL; // it was tried
	t.pgp = out->keys.pgp.count > 0;
	t.smime = out->keys.smime.count > 0;
	t.ours = f->fingerprint.n > 0;
	out->form = travel_form(&t);
	return true;
}

// A machine is told over a connection that is secured, or in a file of our own; what is more
// sensitive than that allows it is told of by number alone.
static enum form form_of_machine(const struct filled *l)
{
	return l->sensitivity == SENSITIVITY_HIGH ? FORM_NEUTRAL : FORM_TLS;
}

static bool tells_nothing(const struct filled *f)
{
	return f->letter.kind != MESSAGE_ALERT && f->letter.kind != MESSAGE_TEST &&
	       f->letter.findings.count == 0 && f->letter.answers.count == 0 &&
	       f->letter.statement.week == 0 && f->letter.key.fingerprint.n == 0 &&
	       f->letter.team_key.year == 0;
}

// What each sort of machine is given.
static struct str (*const machines[CHANNEL_COUNT])(const struct message_row *,
						   const struct filled *, struct arena *) = {
	[CHANNEL_WEBHOOK] = write_hook,
	[CHANNEL_FILE] = write_file,
	[CHANNEL_SYSLOG] = write_syslog,
	[CHANNEL_CEF] = write_cef,
};

void seal_in_form(struct sealing *s, struct filled *l, enum form form)
{
	s->form = form;
	l->letter.neutral = !travel_shows(form);
	l->letter.live_urls = form == FORM_PGP || form == FORM_SMIME;
}

void seal_for_machine(struct sealing *s, struct filled *l, struct arena *a)
{
	seal_in_form(s, l, form_of_machine(l));
	s->bytes = machines[s->delivery.channel](&s->message, l, a);
}

// A link for this mail alone, where there is a page on which it can be answered.
static void link_of(const struct fill *f, struct sealing *s, struct filled *l, struct arena *a)
{
	char token[ANSWER_TOKEN], code[ANSWER_CODE];
	bool grave = l->letter.findings.count > 0 &&
		     l->letter.findings.at[0].severity == SEVERITY_CRITICAL;

	if (!fill_has_link(f->home, &s->message, l))
		return;
	answer_token(token, code);
	s->link.token = arena_str(a, (struct str){ token, sizeof token });
	s->link.code = arena_str(a, (struct str){ code, sizeof code });
	l->letter.link = fill_link(f->home, s->message.kind, s->link.token, a);
	l->letter.code = grave ? s->link.code : S("");
}

// Where a key of theirs turns out to be of no use the mail says so, and nothing else.
static bool mail(const struct fill *f, struct sealing *s, struct filled *l, struct arena *a,
		 struct err *e)
{
	struct ring_work with;
	struct writing w = { f, &s->message, &s->delivery, l, &with };

	if (!seal_form(f, s, l, a, &with, e))
		return false;
	seal_in_form(s, l, with.form);
	s->by = ring_does(&with) == RING_NOTHING ? S("") : f->fingerprint;
	link_of(f, s, l, a);
	if (write_mail(&w, a, &s->bytes, e))
		return true;
	if (e->kind != ERR_INPUT || ring_does(&with) != RING_SEALS)
		return false;
	with.form = FORM_NEUTRAL;
	seal_in_form(s, l, with.form);
	s->link = (struct sealing_link){ 0 };
	*e = (struct err){ 0 };
	return write_mail(&w, a, &s->bytes, e);
}

static bool write(const struct fill *f, struct sealing *s, struct filled *l, struct arena *a,
		  struct err *e)
{
	if (s->delivery.channel == CHANNEL_MAIL)
		return mail(f, s, l, a, e);
	seal_for_machine(s, l, a);
	return true;
}

enum sealing_end seal_end(const struct filled *l, const struct delivery_row *x)
{
	if (!tells_nothing(l))
		return l->affected && x->channel == CHANNEL_MAIL ? SEALING_AFFECTED : SEALING_DONE;
	if (l->withheld.count > 0 && x->why != TO_SUPPLIER)
		return SEALING_WITHHELD;
	return l->unwished > 0 || x->why == TO_SUPPLIER ? SEALING_UNWISHED : SEALING_NOTHING;
}

struct str seal_says(enum sealing_end end, const struct delivery_row *x)
{
	switch (end) {
	case SEALING_NOTHING:
		return S("all that it told of is over, or was taken out");
	case SEALING_AFFECTED:
		return S("its mail may be read by who did it");
	case SEALING_WITHHELD:
		return S("no machine may pass it on (TLP:RED, or its feed file cannot be read)");
	case SEALING_UNWISHED:
		return x->why == TO_SUPPLIER ? S("no mandate of it holds this now")
					     : S("it wishes not to hear of this");
	case SEALING_DONE:
	case SEALING_GONE:
	case SEALING_HELD:
	case SEALING_ROUND:
		break;
	}
	return S("");
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
	out->end = seal_end(&l, &out->delivery);
	out->withheld = l.withheld.at;
	out->withheld_count = compose_is_for_member(&out->delivery) ? l.withheld.count : 0;
	if (out->end == SEALING_DONE && !write(f, out, &l, a, e))
		return false;
	if (travel_shows(out->form))
		out->told = (struct told){ l.told.at, l.told.count };
	return true;
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
	s->delivery.said = seal_says(s->end, &s->delivery);
	return delivery_become(d, &s->delivery, e) && tell_counted(d, &s->message, e);
}

// What the letter leaves out becomes a message of its own, that an officer is asked to tell: it is
// not told by the other.
static bool part_withheld(struct db *d, struct sealing *s, int64_t now, struct err *e)
{
	autoarena a = { 0 };
	struct composed made;
	struct composing c = { .d = d, .a = &a, .now = now, .out = &made };
	struct message_row m = s->message;

	if (s->withheld_count == 0)
		return true;
	arena_init(&a, LIMIT);
	if (!compose_begin(&c, e) || !compose_add(&c, &m, e))
		return false;
	for (size_t i = 0; i < s->withheld_count; i++)
		if (!message_part_move(d, s->message.id, m.id, s->withheld[i], e))
			return false;
	return compose_ask_officer(&c, &m, TO_WITHHELD, e);
}

static bool keep_link(struct db *d, const struct sealing *s, int64_t now, struct err *e)
{
	unsigned char sum[DIGEST_BYTES];
	struct answer_link link = { .token = { (char *)sum, sizeof sum },
				    .delivery = s->delivery.id,
				    .code = s->link.code,
				    .expires = now + ANSWER_LINK_DAYS * TIME_DAY };

	if (s->delivery.channel != CHANNEL_MAIL)
		return true;
	if (!delivery_parts_set(d, s->delivery.id, s->told.at, s->told.count, e))
		return false;
	answer_digest(s->link.token, sum);
	return s->link.token.n == 0 || answer_link_add(d, &link, e);
}

// A key may have been revoked while it signed.
static bool still_signs(struct db *d, const struct sealing *s, int64_t now, bool *signs,
			struct err *e)
{
	const struct team_key_at at = { KEY_OPENPGP, now };
	struct team_key team = { 0 };
	autoarena a = { 0 };

	*signs = s->by.n == 0;
	if (*signs)
		return true;
	arena_init(&a, LIMIT);
	if (!team_key_now(d, &at, &a, &team, e) && e->kind != ERR_NONE)
		return false;
	*signs = str_eq(team.fingerprint, s->by);
	return true;
}

static bool sealed(struct db *d, struct sealing *s, int64_t now, struct err *e)
{
	const struct tell_moment anew = { s->message.urgency, now, now };
	bool signs;

	if (!still_signs(d, s, now, &signs, e))
		return false;
	if (!signs)
		return tell_ask(d, &s->delivery, &anew, e);
	s->delivery.state = DELIVERY_SEALED;
	s->delivery.form = s->form;
	return part_withheld(d, s, now, e) && keep_link(d, s, now, e) &&
	       delivery_seal(d, s->delivery.id, s->bytes, e) &&
	       delivery_become(d, &s->delivery, e) && tell_ask(d, &s->delivery, &anew, e);
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
	case SEALING_WITHHELD:
		return refuse(d, s, seal_says(s->end, &s->delivery), now, e) &&
		       tell_counted(d, &s->message, e);
	case SEALING_ROUND:
		return refuse(d, s, s->round, now, e) && tell_counted(d, &s->message, e);
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
