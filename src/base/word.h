// Bytes of any short length as little-endian words, by overlapping loads: no loop a
// byte, and nothing behind the bytes is touched.
#pragma once

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
