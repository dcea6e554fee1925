#include "codec/text/needle.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

bool needles_add(struct needles *x, struct str text, struct arena *a)
{
	char *copy;

	if (text.n == 0 || text.n > NEEDLE_BYTES)
		return false;
	for (unsigned i = 0; i < x->count; i++)
		if (str_eq_nocase(x->text[i], text))
			return true;
	if (x->count == NEEDLES_MOST)
		return false;
	copy = arena_new(a, char, text.n);
	for (size_t i = 0; i < text.n; i++)
		copy[i] = ascii_lower(text.p[i]);
	x->text[x->count++] = (struct str){ copy, text.n };
	if (text.n > x->longest)
		x->longest = text.n;
	return true;
}

static bool is_at(const char *p, struct str needle)
{
	for (size_t i = 0; i < needle.n; i++)
		if (ascii_lower(p[i]) != needle.p[i])
			return false;
	return true;
}

static bool in_plain(struct str hay, struct str needle)
{
	for (size_t i = 0; i + needle.n <= hay.n; i++)
		if (is_at(hay.p + i, needle))
			return true;
	return false;
}

#ifdef __SSE2__

// Sixteen places at a time: where the first and the last byte stand (but for the bit in which
// a letter's cases differ, which others may lack too), the rest is looked at.
static bool in_fast(struct str hay, struct str needle)
{
	__m128i bit = _mm_set1_epi8(0x20);
	__m128i first = _mm_or_si128(_mm_set1_epi8(needle.p[0]), bit);
	__m128i last = _mm_or_si128(_mm_set1_epi8(needle.p[needle.n - 1]), bit);
	size_t i = 0;

	for (; i + needle.n + 15 <= hay.n; i += 16) {
		__m128i a = _mm_loadu_si128((const __m128i_u *)(const void *)(hay.p + i));
		__m128i b = _mm_loadu_si128(
			(const __m128i_u *)(const void *)(hay.p + i + needle.n - 1));
		__m128i both = _mm_and_si128(_mm_cmpeq_epi8(_mm_or_si128(a, bit), first),
					     _mm_cmpeq_epi8(_mm_or_si128(b, bit), last));
		unsigned places = (unsigned)_mm_movemask_epi8(both);

		for (; places != 0; places &= places - 1)
			if (is_at(hay.p + i + __builtin_ctz(places), needle))
				return true;
	}
	return in_plain(str_from(hay, i), needle);
}

#else

static bool in_fast(struct str hay, struct str needle)
{
	return in_plain(hay, needle);
}

#endif

bool needles_in(const struct needles *x, struct str hay)
{
	for (unsigned i = 0; i < x->count; i++)
		if (in_fast(hay, x->text[i]))
			return true;
	return false;
}

bool needles_in_plain(const struct needles *x, struct str hay)
{
	for (unsigned i = 0; i < x->count; i++)
		if (in_plain(hay, x->text[i]))
			return true;
	return false;
}
