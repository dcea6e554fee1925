#include "task/audit/write.h"

#include "os/digest.h"
#include "os/file.h"
#include "os/random.h"
#include "store/audit.h"

#include <assert.h>

_Static_assert((int)DIGEST_BYTES == (int)CHAIN_HASH, "the chain's digests are SHA-256");

enum { HEAD_BYTES = 256, HEAD_MODE = 0600 };

void audit_sha256(struct str bytes, unsigned char out[CHAIN_HASH])
{
	struct digest d;

	digest_init(&d);
	digest_add(&d, bytes);
	digest_done(&d, out);
}

static size_t values_of(const struct audit_entry *x, const struct chain *c,
			struct chain_value *values)
{
	size_t n = 0;

	assert(x->count <= CHAIN_MOST_VALUES);
	for (size_t i = 0; i < x->count; i++) {
		struct chain_value *v = &values[n];

		if (x->said[i].value.n == 0)
			continue;
		v->key = str_of(x->said[i].key);
		v->value = x->said[i].value;
		random_fill(v->salt, sizeof v->salt);
		chain_value_digest(c, v, (unsigned)n, v->digest);
		n++;
	}
	return n;
}

static bool write_in(struct db *d, const struct audit_entry *x, struct arena *a, struct err *e)
{
	struct chain c = { audit_sha256, a };
	struct chain_value *values = arena_new(a, struct chain_value, x->count + 1);
	struct chain_row r = {
		.at = x->by.now, .who = x->by.who, .verb = x->by.verb, .subject = x->subject
	};
	size_t n = values_of(x, &c, values);
	int64_t last = 0;

	if (!audit_last(d, &last, r.previous, e) && e->kind != ERR_NONE)
		return false;
	r.id = last + 1;
	chain_row_digest(&c, values, n, r.digest);
	chain_row_hash(&c, &r, r.id, r.hash);
	if (!audit_add(d, &r, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!audit_value_add(d, r.id, (unsigned)i, &values[i], e))
			return false;
	return true;
}

bool audit_write(struct db *d, const struct audit_entry *x, struct arena *a, struct err *e)
{
	char *mark = arena_mark(a);
	bool good = write_in(d, x, a, e);

	arena_back(a, mark);
	return good || err_in(e, "the audit");
}

static bool is_noted(const char *path, struct str text, struct arena *a)
{
	struct err e = { 0 };
	struct str was;

	return file_read(path, HEAD_BYTES, a, &was, &e) && str_eq(was, text);
}

// *id is the row that is noted, or 0 where there is none.
static bool note_last(const struct home *h, int64_t *id, struct arena *a, struct err *e)
{
	const char *path = home_path(h, AUDIT_HEAD, a);
	unsigned char hash[CHAIN_HASH];
	char hex[DIGEST_TEXT];
	struct str text;

	if (!audit_last(h->db, id, hash, e)) {
		*id = 0;
		return e->kind == ERR_NONE;
	}
	digest_hex(hash, hex);
	text = arena_fmt(a, "%lld %s\n", (long long)*id, hex);
	return is_noted(path, text, a) || file_write(path, text, HEAD_MODE, e);
}

// Until what is noted is what is newest: another process may have added a row, and noted it,
// between this one's look and its note.
bool audit_note_head(const struct home *h, struct arena *a, struct err *e)
{
	enum { TRIES = 16 };
	int64_t noted = -1, last = 0;
	struct err was;

	for (int i = 0; i < TRIES && noted != last; i++) {
		noted = last;
		if (note_last(h, &last, a, e))
			continue;
		was = *e;
		return err_set(
			e, was.kind,
			"it is done, but not noted beside the audit: %s: make room; the next "
			"command notes it",
			was.text);
	}
	return true;
}

bool audit_commit(const struct home *h, struct arena *a, struct err *e)
{
	return db_commit(h->db, e) && audit_note_head(h, a, e);
}
