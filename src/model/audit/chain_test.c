#include "base/test.h"
#include "model/audit/chain.h"

#define ROOM ((size_t)1 << 20)

enum { MOST_BYTES = 1024 };

static char seen[MOST_BYTES]; // what was last to be digested
static size_t seen_n;

// Not SHA-256, which stands above this layer (a story checks that), but as good at telling
// one text from another here: four sums of different beginnings. And it tells the text.
static void sum(struct str bytes, unsigned char out[CHAIN_HASH])
{
	CHECK(bytes.n <= sizeof seen);
	memcpy(seen, bytes.p, bytes.n);
	seen_n = bytes.n;
	for (unsigned lane = 0; lane < 4; lane++) {
		uint64_t h = UINT64_C(0xcbf29ce484222325) + lane;

		for (size_t i = 0; i < bytes.n; i++) {
			h ^= (unsigned char)bytes.p[i];
			h *= UINT64_C(0x100000001b3);
		}
		memcpy(out + 8 * lane, &h, sizeof h);
	}
}

static bool encoded(struct str as)
{
	return as.n == seen_n && memcmp(as.p, seen, as.n) == 0;
}

static struct chain_row row_of(const struct chain *c, struct chain_value v[2])
{
	struct chain_row r = { .id = 17,
			       .at = 1,
			       .who = S("j.doe"),
			       .verb = S("finding close"),
			       .subject = S("F-7K2QXM-5") };

	v[0] = (struct chain_value){ .key = S("reason"), .value = S("called J. Jansen") };
	v[1] = (struct chain_value){ .key = S("as"), .value = S("fixed") };
	memset(v[0].salt, 7, sizeof v[0].salt);
	for (unsigned i = 0; i < 2; i++)
		chain_value_digest(c, &v[i], i, v[i].digest);
	chain_row_digest(c, v, 2, r.digest);
	memset(r.previous, 1, sizeof r.previous);
	chain_row_hash(c, &r, r.id, r.hash);
	return r;
}

TEST("audit chain: a value is encoded as the header states, down to the last byte")
{
	autoarena a = { 0 };
	struct chain c = { sum, &a };
	struct chain_value v = { .key = S("as"), .value = S("fixed") };
	unsigned char out[CHAIN_HASH];

	arena_init(&a, ROOM);
	chain_value_digest(&c, &v, 1, out);
	CHECK(encoded(S("waker audit value 1\n"
			"\0\0\0\0\0\0\0\1"
			"\0\0\0\0\0\0\0\2as"
			"\0\0\0\0\0\0\0\20\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
			"\0\0\0\0\0\0\0\5fixed")));
	chain_row_digest(&c, NULL, 0, out);
	CHECK(encoded(S("waker audit values 1\n\0\0\0\0\0\0\0\0")));
	memset(v.digest, 'd', sizeof v.digest);
	chain_row_digest(&c, &v, 1, out);
	CHECK(encoded(S("waker audit values 1\n\0\0\0\0\0\0\0\1"
			"\0\0\0\0\0\0\0\0"
			"\0\0\0\0\0\0\0\2as"
			"\0\0\0\0\0\0\0\40dddddddddddddddddddddddddddddddd")));
}

TEST("audit chain: and so is a row")
{
	autoarena a = { 0 };
	struct chain c = { sum, &a };
	struct chain_row r = { .id = 17, .at = -2, .who = S("a"), .verb = S("v") };
	unsigned char out[CHAIN_HASH];

	arena_init(&a, ROOM);
	memset(r.previous, 'p', sizeof r.previous);
	memset(r.digest, 'd', sizeof r.digest);
	chain_row_hash(&c, &r, 18, out); // not its own number
	CHECK(encoded(S("waker audit row 1\n"
			"\0\0\0\0\0\0\0\40pppppppppppppppppppppppppppppppp"
			"\0\0\0\0\0\0\0\22"
			"\377\377\377\377\377\377\377\376"
			"\0\0\0\0\0\0\0\1a"
			"\0\0\0\0\0\0\0\1v"
			"\0\0\0\0\0\0\0\0"
			"\0\0\0\0\0\0\0\40dddddddddddddddddddddddddddddddd")));
}

TEST("audit chain: each field of a row and each value is covered")
{
	autoarena a = { 0 };
	struct chain c = { sum, &a };
	struct chain_value v[2];
	struct chain_row r;
	struct str bad;

	arena_init(&a, ROOM);
	r = row_of(&c, v);
	CHECK(chain_check(&c, &r, v, 2, &bad) == CHAIN_WHOLE);
	for (unsigned i = 0; i < 8; i++) {
		struct chain_row x = r;

		x.id += i == 0;
		x.at += i == 1;
		x.who = i == 2 ? S("j.dof") : x.who;
		x.verb = i == 3 ? S("finding open") : x.verb;
		x.subject = i == 4 ? S("F-7K2QXM-6") : x.subject;
		x.digest[31] ^= i == 5;
		x.previous[0] ^= i == 6;
		x.hash[9] ^= i == 7;
		CHECK(chain_check(&c, &x, v, 2, &bad) == CHAIN_HASH_WRONG);
	}
	// What moves from one text to the next is another row.
	struct chain_row x = r;

	x.who = S("j.doef");
	x.verb = S("inding close");
	CHECK(chain_check(&c, &x, v, 2, &bad) == CHAIN_HASH_WRONG);
	CHECK(chain_check(&c, &r, v, 1, &bad) == CHAIN_DIGEST_WRONG);
	v[0].value = S("called nobody");
	CHECK(chain_check(&c, &r, v, 2, &bad) == CHAIN_VALUE_WRONG && str_eq(bad, S("reason")));
	v[0].digest[0] ^= 1;
	CHECK(chain_check(&c, &r, v, 2, &bad) == CHAIN_DIGEST_WRONG);
}

TEST("audit chain: an erased value leaves the row whole, and no salt to guess it by")
{
	autoarena a = { 0 };
	struct chain c = { sum, &a };
	struct chain_value v[2];
	struct chain_row r;
	struct str bad;

	arena_init(&a, ROOM);
	r = row_of(&c, v);
	v[0].value = S("");
	memset(v[0].salt, 0, sizeof v[0].salt);
	CHECK(chain_check(&c, &r, v, 2, &bad) == CHAIN_VALUE_WRONG); // gone, but not told as erased
	v[0].erased = 5;
	CHECK(chain_check(&c, &r, v, 2, &bad) == CHAIN_WHOLE);
}
