// The audit's chain: what a row's digests are over, and what is wrong with a row that does
// not fit (RULES 10). Pure: SHA-256 comes from outside. Nothing is owned.
//
// The canonical encoding, which must never change (a new one gets a new first line):
// a number is 8 bytes, the most significant first (times in microseconds, two's
// complement); a text or digest is the number of its bytes and then the bytes.
//
//   digest of a value  = SHA-256("waker audit value 1\n", place, key, salt, value)
//   digest of a row    = SHA-256("waker audit values 1\n", count, each value's: place, key, digest)
//   hash of a row      = SHA-256("waker audit row 1\n", previous, id, at, who, verb, subject, digest)
//
// Each value has a salt of its own that goes when the value is erased: the digest stays, the
// chain stays whole, and who guesses the value cannot try it. The first row has number 1
// and a previous hash of zeroes; each next row has the next number.
#pragma once

#include "base/arena.h"

enum { CHAIN_HASH = 32, CHAIN_SALT = 16, CHAIN_MOST_VALUES = 256 };

typedef void (*chain_digest)(struct str bytes, unsigned char out[CHAIN_HASH]);

struct chain_value {
	struct str key, value;
	unsigned char salt[CHAIN_SALT], digest[CHAIN_HASH];
	int64_t erased; // when; 0: it stands
};

struct chain_row {
	int64_t id, at;
	struct str who, verb, subject;
	unsigned char digest[CHAIN_HASH], previous[CHAIN_HASH], hash[CHAIN_HASH];
};

struct chain {
	chain_digest sha256;
	struct arena *a; // for what is encoded; given back
};

void chain_value_digest(const struct chain *c, const struct chain_value *v, unsigned place,
			unsigned char out[CHAIN_HASH]);
// Of the values' digests, in their order.
void chain_row_digest(const struct chain *c, const struct chain_value *v, size_t n,
		      unsigned char out[CHAIN_HASH]);
// As if its number were `id`.
void chain_row_hash(const struct chain *c, const struct chain_row *r, int64_t id,
		    unsigned char out[CHAIN_HASH]);

// What a row by itself, with its values, shows. The first that is true.
enum chain_fault {
	CHAIN_WHOLE,
	CHAIN_HASH_WRONG, // the row's own fields, or its place: ask chain_row_hash with other numbers
	CHAIN_DIGEST_WRONG, // a value was added, taken away, or its digest changed
	CHAIN_VALUE_WRONG,  // a value that stands is not the one that was written
};
// *bad: the key of the value that is wrong, else empty.
enum chain_fault chain_check(const struct chain *c, const struct chain_row *r,
			     const struct chain_value *v, size_t n, struct str *bad) MUST_USE;
