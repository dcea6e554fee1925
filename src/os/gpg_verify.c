#include "os/clock.h"
#include "os/gpg_home.h"

static const struct {
	const char *word, *says;
} verdicts[] = {
#define X(id, word, says) [id] = { word, says },
	GPG_VERDICTS(X)
#undef X
};

struct str gpg_verdict_word(enum gpg_verdict verdict)
{
	return str_of(verdicts[verdict].word);
}

struct str gpg_verdict_says(enum gpg_verdict verdict)
{
	return str_of(verdicts[verdict].says);
}

// Two texts of one such digest can be made today, or soon.
static bool is_weak(gpgme_hash_algo_t digest)
{
	static const gpgme_hash_algo_t strong[] = { GPGME_MD_SHA256, GPGME_MD_SHA384,
						    GPGME_MD_SHA512, GPGME_MD_SHA224 };

	for (size_t i = 0; i < COUNTOF(strong); i++)
		if (digest == strong[i])
			return false;
	return true;
}

static enum gpg_verdict verdict_of(const struct _gpgme_signature *s)
{
	static const struct {
		gpg_err_code_t code;
		enum gpg_verdict verdict;
	} codes[] = {
		{ GPG_ERR_NO_ERROR, GPG_GOOD },
		{ GPG_ERR_BAD_SIGNATURE, GPG_BAD },
		{ GPG_ERR_NO_PUBKEY, GPG_UNKNOWN_KEY },
		{ GPG_ERR_KEY_EXPIRED, GPG_EXPIRED_KEY },
		{ GPG_ERR_CERT_EXPIRED, GPG_EXPIRED_KEY },
		{ GPG_ERR_CERT_REVOKED, GPG_REVOKED_KEY },
		{ GPG_ERR_SIG_EXPIRED, GPG_EXPIRED },
		{ GPG_ERR_DIGEST_ALGO, GPG_WEAK },
	};
	enum gpg_verdict verdict = GPG_UNCHECKED;

	for (size_t i = 0; i < COUNTOF(codes); i++)
		if (gpg_err_code(s->status) == codes[i].code)
			verdict = codes[i].verdict;
	if (verdict != GPG_GOOD)
		return verdict;
	if ((s->summary & GPGME_SIGSUM_KEY_REVOKED) != 0)
		return GPG_REVOKED_KEY;
	if ((s->summary & GPGME_SIGSUM_KEY_EXPIRED) != 0)
		return GPG_EXPIRED_KEY;
	if ((s->summary & GPGME_SIGSUM_RED) != 0)
		return GPG_BAD;
	if (is_weak(s->hash_algo))
		return GPG_WEAK;
	return s->wrong_key_usage ? GPG_UNCHECKED : GPG_GOOD;
}

// A part that signs has a fingerprint of its own.
static bool whole_key(struct gpg *g, struct gpg_signed *s, struct arena *a, struct err *e)
{
	struct gpg_key k;
	bool found = false;

	if (s->fingerprint.n == 0)
		return true;
	if (!gpg_key(g, s->fingerprint, a, &k, &found, e))
		return false;
	if (found && k.fingerprint.n > 0)
		s->fingerprint = k.fingerprint;
	return true;
}

static struct gpg_signed signed_of(const struct _gpgme_signature *s, struct arena *a)
{
	const char *digest = gpgme_hash_algo_name(s->hash_algo);
	struct gpg_signed out = {
		.verdict = verdict_of(s),
		.fingerprint = arena_str(a, str_of(s->fpr != NULL ? s->fpr : "")),
		.digest = arena_str(a, str_of(digest != NULL ? digest : "")),
	};

	if (s->timestamp > 0 && s->timestamp < (unsigned long)(TIME_NEVER / TIME_SECOND))
		out.at = (int64_t)s->timestamp * TIME_SECOND;
	return out;
}

// Copied before anything else is asked, which would take the result away.
static bool take_signatures(struct gpg *g, struct arena *a, struct gpg_looked *out, struct err *e)
{
	gpgme_verify_result_t r = gpgme_op_verify_result(g->ctx);

	for (const struct _gpgme_signature *s = r != NULL ? r->signatures : NULL;
	     s != NULL && out->all.count < GPG_MOST_SIGNATURES; s = s->next)
		*list_add(&out->all, a) = signed_of(s, a);
	LIST_EACH (struct gpg_signed, x, &out->all)
		if (!whole_key(g, x, a, e))
			return false;
	return true;
}

// What GnuPG could not read it would not read later either, and a mail that makes it fail or run in
// circles must not be tried again for ever: only what this machine lacks is worth that.
static bool well(gpgme_error_t got, int64_t since, const char *what, struct err *e)
{
	const gpg_err_code_t code = gpg_err_code(got);

	if (gpg_well(got, since, what, e))
		return true;
	if (e->kind == ERR_SYSTEM && (code & GPG_ERR_SYSTEM_ERROR) == 0 &&
	    code != GPG_ERR_INV_ENGINE && code != GPG_ERR_NO_AGENT)
		e->kind = ERR_INPUT;
	return false;
}

bool gpg_verify(struct gpg *g, struct str text, struct str signature, struct arena *a,
		struct gpg_looked *out, struct err *e)
{
	int64_t since = clock_since();
	autodata of = NULL;
	autodata in = NULL;

	*out = (struct gpg_looked){ 0 };
	gpg_data_of(text, &in);
	gpg_data_of(signature, &of);
	return well(gpgme_op_verify(g->ctx, of, in, NULL), since, "verifying", e) &&
	       take_signatures(g, a, out, e);
}

bool gpg_verify_whole(struct gpg *g, struct str bytes, struct arena *a, struct gpg_looked *out,
		      struct err *e)
{
	int64_t since = clock_since();
	autodata in = NULL;
	autoout to = { 0 };

	*out = (struct gpg_looked){ 0 };
	gpg_data_of(bytes, &in);
	gpg_out_new(&to);
	return well(gpgme_op_verify(g->ctx, in, NULL, to.data), since, "verifying", e) &&
	       take_signatures(g, a, out, e) && gpg_out_take(&to, a, &out->text, e);
}

bool gpg_unseal(struct gpg *g, struct str bytes, struct arena *a, struct gpg_looked *out,
		struct err *e)
{
	int64_t since = clock_since();
	autodata in = NULL;
	autoout to = { 0 };

	*out = (struct gpg_looked){ 0 };
	gpg_data_of(bytes, &in);
	gpg_out_new(&to);
	return well(gpgme_op_decrypt_verify(g->ctx, in, to.data), since, "opening", e) &&
	       take_signatures(g, a, out, e) && gpg_out_take(&to, a, &out->text, e);
}
