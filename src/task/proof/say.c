#include "base/time.h"
#include "task/proof/proof.h"

struct saying {
	const struct home *h;
	struct proof *p;
	struct arena *a;
};

#define SAY(s, ...) (*list_add(&(s)->p->says, (s)->a) = arena_fmt((s)->a, __VA_ARGS__))

// The day of a moment.
static struct str day(const struct saying *s, int64_t t)
{
	char text[TIME_TEXT];
	size_t n = t > TIME_EVER && t < TIME_NEVER ? time_write(t, text) : 0;

	return n > 0 ? arena_str(s->a, str_first((struct str){ text, n }, 10)) : S("no day");
}

static void say_sender(const struct saying *s)
{
	const struct proof *p = s->p;

	if (p->sender.end == SENDER_TRICK)
		SAY(s, "From shows \"" STR_FMT "\" and is " STR_FMT ": " STR_FMT ".",
		    STR_ARG(str_first(p->sender.name, 100)), STR_ARG(p->sender.address),
		    STR_ARG(sender_end_says(p->sender.end)));
	else if (p->sender.end != SENDER_ONE)
		SAY(s, "Nothing can be proven about a sender: " STR_FMT ".",
		    STR_ARG(sender_end_says(p->sender.end)));
	else if (p->writer.known)
		SAY(s,
		    "From says " STR_FMT ", an address of a contact of " STR_FMT " (" STR_FMT ").",
		    STR_ARG(p->address), STR_ARG(p->writer.member_name), STR_ARG(p->writer.slug));
	else
		SAY(s, "From says " STR_FMT ", which is no contact's address.",
		    STR_ARG(p->address));
}

// ---- the domain

static void say_server(const struct saying *s)
{
	const struct auth_results *r = &s->p->domain.server;

	if (str_eq(s->h->mail.trusted, S("none")))
		SAY(s, "No server's word is believed: [mail] trusted is not set.");
	else if (!r->there)
		SAY(s, "Our server " STR_FMT " says nothing of it.", STR_ARG(s->h->mail.trusted));
	else
		for (size_t i = 0; i < r->count; i++)
			SAY(s, "Our server " STR_FMT " says " STR_FMT "=" STR_FMT "%s" STR_FMT ".",
			    STR_ARG(s->h->mail.trusted), STR_ARG(auth_method_word(r->at[i].method)),
			    STR_ARG(r->at[i].word),
			    r->at[i].header_from.n + r->at[i].header_d.n +
						    r->at[i].smtp_mailfrom.n >
					    0
				    ? " for "
				    : "",
			    STR_ARG(r->at[i].header_from.n > 0 ? r->at[i].header_from
				    : r->at[i].header_d.n > 0  ? r->at[i].header_d
							       : r->at[i].smtp_mailfrom));
}

static void say_dkim(const struct saying *s)
{
	const struct domain *d = &s->p->domain;

	LIST_EACH (const struct dkim_signature, x, &d->dkim.all)
		if (x->end == DKIM_PASS)
			SAY(s,
			    "A DKIM signature of " STR_FMT " holds (%u bits, key " STR_FMT "%s).",
			    STR_ARG(x->domain), x->bits, STR_ARG(x->selector),
			    x->secure ? ", by DNSSEC" : "");
		else
			SAY(s, "A DKIM signature of " STR_FMT " proves nothing: " STR_FMT ".",
			    STR_ARG(x->domain), STR_ARG(x->why));
	if (d->dkim.more)
		SAY(s, "It has more DKIM signatures, which were not looked at.");
	if (d->trouble.n > 0)
		SAY(s, "DKIM was not looked at: " STR_FMT ".", STR_ARG(d->trouble));
}

static void say_domain(const struct saying *s)
{
	const struct proof *p = s->p;

	say_server(s);
	say_dkim(s);
	switch (p->domain.end) {
	case DOMAIN_BY_SERVER:
		SAY(s, "So its domain " STR_FMT " is proven, by our server (DMARC).",
		    STR_ARG(p->sender.domain));
		break;
	case DOMAIN_BY_DKIM:
		SAY(s,
		    "So its domain " STR_FMT " is proven, by a signature that is aligned with it.",
		    STR_ARG(p->sender.domain));
		break;
	case DOMAIN_DENIED:
		SAY(s, "So it is not from " STR_FMT ", says our server (DMARC).",
		    STR_ARG(p->sender.domain));
		break;
	case DOMAIN_UNPROVEN:
	case DOMAIN_END_COUNT:
		SAY(s, "So its domain is not proven.");
		break;
	}
}

// ---- signatures

static void say_key(const struct saying *s, const struct whose_key *k)
{
	if (!k->known)
		return;
	if (k->method < 0)
		SAY(s, "Key %lld stands for " STR_FMT "; nobody has verified it.", (long long)k->id,
		    STR_ARG(k->address));
	else
		SAY(s,
		    "Key %lld is " STR_FMT "'s: " STR_FMT " (" STR_FMT "), says " STR_FMT
		    " on " STR_FMT "; until " STR_FMT ".",
		    (long long)k->id, STR_ARG(k->address),
		    STR_ARG(key_method_says((enum key_method)k->method)), STR_ARG(k->evidence),
		    STR_ARG(k->who), STR_ARG(day(s, k->checked)), STR_ARG(day(s, k->is.until)));
}

static void say_signature(const struct saying *s, const struct proof_signature *x)
{
	char spelled[KEY_SPELLED];
	const struct str key = { spelled, key_spell(str_first(x->is.fingerprint, 64), spelled) };

	SAY(s, "It is " STR_FMT ", with the key %s" STR_FMT "%s" STR_FMT ": " STR_FMT ".",
	    STR_ARG(signed_form_says(x->is.form)), key.n > 0 ? "" : "(it does not say)",
	    STR_ARG(key), x->is.at > 0 ? ", on " : "",
	    STR_ARG(x->is.at > 0 ? day(s, x->is.at) : S("")),
	    STR_ARG(gpg_verdict_says(x->is.verdict)));
	say_key(s, &x->key);
	if (!x->counts && x->is.verdict == GPG_GOOD)
		SAY(s, "It proves nothing about the sender: " STR_FMT ".", STR_ARG(x->why));
}

static void say_layers(const struct saying *s)
{
	const struct proof *p = s->p;

	if (p->layers.count == 0 && p->layers.not_read.n == 0)
		SAY(s, "It is not signed by a person's key.");
	LIST_EACH (const struct proof_signature, x, &p->signatures)
		say_signature(s, x);
	if (p->layers.sealed)
		SAY(s, "It is sealed%s.",
		    p->layers.not_read.n > 0 ? "" : ", and was opened with our key");
	if (p->layers.not_read.n > 0)
		SAY(s, "Not all of it could be read: " STR_FMT ".", STR_ARG(p->layers.not_read));
	if (p->by != NULL && !p->subject_signed)
		SAY(s, "Its subject is not signed: who carried it may have changed it.");
	if (p->by != NULL)
		SAY(s,
		    "What was signed does not say to whom or when it was sent to us: a mail of the "
		    "same number of replay is it again.");
}

void proof_say(const struct home *h, struct proof *p, struct arena *a)
{
	const struct saying s = { h, p, a };

	say_sender(&s);
	if (p->sender.end == SENDER_ONE)
		say_domain(&s);
	say_layers(&s);
	switch (p->level) {
	case PROOF_SIGNED:
		SAY(&s, "In sum: who has the key of " STR_FMT " wrote it%s" STR_FMT ".",
		    STR_ARG(p->address), p->writer.known ? ", for the member " : "",
		    STR_ARG(p->writer.slug));
		break;
	case PROOF_DOMAIN:
		SAY(&s, "In sum: somebody whom " STR_FMT " lets send wrote it.",
		    STR_ARG(p->sender.domain));
		break;
	case PROOF_NOTHING:
	case MAIL_PROOF_COUNT:
		SAY(&s, "In sum: anybody may have written it.");
		break;
	}
}
