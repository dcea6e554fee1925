// A fast 64-bit hash of bytes for tables in memory: a multiply-and-fold mix over
// eight bytes at a time. Not for secrets and not for disk; tables whose keys a
// stranger chooses take a random seed.
#pragma once

#include "base/str.h"
#include "base/word.h"

static inline uint64_t hash_fold(uint64_t a, uint64_t b)
{
	unsigned __int128 wide = (unsigned __int128)a * b;

	return (uint64_t)wide ^ (uint64_t)(wide >> 64);
}

static inline uint64_t hash_more(uint64_t h, uint64_t word)
{
	return hash_fold(h ^ word ^ 0x9e3779b97f4a7c15u, 0xd6e8feb86659fd93u);
}

static inline uint64_t hash_bytes(uint64_t seed, const void *p, size_t n)
{
	const unsigned char *at = p;
	uint64_t h = seed ^ (n * 0xa0761d6478bd642fu);
	const bool is_long = n > 8;

	for (; n > 8; n -= 8, at += 8)
		h = hash_more(h, word_eight(at));
	h = hash_more(h, is_long ? word_eight(at + n - 8) : word_of(at, n));
	return hash_fold(h, 0xe7037ed1a0b428dbu);
}

static inline uint64_t hash_str(uint64_t seed, struct str s)
{
	return hash_bytes(seed, s.p, s.n);
}
