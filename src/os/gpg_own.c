// Our own keys: making one, having one certify the next, what revokes one, and texts that several sign.
#include "os/clock.h"
#include "os/gpg_home.h"
#include "os/libexec.h"

#include <string.h>

enum { SIGNERS = 4, KEY_ID = 16 };

bool gpg_make(struct gpg *g, const struct gpg_new *x, struct arena *a, struct str *fingerprint,
	      struct err *e)
{
	const char *user =
		arena_fmt(a, STR_FMT " <" STR_FMT ">", STR_ARG(x->name), STR_ARG(x->mail)).p;
	const unsigned flags = GPGME_CREATE_NOPASSWD | GPGME_CREATE_FORCE;
	int64_t since = clock_since();
	gpgme_error_t got;
	gpgme_key_t k = NULL;

	got = gpgme_op_createkey(g->ctx, user, x->rsa ? "rsa4096" : "ed25519", 0,
				 (unsigned long)x->seconds, NULL,
				 flags | GPGME_CREATE_SIGN | GPGME_CREATE_CERT);
	if (!gpg_well(got, since, "making a key", e))
		return false;
	*fingerprint = arena_str(a, str_of(gpgme_op_genkey_result(g->ctx)->fpr));
	since = clock_since();
	got = gpgme_get_key(g->ctx, fingerprint->p, &k, 1);
	if (got == 0)
		got = gpgme_op_createsubkey(g->ctx, k, x->rsa ? "rsa4096" : "cv25519", 0,
					    (unsigned long)x->seconds, flags | GPGME_CREATE_ENCR);
	if (k != NULL)
		gpgme_key_unref(k);
	return gpg_well(got, since, "making its part that encrypts", e);
}

// ---- certifying

static bool find(struct gpg *g, struct str fingerprint, bool secret, struct arena *a,
		 gpgme_key_t *out, struct err *e)
{
	int64_t since = clock_since();
	gpgme_error_t got = gpgme_get_key(g->ctx, str_z(a, fingerprint), out, secret);

	if (gpg_err_code(got) == GPG_ERR_EOF)
		return err_set(e, ERR_CONFIG, "the %s key " STR_FMT " is not here",
			       secret ? "secret" : "public", STR_ARG(fingerprint));
	return gpg_well(got, since, "looking for a key", e);
}

static void key_done(gpgme_key_t *k)
{
	if (*k != NULL)
		gpgme_key_unref(*k);
}
#define autokey CLEANUP(key_done) gpgme_key_t

// Who signs now is none of those that gpg_sign looked for.
static bool signers(struct gpg *g, const struct gpg_signers *by, struct arena *a, struct err *e)
{
	gpgme_signers_clear(g->ctx);
	g->by[0] = '\0';
	for (size_t i = 0; i < by->n; i++) {
		int64_t since = clock_since();
		autokey k = NULL;

		if (!find(g, by->by[i], true, a, &k, e) ||
		    !gpg_well(gpgme_signers_add(g->ctx, k), since, "our key", e))
			return false;
	}
	return true;
}

bool gpg_certify(struct gpg *g, struct str by, struct str key, struct arena *a, struct err *e)
{
	const struct gpg_signers one = { &by, 1 };
	int64_t since = clock_since();
	autokey k = NULL;
	gpgme_error_t got;

	if (!signers(g, &one, a, e) || !find(g, key, false, a, &k, e))
		return false;
	got = gpgme_op_keysign(g->ctx, k, NULL, 0, 0);
	gpgme_signers_clear(g->ctx);
	return gpg_well(got, since, "certifying a key", e);
}

static bool holds(const struct _gpgme_user_id *u, struct str id)
{
	bool is = false;

	if (u->revoked || u->invalid)
		return false;
	for (const struct _gpgme_key_sig *s = u->signatures; s != NULL; s = s->next) {
		if (s->keyid == NULL || !str_eq(str_of(s->keyid), id))
			continue;
		if (s->revoked)
			return false;
		is = is ||
		     (gpg_err_code(s->status) == GPG_ERR_NO_ERROR && !s->expired && !s->invalid &&
		      s->exportable && s->sig_class >= 0x10 && s->sig_class <= 0x13);
	}
	return is;
}

bool gpg_certified(struct gpg *g, struct str by, struct str key, struct arena *a, bool *is,
		   struct err *e)
{
	int64_t since = clock_since();
	autokey k = NULL;
	bool found;

	*is = false;
	gpgme_set_keylist_mode(g->ctx, GPGME_KEYLIST_MODE_LOCAL | GPGME_KEYLIST_MODE_SIGS);
	found = find(g, key, false, a, &k, e);
	gpgme_set_keylist_mode(g->ctx, GPGME_KEYLIST_MODE_LOCAL);
	if (!found || by.n < KEY_ID)
		return found;
	for (const struct _gpgme_user_id *u = k->uids; u != NULL; u = u->next)
		*is = *is || holds(u, str_from(by, by.n - KEY_ID));
	return clock_since() - since < GPG_SECONDS * TIME_SECOND ||
	       err_set(e, ERR_SYSTEM, "GnuPG did not answer within %d seconds", GPG_SECONDS);
}

// ---- revoking

// GPGME has no call for it: gpg is started by hand, and asks what it asks of people.
bool gpg_revocation(struct gpg *g, struct str key, enum gpg_reason reason, struct arena *a,
		    struct str *out, struct err *e)
{
	const char *argv[] = { "gpg",
			       "--homedir",
			       g->folder,
			       "--no-batch",
			       "--command-fd",
			       "0",
			       "--pinentry-mode",
			       "loopback",
			       "--armor",
			       "--gen-revoke",
			       str_z(a, key),
			       NULL };
	const struct str words = arena_fmt(a, "y\n%d\n\ny\n", (int)reason);
	int64_t since = clock_since();
	char program[LIBEXEC_PATH];
	autodata in = NULL;
	autoout to = { 0 };
	gpgme_ctx_t ctx = NULL;
	gpgme_error_t got;

	if (!libexec_find("gpg", program, e))
		return false;
	gpg_data_of(words, &in);
	gpg_out_new(&to);
	got = gpgme_new(&ctx);
	if (got == 0)
		got = gpgme_set_protocol(ctx, GPGME_PROTOCOL_SPAWN);
	if (got == 0)
		got = gpgme_op_spawn(ctx, program, argv, in, to.data, NULL, 0);
	if (ctx != NULL)
		gpgme_release(ctx);
	if (!gpg_well(got, since, "making what revokes a key", e) || !gpg_out_take(&to, a, out, e))
		return false;
	return str_contains(*out, S("-----END PGP PUBLIC KEY BLOCK-----")) ||
	       err_set(e, ERR_SYSTEM, "GnuPG made nothing that revokes " STR_FMT, STR_ARG(key));
}

bool gpg_revoke(struct gpg *g, struct str key, struct str revocation, struct arena *a,
		struct err *e)
{
	int64_t since = clock_since();
	autodata in = NULL;
	struct gpg_key k;
	bool found;

	if (revocation.n > GPG_MOST_BYTES)
		return err_set(e, ERR_LIMIT, "%zu bytes revoke no key", revocation.n);
	gpg_data_of(revocation, &in);
	if (!gpg_well(gpgme_op_import(g->ctx, in), since, "revoking a key", e) ||
	    !gpg_key(g, key, a, &k, &found, e))
		return false;
	return (found && k.revoked) ||
	       err_set(e, ERR_INPUT, "that does not revoke " STR_FMT, STR_ARG(key));
}

// ---- texts

bool gpg_sign_clear(struct gpg *g, const struct gpg_signers *by, struct str text, struct arena *a,
		    struct str *out, struct err *e)
{
	int64_t since = clock_since();
	autodata in = NULL;
	autoout to = { 0 };
	gpgme_error_t got;

	if (by->n < 1 || by->n > SIGNERS)
		return err_set(e, ERR_LIMIT, "%zu keys; a text is signed by 1 to %d", by->n,
			       SIGNERS);
	if (!signers(g, by, a, e))
		return false;
	gpg_data_of(text, &in);
	gpg_out_new(&to);
	gpgme_set_armor(g->ctx, 1);
	got = gpgme_op_sign(g->ctx, in, to.data, GPGME_SIG_MODE_CLEAR);
	gpgme_signers_clear(g->ctx);
	return gpg_well(got, since, "signing", e) && gpg_out_take(&to, a, out, e);
}
