#include "task/proof/layers.h"

#include "base/buf.h"
#include "task/keys/aside.h"

#include <stdio.h>

struct reading {
	const struct layers_keys *keys;
	struct arena *a;      // of the caller
	struct arena scratch; // of what is between
	struct aside aside[KEY_KIND_COUNT];
	bool secret[KEY_KIND_COUNT], asked[KEY_KIND_COUNT]; // our own key is there, was asked for
	struct layers *out;
};

static void reading_done(struct reading *r)
{
	for (unsigned i = 0; i < KEY_KIND_COUNT; i++)
		if (r->aside[i].gpg != NULL || r->aside[i].folder[0] != '\0')
			aside_close(&r->aside[i]);
	arena_done(&r->scratch);
}

static bool gpg_of(struct reading *r, enum key_kind kind, struct gpg **out, struct err *e)
{
	struct aside *s = &r->aside[kind];

	s->kind = kind;
	if (s->gpg == NULL &&
	    (!aside_open(s, e) || !r->keys->senders(r->keys->context, s->gpg, kind, e)))
		return false;
	*out = s->gpg;
	return true;
}

static bool has_secret(struct reading *r, enum key_kind kind, struct gpg *g, struct err *e)
{
	if (!r->asked[kind] && !r->keys->secret(r->keys->context, g, kind, &r->secret[kind], e))
		return false;
	r->asked[kind] = true;
	return true;
}

// ---- one layer

static bool look(struct reading *r, const struct signed_cut *c, struct gpg *g,
		 struct gpg_looked *out, struct err *e)
{
	switch (c->form) {
	case SIGNED_PGP:
	case SIGNED_SMIME:
		return gpg_verify(g, c->bytes, c->signature, &r->scratch, out, e);
	case SIGNED_PGP_TEXT:
	case SIGNED_CMS:
		return gpg_verify_whole(g, c->bytes, &r->scratch, out, e);
	case SEALED_PGP:
	case SEALED_PGP_TEXT:
	case SEALED_CMS:
		return gpg_unseal(g, c->bytes, &r->scratch, out, e);
	case SIGNED_NOT:
	case SIGNED_FORM_COUNT:
		break;
	}
	return err_set(e, ERR_INPUT, "it is not signed");
}

// The keys of those that are not known here are looked for once. *again: there are some.
static bool find_keys(struct reading *r, enum key_kind kind, struct gpg *g,
		      const struct gpg_looked *looked, bool *again, struct err *e)
{
	*again = false;
	LIST_EACH (const struct gpg_signed, s, &looked->all) {
		bool some = false;

		if (s->verdict != GPG_UNKNOWN_KEY || s->fingerprint.n < KEY_FINGERPRINT_LEAST)
			continue;
		if (!r->keys->named(r->keys->context, g, kind, s->fingerprint, &some, e))
			return false;
		*again = *again || some;
	}
	return true;
}

static void replay_of(const struct gpg_signed *s, struct str bytes, char out[DIGEST_TEXT])
{
	unsigned char sum[DIGEST_BYTES];
	char at[32];
	struct digest d;

	digest_init(&d);
	digest_add(&d, s->fingerprint);
	digest_add(&d, (struct str){ at, (size_t)snprintf(at, sizeof at, " %lld ",
							  (long long)(s->at / TIME_SECOND)) });
	digest_add(&d, bytes);
	digest_done(&d, sum);
	digest_hex(sum, out);
}

static void note(struct reading *r, const struct signed_cut *c, const struct gpg_looked *looked)
{
	const bool apart = c->form == SIGNED_PGP || c->form == SIGNED_SMIME;

	LIST_EACH (const struct gpg_signed, s, &looked->all) {
		struct layers_signature *to;

		if (r->out->signatures.count == LAYERS_SIGNATURES)
			return;
		to = list_add(&r->out->signatures, r->a);
		*to = (struct layers_signature){
			.form = c->form,
			.verdict = s->verdict,
			.fingerprint = arena_str(r->a, s->fingerprint),
			.digest = arena_str(r->a, s->digest),
			.at = s->at,
			.whole = r->out->whole,
		};
		replay_of(s, apart ? c->bytes : looked->text, to->replay);
	}
}

// What is within it, as an entity.
static struct str entity_of(struct reading *r, const struct signed_cut *c,
			    const struct gpg_looked *looked)
{
	if (c->form == SIGNED_PGP || c->form == SIGNED_SMIME)
		return c->bytes;
	if (c->form != SIGNED_PGP_TEXT && c->form != SEALED_PGP_TEXT)
		return looked->text;
	return arena_fmt(&r->scratch, "%s" STR_FMT "%s\r\n" STR_FMT,
			 c->type.n > 0 ? "Content-Type: " : "", STR_ARG(c->type),
			 c->type.n > 0 ? "\r\n" : "", STR_ARG(looked->text));
}

static void not_read(struct reading *r, const struct signed_cut *c, const struct err *why)
{
	r->out->not_read =
		arena_fmt(r->a, STR_FMT ": %s", STR_ARG(signed_form_says(c->form)), why->text);
}

// *entity: what is within. *on: there is something within that can be read.
static bool open_layer(struct reading *r, const struct signed_cut *c, struct str *entity, bool *on,
		       struct err *e)
{
	const enum key_kind kind = signed_is_smime(c->form) ? KEY_SMIME : KEY_OPENPGP;
	struct gpg_looked looked = { 0 };
	struct gpg *g = NULL;
	bool again = false;

	*on = false;
	if (!gpg_of(r, kind, &g, e) || (signed_is_sealed(c->form) && !has_secret(r, kind, g, e)))
		return false;
	if (signed_is_sealed(c->form) && !r->secret[kind])
		err_set(e, ERR_INPUT, "our key for it is not here");
	else
		*on = look(r, c, g, &looked, e) && find_keys(r, kind, g, &looked, &again, e) &&
		      (!again || look(r, c, g, &looked, e));
	if (!*on && e->kind != ERR_INPUT && e->kind != ERR_LIMIT)
		return false;
	if (*on) {
		note(r, c, &looked);
		*entity = entity_of(r, c, &looked);
	} else {
		not_read(r, c, e);
		*e = (struct err){ 0 };
	}
	return true;
}

// ---- all of them

static bool read_all(struct reading *r, struct str *entity, struct err *e)
{
	struct layers *out = r->out;
	bool on = true;

	for (out->whole = true; on && out->count < LAYERS_MOST;) {
		struct signed_cut c;

		if (!signed_cut(*entity, &r->scratch, &c)) {
			out->not_read = S("it is too long for its signature to be looked for");
			return true;
		}
		if (c.broken != NULL)
			out->not_read = str_of(c.broken);
		if (c.form == SIGNED_NOT)
			return true;
		out->count++;
		out->whole = out->whole && c.whole;
		out->sealed = out->sealed || signed_is_sealed(c.form);
		out->form =
			arena_fmt(r->a, STR_FMT "%s" STR_FMT, STR_ARG(out->form),
				  out->form.n > 0 ? " " : "", STR_ARG(signed_form_word(c.form)));
		if (!open_layer(r, &c, entity, &on, e))
			return false;
	}
	return true;
}

bool layers_read(struct str mail, const struct layers_keys *keys, struct arena *a,
		 struct layers *out, struct err *e)
{
	CLEANUP(reading_done)
	struct reading r = { .keys = keys, .a = a, .out = out };
	struct str entity = mail;
	bool good;

	*out = (struct layers){ 0 };
	arena_init(&r.scratch, LAYERS_ROOM);
	good = read_all(&r, &entity, e);
	out->inside = out->count > 0 ? arena_str(a, entity) : mail;
	if (out->count == 0)
		out->whole = false;
	return good;
}
