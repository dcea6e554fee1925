#include "task/proof/proof.h"

#include "codec/mail/mime_read.h"
#include "os/file.h"
#include "task/keys/ring.h"

enum { SECRET_ROOM = 4 << 20 };

struct work {
	const struct home *h;
	struct arena *a;
	struct proof *out;
};

// ---- keys for GnuPG

static bool senders(void *context, struct gpg *g, enum key_kind kind, struct err *e)
{
	const struct work *w = context;
	const struct whose_wish wish = { .address = w->out->address, .kind = kind };
	bool some;

	return w->out->address.n == 0 || whose_keys_into(w->h->db, &wish, g, &some, e);
}

static bool named(void *context, struct gpg *g, enum key_kind kind, struct str fingerprint,
		  bool *some, struct err *e)
{
	const struct work *w = context;
	const struct whose_wish wish = { .fingerprint = fingerprint, .kind = kind };

	return whose_keys_into(w->h->db, &wish, g, some, e);
}

// Not that of the folder gnupg/, which others work in.
static bool secret(void *context, struct gpg *g, enum key_kind kind, bool *some, struct err *e)
{
	const struct work *w = context;
	autoarena a = { 0 };
	struct gpg_keys keys;
	struct str bytes;
	struct err none = { 0 };

	*some = false;
	if (kind != KEY_OPENPGP)
		return true;
	arena_init(&a, SECRET_ROOM);
	if (!file_read_secret(home_path(w->h, RING_SECRET, &a), RING_SECRET_BYTES, &a, &bytes,
			      &none))
		return true; // there is none on this node
	*some = true;
	return gpg_import(g, bytes, &a, &keys, e);
}

// ---- what a signature proves

// A head within that says another sender than the mail's is of another mail.
static bool same_sender(const struct work *w)
{
	struct sender inner;

	sender_read(mime_cut(w->out->layers.inside).head, w->a, &inner);
	return inner.end == SENDER_NONE ||
	       (inner.end == SENDER_ONE && str_eq_nocase(inner.address, w->out->sender.address));
}

static struct str why_not(const struct work *w, const struct proof_signature *s)
{
	const struct proof *p = w->out;

	if (s->is.verdict != GPG_GOOD)
		return gpg_verdict_says(s->is.verdict);
	if (!s->key.known)
		return S("its key is no contact's");
	if (!whose_key_usable(&s->key, w->h->now))
		return key_trouble_says(s->key.trouble);
	if (p->sender.end != SENDER_ONE)
		return sender_end_says(p->sender.end);
	if (!s->key.senders)
		return S("its key is another address's than the one in From");
	if (!s->is.whole || !p->layers.whole)
		return S("it is over a part of the mail, and not over all that is shown");
	if (!same_sender(w))
		return S("what was signed says another sender than the mail's head");
	return S("");
}

static bool judge_signatures(struct work *w, struct err *e)
{
	struct proof *p = w->out;

	LIST_EACH (const struct layers_signature, x, &p->layers.signatures) {
		const struct whose_asked q = { x->fingerprint, p->address, w->h->now };
		struct proof_signature s = { .is = *x };

		if (!whose_key(w->h->db, &q, w->a, &s.key, e))
			return false;
		s.why = why_not(w, &s);
		s.counts = s.why.n == 0;
		*list_add(&p->signatures, w->a) = s;
	}
	LIST_EACH (const struct proof_signature, s, &p->signatures)
		if (s->counts && p->by == NULL)
			p->by = s;
	return true;
}

// ---- what is to be shown

// Fields of a head within that say that they are the mail's own (draft-autocrypt-lamps-protected-headers,
// RFC 9788).
static bool protects(struct str head, struct arena *a)
{
	struct str type = mime_field(head, S("Content-Type"), a);

	return str_eq_nocase(mime_parameter(type, S("protected-headers"), a), S("v1")) ||
	       mime_parameter(type, S("hp"), a).n > 0;
}

static void take_subject(const struct work *w, struct str mail)
{
	struct proof *p = w->out;
	struct str head = mime_cut(p->layers.inside).head, inner = { 0 };

	if (p->by != NULL && protects(head, w->a))
		inner = mime_field(head, S("Subject"), w->a);
	p->subject_signed = inner.p != NULL;
	p->subject = mime_words(
		p->subject_signed ? inner : mime_field(mime_cut(mail).head, S("Subject"), w->a),
		w->a);
	if (p->subject.p == NULL)
		p->subject = S("");
}

static void sum_up(const struct work *w, struct str mail)
{
	struct proof *p = w->out;

	p->inside = mail;
	if (p->by != NULL) {
		p->level = PROOF_SIGNED;
		p->inside = p->layers.inside;
		p->replay = str_of(p->by->is.replay);
	} else if (p->domain.end == DOMAIN_BY_SERVER || p->domain.end == DOMAIN_BY_DKIM) {
		p->level = PROOF_DOMAIN;
	}
	take_subject(w, mail);
}

bool proof_of(const struct domain_how *how, struct str mail, struct arena *a, struct proof *out,
	      struct err *e)
{
	struct work w = { how->home, a, out };
	const struct layers_keys keys = { senders, named, secret, &w };
	char lower[KEY_ADDRESS];

	*out = (struct proof){ 0 };
	if (mbox_is(mail)) // the line that a local pipe or a mailbox puts above it
		str_cut(&mail, '\n');
	sender_read(mime_cut(mail).head, a, &out->sender);
	if (out->sender.end == SENDER_ONE)
		out->address = arena_str(a, key_address(out->sender.address, lower));
	if (!whose_contact(how->home->db, out->address, a, &out->writer, e) ||
	    !domain_of(how, mail, &out->sender, a, &out->domain, e) ||
	    !layers_read(mail, &keys, a, &out->layers, e) || !judge_signatures(&w, e))
		return false;
	sum_up(&w, mail);
	proof_say(how->home, out, a);
	return true;
}
