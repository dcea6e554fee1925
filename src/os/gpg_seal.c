#include "base/buf.h"
#include "os/clock.h"
#include "os/gpg_home.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- signing and sealing

// Looked for once: each look is a program that starts.
static bool signer(struct gpg *g, struct str by, struct arena *a, struct err *e)
{
	int64_t since = clock_since();
	gpgme_key_t k = NULL;
	gpgme_error_t got;

	if (str_eq(by, str_of(g->by)))
		return true;
	gpgme_signers_clear(g->ctx);
	g->by[0] = '\0';
	if (by.n == 0 || by.n >= sizeof g->by)
		return by.n == 0 || err_set(e, ERR_INPUT, "that is no fingerprint");
	got = gpgme_get_key(g->ctx, str_z(a, by), &k, 1);
	if (gpg_err_code(got) == GPG_ERR_EOF)
		return err_set(e, ERR_CONFIG, "the secret key " STR_FMT " is not here",
			       STR_ARG(by));
	if (got == 0)
		got = gpgme_signers_add(g->ctx, k);
	if (k != NULL)
		gpgme_key_unref(k);
	if (!gpg_well(got, since, "our key", e))
		return false;
	memcpy(g->by, by.p, by.n);
	g->by[by.n] = '\0';
	return true;
}

bool gpg_sign(struct gpg *g, struct str by, struct str text, struct arena *a,
	      struct gpg_signature *out, struct err *e)
{
	autodata in = NULL;
	autoout to = { 0 };
	gpgme_sign_result_t r;
	int64_t since;

	if (!signer(g, by, a, e))
		return false;
	gpg_data_of(text, &in);
	gpg_out_new(&to);
	gpgme_set_armor(g->ctx, 1);
	since = clock_since();
	if (!gpg_well(gpgme_op_sign(g->ctx, in, to.data, GPGME_SIG_MODE_DETACH), since, "signing",
		      e))
		return false;
	r = gpgme_op_sign_result(g->ctx);
	if (r == NULL || r->signatures == NULL)
		return err_set(e, ERR_SYSTEM, "signing: GnuPG gave no signature");
	snprintf(out->micalg, sizeof out->micalg, "pgp-%s",
		 gpgme_hash_algo_name(r->signatures->hash_algo));
	for (size_t i = 0; out->micalg[i] != '\0'; i++)
		out->micalg[i] = ascii_lower(out->micalg[i]);
	return gpg_out_take(&to, a, &out->armored, e);
}

static const char *addressees(const struct gpg_sealing *s, struct arena *a)
{
	struct buf b = { .cap = GPG_MOST_KEYS * 4096 };

	b.p = arena_new(a, char, b.cap);
	buf_str(&b, S("--file\n"));
	for (size_t i = 0; i < s->count; i++)
		buf_fmt(&b, "%s\n", s->to[i]);
	buf_char(&b, '\0');
	return b.over ? NULL : b.p;
}

static gpgme_error_t seal_openpgp(struct gpg *g, const struct gpg_sealing *s, gpgme_data_t in,
				  gpgme_data_t to, struct arena *a)
{
	const gpgme_encrypt_flags_t flags = GPGME_ENCRYPT_ALWAYS_TRUST;
	const char *names = addressees(s, a);

	if (names == NULL)
		return gpg_error(GPG_ERR_TOO_LARGE);
	if (s->by.n == 0)
		return gpgme_op_encrypt_ext(g->ctx, NULL, names, flags, in, to);
	return gpgme_op_encrypt_sign_ext(g->ctx, NULL, names, flags, in, to);
}

static gpgme_error_t seal_smime(struct gpg *g, const struct gpg_sealing *s, gpgme_data_t in,
				gpgme_data_t to)
{
	gpgme_key_t keys[GPG_MOST_KEYS + 1] = { NULL };
	gpgme_error_t got = 0;

	for (size_t i = 0; i < s->count && got == 0; i++)
		got = gpgme_get_key(g->ctx, s->to[i], &keys[i], 0);
	if (gpg_err_code(got) == GPG_ERR_EOF)
		got = gpg_error(GPG_ERR_NO_PUBKEY);
	if (got == 0)
		got = gpgme_op_encrypt(g->ctx, keys, GPGME_ENCRYPT_ALWAYS_TRUST, in, to);
	for (size_t i = 0; i < s->count; i++)
		if (keys[i] != NULL)
			gpgme_key_unref(keys[i]);
	return got;
}

bool gpg_seal(struct gpg *g, const struct gpg_sealing *s, struct str text, struct arena *a,
	      struct str *out, struct err *e)
{
	autodata in = NULL;
	autoout to = { 0 };
	gpgme_error_t got;
	int64_t since;

	if (s->count < 1 || s->count > GPG_MOST_KEYS)
		return err_set(e, ERR_LIMIT, "%zu keys; a text is sealed to 1 to %d", s->count,
			       GPG_MOST_KEYS);
	if (!signer(g, s->by, a, e))
		return false;
	gpg_data_of(text, &in);
	gpg_out_new(&to);
	gpgme_set_armor(g->ctx, g->engine != GPG_SMIME);
	since = clock_since();
	got = g->engine != GPG_SMIME ? seal_openpgp(g, s, in, to.data, a)
				     : seal_smime(g, s, in, to.data);
	return gpg_well(got, since, "encrypting", e) && gpg_out_take(&to, a, out, e);
}
