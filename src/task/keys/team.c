#include "task/keys/team.h"

#include "os/file.h"
#include "task/keys/aside.h"
#include "task/keys/ring.h"

static bool has_address(const struct home *h, struct err *e)
{
	return !str_eq(h->mail.from, S("none")) ||
	       err_set(e, ERR_CONFIG, "[mail] from is not set: the key is made for that address");
}

static bool may_be_new(const struct home *h, bool instead, struct arena *a, struct err *e)
{
	const struct team_key_at at = { KEY_OPENPGP, h->now };
	int64_t since, revoked;
	struct team_key now;

	if (!has_address(h, e) || !team_key_follows(h->db, &at, &since, &revoked, e))
		return false;
	if (since != 0)
		return err_set(e, ERR_CONFLICT,
			       "a key of the next year waits to take over: go on with it (waker "
			       "key year YEAR status), or revoke it first (waker key revoke)");
	if (!team_key_now(h->db, &at, a, &now, e))
		return e->kind == ERR_NONE;
	return instead || err_set(e, ERR_CONFLICT,
				  "the team has a key, " STR_FMT ": --replace makes another sign "
				  "from now on",
				  STR_ARG(now.fingerprint));
}

bool team_key_new(const struct home *h, struct gpg *g, const struct team_new *w, struct arena *a,
		  struct gpg_key *out, struct err *e)
{
	struct gpg_new x = { .name = h->team, .mail = h->mail.from, .rsa = w->rsa };
	struct str fingerprint;
	bool found;

	if (!has_address(h, e))
		return false;
	for (size_t i = 0; i < x.name.n; i++)
		if (str_has(S("<>()"), x.name.p[i]) || (unsigned char)x.name.p[i] < ' ')
			return err_set(e, ERR_CONFIG,
				       "[team] name has a letter that no key may have: < > ( )");
	x.seconds = (w->end - h->now) / TIME_SECOND;
	return gpg_make(g, &x, a, &fingerprint, e) && gpg_key(g, fingerprint, a, out, &found, e) &&
	       (found || err_set(e, ERR_SYSTEM, "GnuPG does not find the key that it made"));
}

struct team_key team_key_row(const struct gpg_key *k, struct str who)
{
	return (struct team_key){ .kind = KEY_OPENPGP,
				  .fingerprint = k->fingerprint,
				  .user = k->user,
				  .algorithm = k->algorithm,
				  .made = k->made,
				  .expires = k->expires,
				  .who = who };
}

// That it signs without asking anybody is tried.
static bool bring(const struct home *h, struct gpg *g, struct str secret, struct arena *a,
		  struct gpg_key *k, struct err *e)
{
	char room[KEY_ADDRESS];
	struct str from = key_address(h->mail.from, room);
	struct gpg_signature out;
	struct gpg_keys keys;
	struct err why = { 0 };

	if (!gpg_import(g, secret, a, &keys, e))
		return false;
	*k = keys.at.at[0];
	if (keys.at.count != 1 || !k->secret)
		return err_set(e, ERR_INPUT, "it must hold one secret key, and no other key");
	if (k->revoked || k->expires <= h->now || !k->encrypts)
		return err_set(e, ERR_INPUT, "the key is over, or cannot be encrypted to");
	if (!key_names(k->mails, from))
		return err_set(e, ERR_INPUT, "the key does not name " STR_FMT " ([mail] from)",
			       STR_ARG(h->mail.from));
	return gpg_sign(g, k->fingerprint, S("words"), a, &out, &why) ||
	       err_set(e, ERR_INPUT,
		       "it cannot sign without a passphrase (%s): take that off, for nobody types "
		       "one "
		       "at night",
		       why.text);
}

static bool put(const struct home *h, struct team_key *k, struct err *e)
{
	struct team_key_end end = { k->kind, h->now, 0 };

	k->since = h->now;
	if (!team_key_end(h->db, &end, e))
		return false;
	return team_key_add(h->db, k, e);
}

bool team_key_make(const struct home *h, const struct team_wish *w, struct arena *a,
		   struct team_key *out, struct str *secret, struct err *e)
{
	const struct team_new new = { key_year_end(h->now, YEAR_LEAST_DAYS), w->rsa };
	autoaside s = { .kind = KEY_OPENPGP };
	struct gpg_key k;

	if (!may_be_new(h, w->instead, a, e) || !aside_open(&s, e) ||
	    !(w->secret.n > 0 ? bring(h, s.gpg, w->secret, a, &k, e)
			      : team_key_new(h, s.gpg, &new, a, &k, e)))
		return false;
	*out = team_key_row(&k, w->who);
	return gpg_export(s.gpg, k.fingerprint, GPG_ARMORED, a, &out->armored, e) &&
	       gpg_export(s.gpg, k.fingerprint, GPG_SECRET, a, secret, e) && put(h, out, e);
}

bool team_key_keep(const struct home *h, struct str secret, struct arena *a, struct err *e)
{
	const char *path = home_path(h, RING_SECRET, a);
	struct str former = S("");

	if (file_exists(path) && !file_read_secret(path, RING_SECRET_BYTES, a, &former, e))
		return false;
	if (str_contains(former, secret))
		return true;
	if (secret.n + former.n > RING_SECRET_BYTES)
		return err_set(e, ERR_LIMIT,
			       RING_SECRET " is full: keep keys of former years elsewhere");
	return file_write(path, arena_fmt(a, STR_FMT STR_FMT, STR_ARG(secret), STR_ARG(former)),
			  0600, e);
}
