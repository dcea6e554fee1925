#include "model/audit/chain.h"

#include "base/buf.h"

enum { NUMBER = 8 };

static void put_number(struct buf *b, int64_t v)
{
	for (unsigned i = NUMBER; i-- > 0;)
		buf_char(b, (char)(unsigned char)((uint64_t)v >> (8 * i)));
}

static void put_text(struct buf *b, struct str s)
{
	put_number(b, (int64_t)s.n);
	buf_str(b, s);
}

static struct str bytes_of(const unsigned char *p, size_t n)
{
	return (struct str){ (const char *)p, n };
}

static struct buf room(const struct chain *c, size_t n)
{
	return (struct buf){ .p = arena_new(c->a, char, n), .cap = n };
}

static void finish(const struct chain *c, const struct buf *b, char *mark, unsigned char *out)
{
	unsigned char sum[CHAIN_HASH];

	c->sha256(buf_view(b), sum);
	arena_back(c->a, mark);
	memcpy(out, sum, sizeof sum);
}

void chain_value_digest(const struct chain *c, const struct chain_value *v, unsigned place,
			unsigned char out[CHAIN_HASH])
{
	struct str head = S("waker audit value 1\n");
	char *mark = arena_mark(c->a);
	struct buf b = room(c, head.n + 4 * NUMBER + v->key.n + CHAIN_SALT + v->value.n);

	buf_str(&b, head);
	put_number(&b, place);
	put_text(&b, v->key);
	put_text(&b, bytes_of(v->salt, sizeof v->salt));
	put_text(&b, v->value);
	finish(c, &b, mark, out);
}

void chain_row_digest(const struct chain *c, const struct chain_value *v, size_t n,
		      unsigned char out[CHAIN_HASH])
{
	struct str head = S("waker audit values 1\n");
	char *mark = arena_mark(c->a);
	size_t need = head.n + NUMBER;
	struct buf b;

	for (size_t i = 0; i < n; i++)
		need += 3 * NUMBER + v[i].key.n + CHAIN_HASH;
	b = room(c, need);
	buf_str(&b, head);
	put_number(&b, (int64_t)n);
	for (size_t i = 0; i < n; i++) {
		put_number(&b, (int64_t)i);
		put_text(&b, v[i].key);
		put_text(&b, bytes_of(v[i].digest, sizeof v[i].digest));
	}
	finish(c, &b, mark, out);
}

void chain_row_hash(const struct chain *c, const struct chain_row *r, int64_t id,
		    unsigned char out[CHAIN_HASH])
{
	struct str head = S("waker audit row 1\n");
	char *mark = arena_mark(c->a);
	struct buf b =
		room(c, head.n + 7 * NUMBER + 2 * CHAIN_HASH + r->who.n + r->verb.n + r->subject.n);

	buf_str(&b, head);
	put_text(&b, bytes_of(r->previous, sizeof r->previous));
	put_number(&b, id);
	put_number(&b, r->at);
	put_text(&b, r->who);
	put_text(&b, r->verb);
	put_text(&b, r->subject);
	put_text(&b, bytes_of(r->digest, sizeof r->digest));
	finish(c, &b, mark, out);
}

enum chain_fault chain_check(const struct chain *c, const struct chain_row *r,
			     const struct chain_value *v, size_t n, struct str *bad)
{
	unsigned char sum[CHAIN_HASH];

	*bad = (struct str){ 0 };
	chain_row_hash(c, r, r->id, sum);
	if (memcmp(sum, r->hash, sizeof sum) != 0)
		return CHAIN_HASH_WRONG;
	chain_row_digest(c, v, n, sum);
	if (memcmp(sum, r->digest, sizeof sum) != 0)
		return CHAIN_DIGEST_WRONG;
	for (size_t i = 0; i < n; i++) {
		chain_value_digest(c, &v[i], (unsigned)i, sum);
		if (v[i].erased == 0 && memcmp(sum, v[i].digest, sizeof sum) != 0) {
			*bad = v[i].key;
			return CHAIN_VALUE_WRONG;
		}
	}
	return CHAIN_WHOLE;
}
