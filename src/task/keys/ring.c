#include "task/keys/ring.h"

#include "codec/mail/protected.h"
#include "os/file.h"
#include "os/gpg.h"

#include <unistd.h>

enum { SCRATCH = 4 << 20 };

struct ring {
	const struct home *home;
	struct gpg *gpg[KEY_KIND_COUNT];
	char team[GPG_FINGERPRINT]; // whose secret half was found here
};

struct ring *ring_new(const struct home *h, struct arena *a)
{
	struct ring *r = arena_new(a, struct ring, 1);

	r->home = h;
	return r;
}

void ring_close(struct ring *r)
{
	for (unsigned i = 0; i < KEY_KIND_COUNT; i++)
		gpg_close(r->gpg[i]);
}

static bool engine(struct ring *r, enum key_kind kind, struct arena *a, struct gpg **out,
		   struct err *e)
{
	const enum gpg_engine of = kind == KEY_SMIME ? GPG_SMIME : GPG_OPENPGP;

	if (r->gpg[kind] == NULL &&
	    !gpg_open(home_path(r->home, RING_FOLDER, a), of, &r->gpg[kind], e))
		return false;
	*out = r->gpg[kind];
	return true;
}

// ---- our own

static bool has_secret(struct gpg *g, struct str fingerprint, struct arena *a, bool *has,
		       struct err *e)
{
	struct gpg_key k;

	if (!gpg_key(g, fingerprint, a, &k, has, e))
		return false;
	*has = *has && k.secret;
	return true;
}

static bool take_secret(struct ring *r, struct gpg *g, struct err *e)
{
	autoarena a = { 0 };
	struct gpg_keys keys;
	struct str secret;
	struct err why = { 0 };

	arena_init(&a, SCRATCH);
	if (!file_read_secret(home_path(r->home, RING_SECRET, &a), RING_SECRET_BYTES, &a, &secret,
			      &why))
		return err_set(e, ERR_CONFIG, "the team's secret key is not on this node: %s",
			       why.text);
	return gpg_import(g, secret, &a, &keys, e);
}

// The team's key is looked for once for each that it gets.
static bool own(struct ring *r, struct gpg *g, struct str team, struct arena *a, struct err *e)
{
	bool has;

	if (str_eq(team, str_of(r->team)))
		return true;
	if (!has_secret(g, team, a, &has, e))
		return false;
	if (!has && (!take_secret(r, g, e) || !has_secret(g, team, a, &has, e)))
		return false;
	if (!has || team.n >= sizeof r->team)
		return err_set(e, ERR_CONFIG,
			       RING_SECRET " holds another key than the team's, " STR_FMT
					   ": copy it from the node on which that was made",
			       STR_ARG(team));
	memcpy(r->team, team.p, team.n);
	r->team[team.n] = '\0';
	return true;
}

// ---- theirs

bool ring_keys(struct db *d, struct str address, int64_t now, struct arena *a,
	       struct ring_keys *out, struct err *e)
{
	char lower[KEY_ADDRESS];
	autorows r = NULL;
	struct key_row k;

	*out = (struct ring_keys){ 0 };
	if (!key_usable_of(d, key_address(address, lower), now, &r, e))
		return false;
	while (key_next_usable(r, &k, e))
		if (k.kind == KEY_OPENPGP && out->pgp.count < GPG_MOST_KEYS)
			*list_add(&out->pgp, a) = key_kept(&k, a);
		else if (k.kind == KEY_SMIME && out->smime.count < GPG_MOST_KEYS)
			*list_add(&out->smime, a) = key_kept(&k, a);
	return e->kind == ERR_NONE;
}

// Files in memory, from which GnuPG takes addressees without keeping them.
struct keyfiles {
	int fd[GPG_MOST_KEYS];
	char path[GPG_MOST_KEYS][FILE_AGAIN];
	const char *to[GPG_MOST_KEYS];
	size_t n;
};

static void keyfiles_done(struct keyfiles *f)
{
	for (size_t i = 0; i < f->n; i++)
		close(f->fd[i]);
}

static bool keyfile(struct keyfiles *f, const struct key_row *k, struct err *e)
{
	int *fd = &f->fd[f->n];

	if (!file_in_memory(fd, e))
		return false;
	file_from_outside(*fd, f->path[f->n]);
	f->to[f->n] = f->path[f->n];
	f->n++;
	return file_write_all(*fd, k->bytes, e);
}

static bool certificate_of(struct gpg *g, const struct key_row *k, struct arena *a,
			   const char **out, struct err *e)
{
	struct gpg_keys keys;
	struct gpg_key is;
	bool found;

	*out = str_z(a, k->fingerprint);
	if (!gpg_key(g, k->fingerprint, a, &is, &found, e))
		return false;
	return found || gpg_import(g, k->bytes, a, &keys, e);
}

// ---- at work

enum ring_does ring_does(const struct ring_work *w)
{
	switch (w->form) {
	case FORM_PGP:
	case FORM_SMIME:
		return RING_SEALS;
	case FORM_SIGNED:
	case FORM_TLS:
	case FORM_NEUTRAL:
		return w->team.n > 0 ? RING_SIGNS : RING_NOTHING;
	case FORM_UNDECIDED:
	case FORM_PLAIN:
	case FORM_NONE:
	case FORM_COUNT:
		break;
	}
	return RING_NOTHING;
}

static struct buf room(size_t inside, size_t other, struct arena *a)
{
	struct buf b = { .cap = protected_room(inside, other) };

	b.p = arena_new(a, char, b.cap);
	return b;
}

static bool whole(struct buf *b, struct str *out, struct err *e)
{
	*out = buf_view(b);
	return !b->over || err_set(e, ERR_LIMIT, "the mail is too long");
}

static bool sign(struct ring *r, const struct ring_work *w, struct str entity, struct arena *a,
		 struct str *out, struct err *e)
{
	struct gpg *g;
	struct gpg_signature signature;
	struct buf b;

	if (!engine(r, KEY_OPENPGP, a, &g, e) || !own(r, g, w->team, a, e) ||
	    !gpg_sign(g, w->team, entity, a, &signature, e))
		return false;
	b = room(entity.n, signature.armored.n, a);
	protected_signed(&b, entity, signature.armored, str_of(signature.micalg), w->seed);
	return whole(&b, out, e);
}

static bool seal_pgp(struct ring *r, const struct ring_work *w, struct str entity, struct arena *a,
		     struct str *out, struct err *e)
{
	CLEANUP(keyfiles_done)
	struct keyfiles files = { .n = 0 };
	struct gpg_sealing s = { w->team, files.to, w->keys.pgp.count };
	struct str armored;
	struct gpg *g;
	struct buf b;

	if (!engine(r, KEY_OPENPGP, a, &g, e) || (w->team.n > 0 && !own(r, g, w->team, a, e)))
		return false;
	for (size_t i = 0; i < s.count; i++)
		if (!keyfile(&files, &w->keys.pgp.at[i], e))
			return false;
	if (!gpg_seal(g, &s, entity, a, &armored, e))
		return false;
	b = room(0, armored.n, a);
	protected_sealed(&b, armored, w->seed);
	return whole(&b, out, e);
}

static bool seal_smime(struct ring *r, const struct ring_work *w, struct str entity,
		       struct arena *a, struct str *out, struct err *e)
{
	const char *to[GPG_MOST_KEYS];
	struct gpg_sealing s = { S(""), to, w->keys.smime.count };
	struct str der;
	struct gpg *g;
	struct buf b;

	if (!engine(r, KEY_SMIME, a, &g, e))
		return false;
	for (size_t i = 0; i < s.count; i++)
		if (!certificate_of(g, &w->keys.smime.at[i], a, &to[i], e))
			return false;
	if (!gpg_seal(g, &s, entity, a, &der, e))
		return false;
	b = room(0, der.n, a);
	protected_enveloped(&b, der);
	return whole(&b, out, e);
}

bool ring_protect(struct ring *r, const struct ring_work *w, struct str entity, struct arena *a,
		  struct str *out, struct err *e)
{
	switch (ring_does(w)) {
	case RING_SIGNS:
		return sign(r, w, entity, a, out, e);
	case RING_SEALS:
		return (w->form == FORM_PGP ? seal_pgp : seal_smime)(r, w, entity, a, out, e);
	case RING_NOTHING:
		break;
	}
	*out = entity;
	return true;
}
