#include "task/year/revoke.h"

#include "os/file.h"
#include "task/keys/aside.h"
#include "task/keys/ring.h"
#include "task/tell/act.h"
#include "task/year/make.h"

enum { CERTIFICATE = 64 << 10 };

static bool find(const struct home *h, struct str typed, struct arena *a, struct team_key *out,
		 struct err *e)
{
	char digits[KEY_DIGITS];
	struct team_keys all;
	struct str whole;

	if (!key_fingerprint_whole(typed, digits, &whole))
		return err_set(e, ERR_USAGE, "say its fingerprint, all 40 digits: waker key team");
	if (!team_key_all(h->db, a, &all, e))
		return false;
	LIST_EACH (const struct team_key, k, &all.at)
		if (str_eq(k->fingerprint, whole)) {
			*out = *k;
			return true;
		}
	return err_set(e, ERR_ABSENT, "the team has no key " STR_FMT ": waker key team",
		       STR_ARG(whole));
}

// ---- what revokes it

static bool has_secret(const struct home *h, struct gpg *g, struct str fingerprint, struct arena *a,
		       bool *has, struct err *e)
{
	struct gpg_keys keys;
	struct str bytes;
	struct gpg_key k;
	bool ok;

	*has = false;
	if (!file_exists(home_path(h, RING_SECRET, a)))
		return true;
	if (!file_read_secret(home_path(h, RING_SECRET, a), RING_SECRET_BYTES, a, &bytes, e))
		return false;
	ok = gpg_import(g, bytes, a, &keys, e) && gpg_key(g, fingerprint, a, &k, has, e);
	explicit_bzero((char *)(uintptr_t)bytes.p, bytes.n);
	*has = *has && k.secret;
	return ok;
}

// Made now it says why; what was kept does not.
static bool certificate(const struct home *h, struct gpg *g, struct str fingerprint,
			struct arena *a, struct str *out, struct err *e)
{
	const char *kept = arena_fmt(a, YEAR_REVOCATION STR_FMT ".asc", STR_ARG(fingerprint)).p;
	bool has;

	if (!has_secret(h, g, fingerprint, a, &has, e))
		return false;
	if (has)
		return gpg_revocation(g, fingerprint, GPG_COMPROMISED, a, out, e);
	if (!file_exists(home_path(h, kept, a)))
		return err_set(e, ERR_CONFIG,
			       "neither its secret half nor what revokes it is on this node: bring "
			       "%s from where it is kept",
			       kept);
	return file_read_secret(home_path(h, kept, a), CERTIFICATE, a, out, e);
}

static bool revoke(const struct home *h, struct team_key *k, struct arena *a, struct err *e)
{
	autoaside s = { .kind = KEY_OPENPGP, .certified = true };
	struct gpg_keys keys;
	struct str by;

	if (!aside_open(&s, e) || !gpg_import(s.gpg, k->armored, a, &keys, e) ||
	    !certificate(h, s.gpg, k->fingerprint, a, &by, e) ||
	    !gpg_revoke(s.gpg, k->fingerprint, by, a, e) ||
	    !gpg_export(s.gpg, k->fingerprint, GPG_ARMORED, a, &k->armored, e) ||
	    !team_key_revoke(h->db, k, h->now, e))
		return false;
	k->revoked = k->ended = h->now;
	return true;
}

bool key_revoke_team(const struct home *h, const struct revoke_wish *w, struct arena *a,
		     struct revoked *out, struct err *e)
{
	const struct team_key_at at = { KEY_OPENPGP, h->now };

	*out = (struct revoked){ 0 };
	if (!find(h, w->typed, a, &out->key, e))
		return false;
	out->again = out->key.revoked > 0;
	if (!out->again &&
	    (!revoke(h, &out->key, a, e) || !tell_sign_anew(h->db, h->now, &out->anew, e)))
		return false;
	if (!team_key_now(h->db, &at, a, &out->now, e) && e->kind != ERR_NONE)
		return false;
	return site_write(h, &w->site, a, &out->site, e);
}
