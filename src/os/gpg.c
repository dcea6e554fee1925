#include "base/buf.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/gpg_home.h"
#include "os/libexec.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	MOST_USERS = 64, // of one key that are looked at
	LEAST_BITS = 2048,
	TRUST_BYTES = 1 << 20,
	AGENT_LOOKS = 200, // 10 ms each
};

#define GPG_SETTINGS                                                          \
	"batch\nno-tty\nno-greeting\ndisable-dirmngr\nno-auto-key-retrieve\n" \
	"no-auto-key-locate\nno-auto-check-trustdb\nno-emit-version\n"        \
	"trust-model always\nset-filename \"\"\ncompress-algo zip\n"          \
	"personal-digest-preferences SHA512 SHA384 SHA256\n"

static const struct {
	gpgme_protocol_t protocol;
	const char *program, *file, *settings;
} engines[] = {
	[GPG_OPENPGP] = { GPGME_PROTOCOL_OpenPGP, "gpg", "gpg.conf",
			  GPG_SETTINGS "import-options "
				       "import-clean,self-sigs-only,no-keep-ownertrust\n" },
	[GPG_CERTIFIED] = { GPGME_PROTOCOL_OpenPGP, "gpg", "gpg.conf",
			    GPG_SETTINGS "import-options "
					 "no-self-sigs-only,no-import-clean,no-keep-ownertrust\n" },
	[GPG_SMIME] = { GPGME_PROTOCOL_CMS, "gpgsm", "gpgsm.conf",
			"batch\nno-tty\ndisable-dirmngr\ndisable-crl-checks\n"
			"cipher-algo AES256\nno-secmem-warning\n" },
};

// ---- errors

// That who sent the key, or the text, must put right.
static const gpg_err_code_t theirs[] = {
	GPG_ERR_UNUSABLE_PUBKEY, GPG_ERR_NO_PUBKEY,       GPG_ERR_CERT_EXPIRED,
	GPG_ERR_CERT_REVOKED,    GPG_ERR_KEY_EXPIRED,     GPG_ERR_MISSING_ISSUER_CERT,
	GPG_ERR_NOT_TRUSTED,     GPG_ERR_WRONG_KEY_USAGE, GPG_ERR_BAD_CERT,
	GPG_ERR_BAD_CERT_CHAIN,  GPG_ERR_NO_DATA,         GPG_ERR_DECRYPT_FAILED,
	GPG_ERR_INV_USER_ID,
};

bool gpg_well(gpgme_error_t got, int64_t since, const char *what, struct err *e)
{
	if (gpg_err_code(got) == GPG_ERR_NO_ERROR)
		return true;
	if (gpg_err_code(got) == GPG_ERR_EFBIG)
		return err_set(e, ERR_LIMIT, "%s: GnuPG gave over %d bytes", what, GPG_MOST_TEXT);
	if (clock_since() - since >= (GPG_SECONDS - 1) * TIME_SECOND)
		return err_set(e, ERR_SYSTEM, "%s: GnuPG did not answer within %d seconds", what,
			       GPG_SECONDS);
	for (size_t i = 0; i < COUNTOF(theirs); i++)
		if (gpg_err_code(got) == theirs[i])
			return err_set(e, ERR_INPUT, "%s: %s", what, gpgme_strerror(got));
	return err_set(e, ERR_SYSTEM, "%s: %s", what, gpgme_strerror(got));
}

// ---- opening

static bool begin(struct gpg *g, struct err *e)
{
	char program[LIBEXEC_PATH];
	gpgme_error_t got;

	if (!libexec_find(engines[g->engine].program, program, e))
		return false;
	gpgme_check_version(NULL);
	got = gpgme_new(&g->ctx);
	if (got == 0)
		got = gpgme_set_protocol(g->ctx, engines[g->engine].protocol);
	if (got == 0)
		got = gpgme_ctx_set_engine_info(g->ctx, engines[g->engine].protocol, program,
						g->folder);
	if (got != 0)
		return err_set(e, ERR_SYSTEM, "%s of GnuPG: %s", engines[g->engine].program,
			       gpgme_strerror(got));
	gpgme_set_offline(g->ctx, 1);
	return true;
}

// What stands there already, and is so, is not written again: several may have one folder.
static bool settle(struct gpg *g, struct err *e)
{
	autoarena a = { 0 };
	struct str is, be = str_of(engines[g->engine].settings);
	struct err none = { 0 };
	const char *path;

	arena_init(&a, 1 << 20);
	if (!folder_make(g->folder, 0700, e))
		return false;
	path = arena_fmt(&a, "%s/%s", g->folder, engines[g->engine].file).p;
	if (file_read(path, 64 << 10, &a, &is, &none) && str_eq(is, be))
		return true;
	return file_write(path, be, 0600, e);
}

bool gpg_open(const char *folder, enum gpg_engine engine, struct gpg **out, struct err *e)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	struct gpg *g;

	if (strlen(folder) > GPG_SOCKET_ROOM)
		return err_set(e, ERR_CONFIG,
			       "%s: too long a path, for GnuPG makes sockets there (%d bytes at "
			       "most): put the home in a shorter one",
			       folder, GPG_SOCKET_ROOM);
	g = calloc(1, sizeof *g);
	if (g == NULL)
		abort();
	g->engine = engine;
	memcpy(g->folder, folder, strlen(folder) + 1);
	sigaction(SIGPIPE, &ignore, NULL); // of a program that ended before it read all
	if (!settle(g, e) || !begin(g, e)) {
		gpg_close(g);
		return false;
	}
	*out = g;
	return true;
}

bool gpg_answers(const struct gpg *g, struct err *e)
{
	return gpgme_engine_check_version(engines[g->engine].protocol) == 0 ||
	       err_set(e, ERR_SYSTEM, "/usr/bin/%s does not say its version",
		       engines[g->engine].program);
}

// The agent lives on by itself, with the secret keys in its memory.
void gpg_end_agent(const char *folder)
{
	const char *argv[] = { "gpgconf", "--homedir", folder, "--kill", "gpg-agent", NULL };
	char program[LIBEXEC_PATH];
	gpgme_ctx_t ctx = NULL;
	struct err e = { 0 };

	if (!libexec_find("gpgconf", program, &e) || gpgme_new(&ctx) != 0)
		return;
	if (gpgme_set_protocol(ctx, GPGME_PROTOCOL_SPAWN) == 0)
		gpgme_op_spawn(ctx, program, argv, NULL, NULL, NULL, 0);
	gpgme_release(ctx);
}

void gpg_close(struct gpg *g)
{
	if (g == NULL)
		return;
	if (g->ctx != NULL) {
		gpgme_release(g->ctx);
		gpg_end_agent(g->folder);
	}
	free(g);
}

// ---- bytes to and from it

void gpg_data_of(struct str bytes, gpgme_data_t *out)
{
	if (gpgme_data_new_from_mem(out, bytes.p != NULL ? bytes.p : "", bytes.n, 0) != 0)
		abort();
}

static ssize_t put(void *context, const void *bytes, size_t n)
{
	struct gpg_out *o = context;

	if (n > GPG_MOST_TEXT - o->n) {
		errno = EFBIG;
		return -1;
	}
	if (o->n + n > o->room) {
		o->room = o->n + n > o->room * 2 ? o->n + n : o->room * 2;
		o->p = realloc(o->p, o->room);
		if (o->p == NULL)
			abort();
	}
	memcpy(o->p + o->n, bytes, n);
	o->n += n;
	return (ssize_t)n;
}

void gpg_out_new(struct gpg_out *o)
{
	static struct gpgme_data_cbs calls = { .write = put }; // which GPGME only reads

	if (gpgme_data_new_from_cbs(&o->data, &calls, o) != 0)
		abort();
}

void gpg_out_done(struct gpg_out *o)
{
	if (o->data != NULL)
		gpgme_data_release(o->data);
	if (o->p != NULL)
		explicit_bzero(o->p, o->n); // it may be a secret key
	free(o->p);
}

bool gpg_out_take(const struct gpg_out *o, struct arena *a, struct str *out, struct err *e)
{
	if (o->n == 0)
		return err_set(e, ERR_SYSTEM, "GnuPG gave nothing");
	*out = arena_str(a, (struct str){ o->p, o->n });
	return true;
}

// ---- keys

static int64_t moment(long seconds)
{
	return seconds > 0 ? seconds * TIME_SECOND : TIME_NEVER;
}

static void read_parts(const struct _gpgme_key *k, struct gpg_key *out)
{
	int64_t whole = k->subkeys != NULL ? moment(k->subkeys->expires) : 0;

	out->expires = 0;
	for (const struct _gpgme_subkey *s = k->subkeys; s != NULL; s = s->next) {
		int64_t ends = moment(s->expires);

		if (!s->can_encrypt || s->revoked)
			continue;
		out->encrypts = true;
		ends = ends < whole ? ends : whole;
		out->expires = ends > out->expires ? ends : out->expires;
		out->weak = out->weak ||
			    ((s->pubkey_algo == GPGME_PK_RSA || s->pubkey_algo == GPGME_PK_ELG_E) &&
			     s->length < LEAST_BITS);
	}
	if (!out->encrypts)
		out->expires = whole;
}

static void lower(char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = ascii_lower(p[i]);
}

// Those of a certificate stand in user ids of their own, "<a@b>".
static struct str mails_of(const struct _gpgme_key *k, struct arena *a)
{
	struct buf b = { .cap = MOST_USERS * 256 };
	unsigned n = 0;

	b.p = arena_new(a, char, b.cap);
	for (const struct _gpgme_user_id *u = k->uids; u != NULL && n < MOST_USERS; u = u->next) {
		struct str mail = u->email != NULL ? str_of(u->email) : S("");

		if (mail.n > 0 && mail.p[0] == '<')
			mail = str_first(str_from(mail, 1), mail.n - 2);
		if ((u->revoked && !k->revoked) || mail.n == 0 || mail.n > 254 ||
		    str_has(mail, ' '))
			continue;
		if (n++ > 0)
			buf_char(&b, ' ');
		buf_str(&b, mail);
	}
	lower(b.p, b.n);
	return buf_view(&b);
}

static struct str algorithm_of(const struct _gpgme_key *k, struct arena *a)
{
	char *word = k->subkeys != NULL ? gpgme_pubkey_algo_string(k->subkeys) : NULL;
	struct str out = arena_str(a, word != NULL ? str_of(word) : S("unknown"));

	gpgme_free(word);
	return out;
}

static struct gpg_key key_of(const struct _gpgme_key *k, struct arena *a)
{
	const struct _gpgme_user_id *u = k->uids;
	struct gpg_key out = {
		.fingerprint = arena_str(a, str_of(k->fpr != NULL ? k->fpr : "")),
		.user = arena_str(a, str_of(u != NULL && u->uid != NULL ? u->uid : "")),
		.mails = mails_of(k, a),
		.algorithm = algorithm_of(k, a),
		.made = k->subkeys != NULL ? moment(k->subkeys->timestamp) : 0,
		.revoked = k->revoked,
		.secret = k->secret,
		.certifies = k->can_certify,
		.root = k->fpr != NULL && k->chain_id != NULL && strcmp(k->fpr, k->chain_id) == 0,
	};

	read_parts(k, &out);
	return out;
}

bool gpg_key(struct gpg *g, struct str fingerprint, struct arena *a, struct gpg_key *out,
	     bool *found, struct err *e)
{
	const char *name = str_z(a, fingerprint);
	int64_t since = clock_since();
	gpgme_key_t k = NULL;
	gpgme_error_t got;

	*found = false;
	gpgme_set_keylist_mode(g->ctx, GPGME_KEYLIST_MODE_LOCAL | GPGME_KEYLIST_MODE_WITH_SECRET);
	got = gpgme_get_key(g->ctx, name, &k, 0);
	if (gpg_err_code(got) == GPG_ERR_EOF)
		return true;
	if (!gpg_well(got, since, "looking for a key", e))
		return false;
	*out = key_of(k, a);
	*found = true;
	gpgme_key_unref(k);
	return true;
}

static bool imported(struct gpg *g, struct arena *a, struct gpg_keys *out, struct err *e)
{
	gpgme_import_result_t r = gpgme_op_import_result(g->ctx);
	LIST(struct str) names = { 0 };

	for (gpgme_import_status_t s = r->imports; s != NULL; s = s->next) {
		bool had = false;

		for (size_t i = 0; i < names.count; i++) // a secret key comes twice
			had = had || str_eq(names.at[i], str_of(s->fpr != NULL ? s->fpr : ""));
		if (s->fpr == NULL || s->result != 0 || had)
			continue;
		if (names.count == GPG_MOST_KEYS)
			return err_set(e, ERR_LIMIT, "over %d keys in one file", GPG_MOST_KEYS);
		*list_add(&names, a) = arena_str(a, str_of(s->fpr));
	}
	for (size_t i = 0; i < names.count; i++) {
		struct gpg_key k;
		bool found;

		if (!gpg_key(g, names.at[i], a, &k, &found, e))
			return false;
		if (found)
			*list_add(&out->at, a) = k;
	}
	return out->at.count > 0 ||
	       err_set(e, ERR_INPUT,
		       g->engine != GPG_SMIME
			       ? "it holds no OpenPGP key with a user id that it signed itself"
			       : "it holds no certificate that can be read");
}

// It answers while it ends, and takes who asks then along.
static void wait_agent(const struct gpg *g, struct arena *a)
{
	const char *socket = arena_fmt(a, "%s/S.gpg-agent", g->folder).p;
	const struct timespec short_while = { .tv_nsec = 10 * 1000 * 1000 };

	for (unsigned i = 0; i < AGENT_LOOKS && file_exists(socket); i++)
		nanosleep(&short_while, NULL);
}

// GnuPG uses a certificate only below a root that the agent's list names; which those are is not
// for it to say, so each that comes is put there.
static bool trust_roots(struct gpg *g, const struct gpg_keys *keys, struct arena *a, struct err *e)
{
	const char *path = arena_fmt(a, "%s/trustlist.txt", g->folder).p;
	struct str list = S("");
	struct err none = { 0 };
	bool more = false;

	(void)!file_read(path, TRUST_BYTES, a, &list, &none); // it is not there yet
	LIST_EACH (const struct gpg_key, k, &keys->at)
		if (k->root && !str_contains(list, k->fingerprint)) {
			list = arena_fmt(a, STR_FMT STR_FMT " S relax\n", STR_ARG(list),
					 STR_ARG(k->fingerprint));
			more = true;
		}
	if (!more)
		return true;
	if (!file_write(path, list, 0600, e))
		return false;
	gpg_end_agent(g->folder); // which read the list when it began
	wait_agent(g, a);
	return true;
}

bool gpg_import(struct gpg *g, struct str bytes, struct arena *a, struct gpg_keys *out,
		struct err *e)
{
	int64_t since = clock_since();
	autodata in = NULL;
	gpgme_error_t got;

	*out = (struct gpg_keys){ 0 };
	if (bytes.n > GPG_MOST_BYTES)
		return err_set(e, ERR_LIMIT,
			       "%zu bytes of keys; %d are read: let it be exported without the "
			       "signatures of others (gpg --export-options export-minimal)",
			       bytes.n, GPG_MOST_BYTES);
	gpg_data_of(bytes, &in);
	got = gpgme_op_import(g->ctx, in);
	if (gpg_err_code(got) == GPG_ERR_NO_DATA)
		return err_set(e, ERR_INPUT, "it holds no key");
	return gpg_well(got, since, "taking in a key", e) && imported(g, a, out, e) &&
	       (g->engine != GPG_SMIME || trust_roots(g, out, a, e));
}

bool gpg_export(struct gpg *g, struct str fingerprint, enum gpg_part part, struct arena *a,
		struct str *out, struct err *e)
{
	static const gpgme_export_mode_t modes[] = {
		[GPG_PUBLIC] = GPGME_EXPORT_MODE_MINIMAL,
		[GPG_ARMORED] = 0,
		[GPG_CERTIFIED_BYTES] = 0,
		[GPG_SECRET] = GPGME_EXPORT_MODE_SECRET,
	};
	const char *name = str_z(a, fingerprint);
	int64_t since = clock_since();
	autoout to = { 0 };

	gpg_out_new(&to);
	gpgme_set_armor(g->ctx, part == GPG_ARMORED || part == GPG_SECRET);
	if (!gpg_well(gpgme_op_export(g->ctx, name, modes[part], to.data), since, "giving a key",
		      e))
		return false;
	if (to.n == 0)
		return err_set(e, ERR_ABSENT, "GnuPG has no key " STR_FMT, STR_ARG(fingerprint));
	return gpg_out_take(&to, a, out, e);
}
