#include "task/year/certify.h"

#include "os/file.h"
#include "task/keys/aside.h"

// ---- the master key

static bool is_typed(struct str typed, struct str fingerprint, struct err *e)
{
	char digits[KEY_DIGITS];
	struct str whole;

	if (!key_fingerprint_whole(typed, digits, &whole))
		return err_set(e, ERR_USAGE,
			       "say its fingerprint, all 40 digits, as it stands on paper: "
			       "--fingerprint DIGITS");
	return str_eq(fingerprint, whole) ||
	       err_set(e, ERR_INPUT, "it is another key than the one you named: " STR_FMT,
		       STR_ARG(fingerprint));
}

static bool may_certify(const struct home *h, const struct gpg_key *k, struct err *e)
{
	if (k->secret)
		return err_set(e, ERR_INPUT,
			       "it is a secret key: the master key's secret half never leaves its "
			       "machine. Export the other: gpg --armor --export");
	if (k->revoked || k->expires <= h->now || !k->certifies)
		return err_set(e, ERR_INPUT, "it was revoked, has expired, or certifies no keys");
	return true;
}

static bool is_other(const struct home *h, const struct master_wish *w, struct str fingerprint,
		     struct arena *a, struct err *e)
{
	struct master_key now;

	if (!master_key_now(h->db, a, &now, e))
		return e->kind == ERR_NONE;
	return str_eq(now.fingerprint, fingerprint) || w->instead ||
	       err_set(e, ERR_CONFLICT,
		       "another master key is known, " STR_FMT ": --replace takes this one instead",
		       STR_ARG(now.fingerprint));
}

bool master_take(const struct home *h, const struct master_wish *w, struct arena *a,
		 struct master_key *out, struct err *e)
{
	autoaside s = { .kind = KEY_OPENPGP, .certified = true };
	struct gpg_keys keys;
	const struct gpg_key *k;

	if (!aside_open(&s, e) || !gpg_import(s.gpg, w->bytes, a, &keys, e))
		return false;
	k = &keys.at.at[0];
	if (keys.at.count != 1)
		return err_set(e, ERR_INPUT, "it holds %zu keys: the master key alone is wanted",
			       keys.at.count);
	if (!may_certify(h, k, e) || !is_typed(w->typed, k->fingerprint, e) ||
	    !is_other(h, w, k->fingerprint, a, e))
		return false;
	*out = (struct master_key){
		.fingerprint = k->fingerprint, .user = k->user, .who = w->who, .at = h->now
	};
	return gpg_export(s.gpg, k->fingerprint, GPG_ARMORED, a, &out->armored, e) &&
	       master_key_set(h->db, out, e);
}

// ---- what goes to its machine

static const char asks[] =
	"The key of %d is to be certified by the master key. This folder goes to the machine that "
	"has that,\n"
	"which has no network, and comes back from it. There, in this folder:\n"
	"\n"
	"1. Take the key in, and compare its fingerprint with what the other officer has on paper, "
	"all 40\n"
	"   digits: " STR_FMT "\n"
	"\n"
	"    gpg --import " STR_FMT ".asc\n"
	"    gpg --fingerprint " STR_FMT "\n"
	"\n"
	"2. Certify it by the master key " STR_FMT ":\n"
	"\n"
	"    gpg --local-user " STR_FMT " --quick-sign-key " STR_FMT "\n"
	"\n"
	"3. Write what comes back:\n"
	"\n"
	"    gpg --armor --output " STR_FMT "-certified.asc --export " STR_FMT "\n"
	"\n"
	"Then, on the machine of Waker:\n"
	"\n"
	"    waker key year %d sign-import " STR_FMT "-certified.asc\n";

static struct str asking(const struct year_stands *y, struct arena *a)
{
	const struct str k = y->key.fingerprint, m = y->master.fingerprint;

	return arena_fmt(a, asks, y->year, STR_ARG(k), STR_ARG(k), STR_ARG(k), STR_ARG(m),
			 STR_ARG(m), STR_ARG(k), STR_ARG(k), STR_ARG(k), y->year, STR_ARG(k));
}

bool certify_ask(const struct year_stands *y, struct str folder, struct arena *a, const char **text,
		 struct err *e)
{
	const char *to = str_z(a, folder);
	const char *key;

	if (to == NULL)
		return err_set(e, ERR_USAGE, "a folder's name has no NUL in it");
	key = arena_fmt(a, "%s/" STR_FMT ".asc", to, STR_ARG(y->key.fingerprint)).p;
	*text = arena_fmt(a, "%s/sign-request-%d.txt", to, y->year).p;
	return folder_make(to, 0700, e) && file_write(key, y->key.armored, 0600, e) &&
	       file_write(*text, asking(y, a), 0600, e);
}

// ---- what comes back

// Into the same folder: the master key, the key as it is here, and what came.
static bool take_all(const struct year_stands *y, struct gpg *g, struct str bytes, struct arena *a,
		     struct err *e)
{
	struct gpg_keys keys;

	if (!gpg_import(g, y->master.armored, a, &keys, e) ||
	    !gpg_import(g, y->key.armored, a, &keys, e) || !gpg_import(g, bytes, a, &keys, e))
		return false;
	return (keys.at.count == 1 && str_eq(keys.at.at[0].fingerprint, y->key.fingerprint) &&
		!keys.at.at[0].revoked) ||
	       err_set(e, ERR_INPUT,
		       "it holds another key than the one of %d, " STR_FMT ": " STR_FMT "%s",
		       y->year, STR_ARG(y->key.fingerprint), STR_ARG(keys.at.at[0].fingerprint),
		       keys.at.count > 1 ? ", and others" : "");
}

bool certify_take(const struct home *h, struct year_stands *y, struct str bytes, struct arena *a,
		  struct err *e)
{
	autoaside s = { .kind = KEY_OPENPGP, .certified = true };
	bool is;

	if (!aside_open(&s, e) || !take_all(y, s.gpg, bytes, a, e) ||
	    !gpg_certified(s.gpg, y->master.fingerprint, y->key.fingerprint, a, &is, e))
		return false;
	if (!is)
		return err_set(e, ERR_INPUT,
			       "the master key that is known here, " STR_FMT
			       ", has not certified it: do what sign-request-%d.txt says",
			       STR_ARG(y->master.fingerprint), y->year);
	return gpg_export(s.gpg, y->key.fingerprint, GPG_ARMORED, a, &y->key.armored, e) &&
	       team_key_certified(h->db, y->key.id, y->key.armored, e);
}
