#include "task/keys/take.h"

#include "codec/mail/keys.h"
#include "os/gpg.h"
#include "store/roster.h"
#include "task/keys/aside.h"

// Of a kind of file: certificates are told by how they begin (RFC 7468, or DER).
static enum key_kind kind_of(struct str bytes)
{
	bool pem = str_contains(str_first(bytes, 4096), S("-----BEGIN CERTIFICATE-----")) ||
		   str_contains(str_first(bytes, 4096), S("-----BEGIN PKCS7-----"));

	bool der = str_has_prefix(bytes, S("\x30\x82")) || str_has_prefix(bytes, S("\x30\x80"));

	return pem || der ? KEY_SMIME : KEY_OPENPGP;
}

// ---- for whom

struct addresses {
	LIST(struct str) at;
};

static bool has(const struct addresses *of, struct str address)
{
	LIST_EACH (const struct str, x, &of->at)
		if (str_eq(*x, address))
			return true;
	return false;
}

static bool contacts_of(const struct home *h, struct arena *a, struct addresses *out, struct err *e)
{
	struct roster all = { 0 };

	if (!roster_load(h->db, a, &all, e))
		return false;
	LIST_EACH (const struct contact, c, &all.contacts) {
		struct str address = key_address(c->mail, arena_new(a, char, KEY_ADDRESS));

		if (address.n > 0 && !has(out, address))
			*list_add(&out->at, a) = address;
	}
	return true;
}

static bool whose(const struct home *h, struct str asked, const struct gpg_key *k, struct arena *a,
		  struct addresses *out, struct err *e)
{
	struct addresses contacts = { 0 };
	struct str rest = k->mails;

	if (!contacts_of(h, a, &contacts, e))
		return false;
	if (asked.n > 0) {
		*list_add(&out->at, a) = key_address(asked, arena_new(a, char, KEY_ADDRESS));
		return has(&contacts, out->at.at[0]) ||
		       err_set(e, ERR_ABSENT,
			       STR_FMT " is no contact's address: see 'waker contact list'",
			       STR_ARG(str_first(asked, 80)));
	}
	while (rest.n > 0) {
		struct str address = str_cut(&rest, ' ');

		if (has(&contacts, address) && !has(out, address))
			*list_add(&out->at, a) = address;
	}
	return out->at.count > 0 ||
	       err_set(e, ERR_ABSENT,
		       "it names no contact (" STR_FMT "): say whose it is, --for ADDRESS",
		       STR_ARG(str_first(k->mails.n > 0 ? k->mails : S("no address at all"), 80)));
}

// ---- one key for one address

// A certificate is of use with all above it.
static bool complete(const struct aside *s, const struct gpg_key *k, struct arena *a, struct err *e)
{
	const char *to[] = { str_z(a, k->fingerprint) };
	const struct gpg_sealing how = { S(""), to, 1 };
	struct err why = { 0 };
	struct str out;

	if (s->kind != KEY_SMIME || gpg_seal(s->gpg, &how, S("words"), a, &out, &why))
		return true;
	return err_set(e, why.kind,
		       "it cannot be encrypted to (%s): put the certificates above it, up to the "
		       "root, into the same file",
		       why.text);
}

static bool useful(const struct gpg_key *k, struct err *e)
{
	if (k->secret)
		return err_set(e, ERR_INPUT,
			       "it is a secret key, which nobody may have but its owner: tell who "
			       "sent it, ask for a new one, and remove the file");
	if (!k->encrypts && !k->revoked) // of one that is revoked GnuPG says no more
		return err_set(e, ERR_INPUT,
			       "nothing can be encrypted to it: it has no part for that");
	if (k->weak)
		return err_set(e, ERR_INPUT, STR_FMT " is too weak: ask for a new one",
			       STR_ARG(k->algorithm));
	return true;
}

static bool known(struct db *d, struct str address, struct str fingerprint, struct arena *a,
		  struct taken *out, struct err *e)
{
	struct key_filter f = { .address = address };
	autorows r = NULL;
	struct key_row k;

	if (!key_list(d, &f, &r, e))
		return false;
	while (key_next_row(r, &k, e))
		if (str_eq(k.fingerprint, fingerprint))
			out->row = key_kept(&k, a);
		else
			out->other = out->other || k.is.state == KEY_VERIFIED;
	return e->kind == ERR_NONE;
}

// What is known of it already is read with it, so that an old copy takes nothing back.
static bool merged(const struct aside *s, struct db *d, int64_t id, struct gpg_key *k,
		   struct arena *a, struct err *e)
{
	struct str before;
	struct gpg_keys keys;
	bool found;

	return key_bytes(d, id, a, &before, e) && gpg_import(s->gpg, before, a, &keys, e) &&
	       gpg_key(s->gpg, k->fingerprint, a, k, &found, e);
}

static void fill_row(struct key_row *r, const struct gpg_key *k)
{
	r->user = k->user;
	r->mails = k->mails;
	r->algorithm = k->algorithm;
	r->made = k->made;
	if (k->encrypts || r->id == 0)
		r->is.expires = k->expires;
}

static bool put_known(struct db *d, struct taken *t, const struct gpg_key *k, struct arena *a,
		      struct err *e)
{
	struct key_known was = t->row.is;
	struct str before;

	if (!key_bytes(d, t->row.id, a, &before, e))
		return false;
	fill_row(&t->row, k);
	t->end = str_eq(before, t->row.bytes) && was.expires == k->expires ? TAKE_SAME
									   : TAKE_CHANGED;
	if (k->revoked && was.state != KEY_REVOKED) {
		t->row.is.state = KEY_REVOKED;
		t->end = TAKE_REVOKED;
	}
	return t->end == TAKE_SAME || key_change(d, &t->row, e);
}

static bool put_new(struct db *d, struct taken *t, const struct gpg_key *k, int64_t now,
		    struct err *e)
{
	fill_row(&t->row, k);
	t->end = k->revoked ? TAKE_REVOKED : TAKE_NEW;
	t->row.is.state = k->revoked ? KEY_REVOKED : KEY_OFFERED;
	t->row.came = now;
	return key_add(d, &t->row, e);
}

struct putting {
	const struct home *home;
	const struct aside *aside;
	struct taking_keys *t;
	struct arena *a;
};

static bool put(const struct putting *p, struct gpg_key k, struct str address, struct err *e)
{
	const struct home *h = p->home;
	const struct aside *s = p->aside;
	struct taking_keys *t = p->t;
	struct arena *a = p->a;
	struct taken *x = list_add(&t->out, a);

	if (!known(h->db, address, k.fingerprint, a, x, e))
		return false;
	if (x->row.id == 0)
		x->row = (struct key_row){ .address = address,
					   .kind = s->kind,
					   .fingerprint = k.fingerprint,
					   .origin = t->origin };
	else if (s->kind == KEY_OPENPGP && !merged(s, h->db, x->row.id, &k, a, e))
		return false;
	x->named = key_names(k.mails, address);
	if (s->kind == KEY_SMIME)
		x->row.bytes = t->bytes; // with what came along, which GnuPG needs to use it
	else if (!gpg_export(s->gpg, k.fingerprint, GPG_PUBLIC, a, &x->row.bytes, e))
		return false;
	return x->row.id != 0 ? put_known(h->db, x, &k, a, e) : put_new(h->db, x, &k, h->now, e);
}

static bool put_all(const struct putting *p, const struct gpg_key *k, struct err *e)
{
	struct addresses to = { 0 };

	if (!useful(k, e) || !whose(p->home, p->t->address, k, p->a, &to, e) ||
	    !complete(p->aside, k, p->a, e))
		return false;
	LIST_EACH (const struct str, address, &to.at)
		if (!put(p, *k, *address, e))
			return false;
	return true;
}

// Of certificates: those that are nobody's mail (an authority's) came along with one that is.
static bool is_above(const struct aside *s, const struct gpg_key *k)
{
	return s->kind == KEY_SMIME && k->mails.n == 0;
}

// Of several in a file those are passed over that are nobody's here.
static bool is_other(const struct taking_keys *t, const struct gpg_key *k)
{
	char lower[KEY_ADDRESS];

	return t->address.n > 0 && !key_names(k->mails, key_address(t->address, lower));
}

bool take_keys(const struct home *h, struct taking_keys *t, struct arena *a, struct err *e)
{
	autoaside s = { .kind = kind_of(t->bytes) };
	const struct putting p = { h, &s, t, a };
	struct err why = { 0 };
	struct gpg_keys keys;

	if (!aside_open(&s, e) || !gpg_import(s.gpg, t->bytes, a, &keys, e))
		return false;
	LIST_EACH (const struct gpg_key, k, &keys.at) {
		const bool several = keys.at.count > 1;

		if ((several && is_above(&s, k)) || ((several || t->named) && is_other(t, k)))
			continue;
		if (put_all(&p, k, &why))
			continue;
		err_in(&why, "key " STR_FMT, STR_ARG(k->fingerprint));
		if (!several || why.kind != ERR_ABSENT) {
			*e = why;
			return false;
		}
	}
	if (t->out.count == 0 && why.kind != ERR_NONE)
		*e = why;
	else if (t->out.count == 0)
		err_set(e, ERR_ABSENT, "none of its keys names that address");
	return t->out.count > 0;
}

// ---- all of a mail

bool take_each(const struct home *h, struct taking_keys *t, const struct mail_keys *all,
	       struct arena *a, struct err *e)
{
	t->origin = KEY_FROM_MAIL;
	err_set(e, ERR_INPUT, "the mail has no key: neither attached, nor in its text or its head");
	LIST_EACH (const struct str, file, &all->at) {
		t->bytes = *file;
		if (take_keys(h, t, a, e))
			continue;
		if (e->kind != ERR_INPUT && e->kind != ERR_ABSENT && e->kind != ERR_LIMIT)
			return false;
	}
	if (t->out.count == 0)
		return false;
	*e = (struct err){ 0 };
	return true;
}

static bool take_mail(const struct home *h, struct taking_keys *t, struct arena *a, struct err *e)
{
	struct mail_keys all = { 0 };
	struct str mail = t->bytes;

	if (mbox_is(mail) && !mbox_next(&mail, &mail))
		return err_set(e, ERR_INPUT, "it is an empty mailbox");
	mail_keys(mail, a, &all);
	return take_each(h, t, &all, a, e);
}

bool take_file(const struct home *h, struct taking_keys *t, struct arena *a, struct err *e)
{
	return mime_is(t->bytes) || mbox_is(t->bytes) ? take_mail(h, t, a, e)
						      : take_keys(h, t, a, e);
}

// ---- by what somebody typed

static bool match(const struct key_row *k, struct str word, struct str digits)
{
	uint64_t n;

	return digits.n > 0 ? str_has_suffix(k->fingerprint, digits)
			    : str_to_uint(word, INT64_MAX, &n) && (int64_t)n == k->id;
}

bool take_find(struct db *d, struct str word, struct arena *a, struct key_row *out, struct err *e)
{
	struct key_filter all = { 0 };
	char digits[GPG_FINGERPRINT];
	size_t n = 0, found = 0;
	autorows r = NULL;
	struct key_row k;

	if (!key_fingerprint_read(word, digits, sizeof digits, &n))
		n = 0;
	if (!key_list(d, &all, &r, e))
		return false;
	while (key_next_row(r, &k, e))
		if (match(&k, word, (struct str){ digits, n }) && found++ == 0)
			*out = key_kept(&k, a);
	if (e->kind != ERR_NONE)
		return false;
	if (found > 1)
		return err_set(e, ERR_INPUT, "%zu keys are so: say one's number", found);
	return found == 1 ||
	       err_set(e, ERR_ABSENT, "there is no key " STR_FMT ": see 'waker key list'",
		       STR_ARG(str_first(word, 80)));
}
