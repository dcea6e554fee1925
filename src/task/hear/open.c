#include "task/hear/open.h"

#include "codec/mail/mime_read.h"
#include "codec/mail/signed.h"

struct work {
	const struct opening *o;
	struct arena *a;
	struct heard_whole *h;
	struct opened *out;
	struct ring_came came;
};

// GnuPG that hangs or is not there is tried again; what it does not take is told.
static bool told(struct work *w, struct err *e)
{
	if (e->kind == ERR_SYSTEM)
		return false;
	w->out->trouble = arena_str(w->a, str_of(e->text));
	*e = (struct err){ 0 };
	return true;
}

// The fields of the mail stay, its parts are those of the entity.
static bool take_parts(struct work *w, struct str entity, struct err *e)
{
	struct heard_whole inside;

	if (!mime_reader_read(w->o->reader, entity, w->a, &inside, e))
		return false;
	w->h->parts.at = inside.parts.at;
	w->h->parts.count = inside.parts.count;
	w->h->left_out += inside.left_out;
	w->h->broken = w->h->broken || inside.broken;
	return true;
}

static bool take_text(struct work *w, struct str text)
{
	memset(&w->h->parts, 0, sizeof w->h->parts);
	*list_add(&w->h->parts, w->a) =
		(struct heard_part){ .type = S("text/plain"), .parent = -1, .text = text };
	return true;
}

static bool check_signed(struct work *w, const struct signed_cut *x, struct err *e)
{
	w->came.text = x->entity;
	w->came.signature = x->signature;
	if (!ring_signer(w->o->ring, &w->came, w->a, &w->out->by, e))
		return told(w, e);
	return take_parts(w, x->entity, e);
}

// What GnuPG opened is an entity, or, of a mail whose whole text was sealed, that text.
static bool take_opened(struct work *w, struct str text, struct err *e)
{
	struct mime_cut m = mime_cut(text);
	struct signed_cut inside;

	if (mime_field(m.head, S("Content-Type"), w->a).p == NULL)
		return take_text(w, text);
	signed_cut(text, w->a, &inside);
	if (inside.kind == SIGNED_PGP && w->out->by.n == 0)
		return check_signed(w, &inside, e);
	return take_parts(w, text, e);
}

static bool open_sealed(struct work *w, const struct signed_cut *x, struct err *e)
{
	struct team_key team = { 0 };
	struct gpg_opened got;

	w->out->sealed = true;
	if (!team_key_now(w->o->home->db, KEY_OPENPGP, w->a, &team, e)) {
		if (e->kind != ERR_NONE)
			return false;
		w->out->trouble = S("the team has no key with which it could be opened");
		return true;
	}
	w->came.team = team.fingerprint;
	w->came.text = x->armored;
	if (!ring_unseal(w->o->ring, &w->came, w->a, &got, e))
		return told(w, e);
	w->out->by = got.by;
	return take_opened(w, got.text, e);
}

bool open_mail(const struct opening *o, struct arena *a, struct heard_whole *h, struct opened *out,
	       struct err *e)
{
	struct work w = { .o = o, .a = a, .h = h, .out = out };
	struct signed_cut x;

	*out = (struct opened){ .by = S("") };
	signed_cut(o->mail, a, &x);
	if (x.kind == SIGNED_NOT)
		return true;
	if (o->sender.n > 0 &&
	    !ring_keys(o->home->db, o->sender, home_moment(o->home), a, &w.came.keys, e))
		return false;
	return x.kind == SIGNED_PGP ? check_signed(&w, &x, e) : open_sealed(&w, &x, e);
}
