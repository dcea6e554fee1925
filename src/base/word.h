// Bytes of any short length as little-endian words, by overlapping loads: no loop a
// byte, and nothing behind the bytes is touched.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t word_eight(const void *p)
{
	uint64_t word;

	memcpy(&word, p, 8);
	return word;
}

static inline uint64_t word_four(const void *p)
{
	uint32_t word;

	memcpy(&word, p, 4);
	return word;
}

// The n bytes at p, 0 to 8; what lies above them is zero.
static inline uint64_t word_of(const void *p, size_t n)
{
	const unsigned char *at = p;

	if (n >= 4)
		return word_four(at) | word_four(at + n - 4) << (8 * (n - 4));
	if (n == 0)
		return 0;
	return at[0] | (uint64_t)at[n / 2] << (8 * (n / 2)) | (uint64_t)at[n - 1] << (8 * (n - 1));
}

// The bytes 8 to n of the n at p, n being 8 to 16.
static inline uint64_t word_second(const void *p, size_t n)
{
	const unsigned char *at = p;

	return n == 8 ? 0 : word_eight(at + n - 8) >> (8 * (16 - n));
}

// Are the n bytes at p and at q the same? For short ones: no call, and no loop a byte.
static inline bool word_same(const void *p, const void *q, size_t n)
{
	const unsigned char *a = p, *b = q;

	if (n <= 8)
		return word_of(a, n) == word_of(b, n);
	for (size_t i = 0; i + 8 < n; i += 8)
		if (word_eight(a + i) != word_eight(b + i))
			return false;
	return word_eight(a + n - 8) == word_eight(b + n - 8);
}

// How many bytes stand behind the last c among the n at p; n where there is none.
static inline size_t word_behind_last(const char *p, size_t n, char c)
{
	const uint64_t ones = 0x0101010101010101u, low = 0x7f * ones;
	size_t left = n;

	for (; left >= 8; left -= 8) {
		uint64_t w = word_eight(p + left - 8) ^ (unsigned char)c * ones;
		uint64_t zero = ~(((w & low) + low) | w | low); // the top bit of each that is c

		if (zero != 0)
			return n - left + (size_t)__builtin_clzll(zero) / 8;
	}
	while (left > 0 && p[left - 1] != c)
		left--;
	return n - left;
}
