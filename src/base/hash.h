// A fast 64-bit hash of bytes for tables in memory: a multiply-and-fold mix over
// eight bytes at a time. Not for secrets and not for disk; tables whose keys a
// stranger chooses take a random seed.
#pragma once

#include "base/str.h"

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
	uint64_t h = seed ^ (n * 0xa0761d6478bd642fu), word;

	for (; n >= 8; n -= 8, at += 8) {
		memcpy(&word, at, 8);
		h = hash_more(h, word);
	}
	word = 0;
	for (size_t i = 0; i < n; i++)
		word |= (uint64_t)at[i] << (8 * i);
	return hash_fold(hash_more(h, word), 0xe7037ed1a0b428dbu);
}

static inline uint64_t hash_str(uint64_t seed, struct str s)
{
	return hash_bytes(seed, s.p, s.n);
}
