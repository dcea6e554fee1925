#include "task/year/make.h"

#include "os/file.h"
#include "task/keys/aside.h"
#include "task/keys/ring.h"
#include "task/keys/team.h"

struct making {
	const struct home *home;
	struct year_stands *y;
	const struct year_wish *wish;
	struct gpg *gpg;
	struct arena *a;
	struct team_keys all;
	bool left; // the key was made before
};

static bool in_time(const struct home *h, int year, struct err *e)
{
	switch (year_when(year, h->now)) {
	case -1:
		return err_set(e, ERR_CONFLICT,
			       "it is too early for a key of %d: from November %d on", year,
			       year - 1);
	case 0:
		return true;
	default:
		break;
	}
	return err_set(e, ERR_CONFLICT,
		       "less than %d days of %d are left: make the key of %d (waker key year %d "
		       "make)",
		       YEAR_LEAST_DAYS, year, year_of(h->now) + 1, year_of(h->now) + 1);
}

// ---- a key

static bool is_known(const struct making *m, struct str fingerprint)
{
	LIST_EACH (const struct team_key, k, &m->all.at)
		if (str_eq(k->fingerprint, fingerprint))
			return true;
	return false;
}

// What is in the file of secret keys, and in no store: a command was killed when it had written it.
static bool is_left(const struct making *m, const struct gpg_key *k)
{
	char room[KEY_ADDRESS];
	const int64_t end = year_end(m->y->year);

	return k->secret && !k->revoked && k->encrypts && !is_known(m, k->fingerprint) &&
	       k->expires > end - TIME_DAY && k->expires < end + TIME_DAY &&
	       key_names(k->mails, key_address(m->home->mail.from, room));
}

static bool take_secrets(const struct making *m, struct gpg_keys *out, struct err *e)
{
	const char *path = home_path(m->home, RING_SECRET, m->a);
	struct str bytes;
	bool ok;

	*out = (struct gpg_keys){ 0 };
	if (!file_exists(path))
		return true;
	if (!file_read_secret(path, RING_SECRET_BYTES, m->a, &bytes, e))
		return false;
	ok = gpg_import(m->gpg, bytes, m->a, out, e) || err_in(e, RING_SECRET);
	explicit_bzero((char *)(uintptr_t)bytes.p, bytes.n);
	return ok;
}

static bool has_former(const struct making *m, const struct gpg_keys *keys, struct err *e)
{
	LIST_EACH (const struct gpg_key, k, &keys->at)
		if (k->secret && str_eq(k->fingerprint, m->y->former.fingerprint))
			return true;
	return m->y->former.id == 0 ||
	       err_set(e, ERR_CONFIG,
		       "the secret half of the key that signs now, " STR_FMT
		       ", is not on this node: do it on one that has " RING_SECRET,
		       STR_ARG(m->y->former.fingerprint));
}

static bool find_or_make(struct making *m, struct gpg_key *out, struct err *e)
{
	const struct team_new new = { year_end(m->y->year), m->wish->rsa };
	struct gpg_keys keys;

	if (!take_secrets(m, &keys, e) || !has_former(m, &keys, e))
		return false;
	LIST_EACH (const struct gpg_key, k, &keys.at)
		if (is_left(m, k)) {
			*out = *k;
			m->left = true;
			return true;
		}
	return team_key_new(m->home, m->gpg, &new, m->a, out, e);
}

// ---- what belongs to it

static bool state(const struct making *m, const struct team_key *key, struct str *out,
		  struct err *e)
{
	const struct team_key *former = &m->y->former;
	const struct str by[] = { key->fingerprint, former->fingerprint };
	const struct year_statement s = { .year = m->y->year,
					  .team = m->home->team,
					  .mail = m->home->mail.from,
					  .key = key->fingerprint,
					  .former = former->fingerprint,
					  .made = m->home->now,
					  .expires = key->expires,
					  .former_expires = former->expires };
	const struct gpg_signers signers = { by, former->id == 0 ? 1 : 2 };
	struct buf b = { .cap = YEAR_STATEMENT + m->home->team.n * 2 };

	b.p = arena_new(m->a, char, b.cap);
	year_statement(&s, &b);
	if (b.over)
		return err_set(e, ERR_CONFIG, "[team] name is too long for a statement");
	return gpg_sign_clear(m->gpg, &signers, buf_view(&b), m->a, out, e);
}

static bool put(const struct making *m, struct team_key *key, struct str statement, struct err *e)
{
	struct key_year row = { .year = m->y->year,
				.former = m->y->former.id,
				.statement = statement };

	key->since = TIME_NEVER;
	if (!team_key_add(m->home->db, key, e))
		return false;
	row.key = key->id;
	m->y->key = *key;
	m->y->made = true;
	m->y->statement = statement;
	return key_year_put(m->home->db, &row, e) &&
	       year_did(m->home, m->y, YEAR_MAKE, m->wish->who, e);
}

static bool make(struct making *m, struct year_made *out, struct err *e)
{
	struct gpg *g = m->gpg;
	struct team_key key;
	struct str statement;
	struct gpg_key k;

	if (!team_key_all(m->home->db, m->a, &m->all, e) || !find_or_make(m, &k, e) ||
	    (m->y->former.id != 0 &&
	     !gpg_certify(g, m->y->former.fingerprint, k.fingerprint, m->a, e)))
		return false;
	key = team_key_row(&k, m->wish->who);
	return gpg_revocation(g, k.fingerprint, GPG_FOR_LATER, m->a, &out->revocation, e) &&
	       state(m, &key, &statement, e) &&
	       gpg_export(g, k.fingerprint, GPG_ARMORED, m->a, &key.armored, e) &&
	       (m->left || gpg_export(g, k.fingerprint, GPG_SECRET, m->a, &out->secret, e)) &&
	       put(m, &key, statement, e);
}

bool year_make(const struct home *h, struct year_stands *y, const struct year_wish *w,
	       struct arena *a, struct year_made *out, struct err *e)
{
	autoaside s = { .kind = KEY_OPENPGP, .certified = true };
	struct making m = { .home = h, .y = y, .wish = w, .a = a };

	if (!in_time(h, y->year, e) || !aside_open(&s, e))
		return false;
	m.gpg = s.gpg;
	return make(&m, out, e);
}

bool year_keep(const struct home *h, const struct year_stands *y, const struct year_made *made,
	       struct arena *a, struct err *e)
{
	const struct str name =
		arena_fmt(a, YEAR_REVOCATION STR_FMT ".asc", STR_ARG(y->key.fingerprint));

	return (made->secret.n == 0 || team_key_keep(h, made->secret, a, e)) &&
	       file_write(home_path(h, name.p, a), made->revocation, 0600, e);
}
