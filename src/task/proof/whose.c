#include "task/proof/whose.h"

#include "base/time.h"
#include "store/contact.h"
#include "store/key.h"

enum { ROOM = 64 << 20 };

static bool fits(const struct key_row *k, const struct whose_wish *w)
{
	return k->kind == w->kind && str_has_suffix(k->fingerprint, w->fingerprint);
}

struct numbers {
	int64_t at[WHOSE_KEYS];
	size_t n;
};

static bool find(struct db *d, const struct whose_wish *w, struct numbers *out, struct err *e)
{
	struct key_filter f = { .address = w->address.n > 0 ? w->address : (struct str){ 0 } };
	autorows r = NULL;
	struct key_row k;

	if (!key_list(d, &f, &r, e))
		return false;
	while (key_next_row(r, &k, e))
		if (fits(&k, w) && out->n < WHOSE_KEYS)
			out->at[out->n++] = k.id;
	return e->kind == ERR_NONE;
}

bool whose_keys_into(struct db *d, const struct whose_wish *w, struct gpg *g, bool *some,
		     struct err *e)
{
	struct numbers all = { .n = 0 };
	autoarena a = { 0 };

	*some = false;
	arena_init(&a, ROOM);
	if (!find(d, w, &all, e))
		return false;
	for (size_t i = 0; i < all.n; i++) {
		char *mark = arena_mark(&a);
		struct gpg_keys keys;
		struct str bytes;
		struct err why = { 0 };

		if (!key_bytes(d, all.at[i], &a, &bytes, e))
			return false;
		if (gpg_import(g, bytes, &a, &keys, &why))
			*some = true;
		else if (why.kind != ERR_INPUT && why.kind != ERR_LIMIT) {
			*e = why;
			return false;
		}
		arena_back(&a, mark);
	}
	return true;
}

// The last time that it became verified.
static bool ledger(struct db *d, struct arena *a, struct whose_key *k, struct err *e)
{
	autorows r = NULL;
	struct key_check c;

	if (!key_checks(d, k->id, &r, e))
		return false;
	while (key_next_check(r, &c, e)) {
		if (c.state != KEY_VERIFIED)
			continue;
		k->who = arena_str(a, c.who);
		k->evidence = arena_str(a, c.evidence);
		k->checked = c.at;
		k->method = c.method;
	}
	return e->kind == ERR_NONE;
}

static bool find_key(struct db *d, const struct whose_asked *q, struct arena *a,
		     struct whose_key *out, struct err *e)
{
	const struct key_filter all = { 0 };
	autorows r = NULL;
	struct key_row k;

	if (!key_list(d, &all, &r, e))
		return false;
	while (key_next_row(r, &k, e)) {
		if (!str_eq(k.fingerprint, q->fingerprint) || out->senders)
			continue;
		*out = (struct whose_key){
			.known = true,
			.senders = str_eq(k.address, q->address),
			.id = k.id,
			.address = arena_str(a, k.address),
			.is = k.is,
			.method = -1,
		};
	}
	return e->kind == ERR_NONE;
}

bool whose_key(struct db *d, const struct whose_asked *q, struct arena *a, struct whose_key *out,
	       struct err *e)
{
	*out = (struct whose_key){ .method = -1 };
	if (q->fingerprint.n == 0)
		return true;
	if (!find_key(d, q, a, out, e))
		return false;
	out->trouble = key_trouble(&out->is, q->now);
	return !out->known || ledger(d, a, out, e);
}

bool whose_contact(struct db *d, struct str address, struct arena *a, struct whose_contact *out,
		   struct err *e)
{
	struct contact_whose w;

	*out = (struct whose_contact){ 0 };
	if (address.n == 0)
		return true;
	if (!contact_whose(d, address, a, &w, e))
		return e->kind == ERR_NONE;
	*out = (struct whose_contact){ true,          w.contact, w.member, w.slug,
				       w.member_name, w.name,    w.role };
	return true;
}
