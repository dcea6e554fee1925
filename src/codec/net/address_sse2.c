#include "base/word.h"
#include "codec/net/address_one.h"

#ifdef __SSE2__

#include <emmintrin.h>

// Where each of four numbers ends in `text`; digits become their values. False where
// there are not three dots and else digits only.
static inline bool find_parts(const char *p, size_t n, unsigned char *text, size_t end[4])
{
	uint64_t low = n >= 8 ? word_eight(p) : word_of(p, n);
	uint64_t high = n >= 8 ? word_second(p, n) : 0;
	__m128i v = _mm_set_epi64x((long long)high, (long long)low);
	__m128i values = _mm_sub_epi8(v, _mm_set1_epi8('0'));
	__m128i digits = _mm_cmpeq_epi8(_mm_min_epu8(values, _mm_set1_epi8(9)), values);
	unsigned all = (1u << n) - 1, others = (unsigned)_mm_movemask_epi8(digits) & all;
	bool digits_only;
	unsigned dots = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8('.')));

	others ^= all;
	digits_only = others == dots;
	_mm_storeu_si128((__m128i_u *)(void *)text, values);
	for (unsigned i = 0; i < 3; i++, others &= others - 1)
		end[i] = (size_t)__builtin_ctz(others | 1u << 15);
	end[3] = n;
	return digits_only && others == 0 && end[2] < n;
}

// As address_quad_plain, with hardly a branch that depends on the lengths of the numbers.
bool address_quad(const char *p, const char *last, uint32_t *out)
{
	static const uint8_t least[] = { 0, 0, 10, 100 }; // of a number without leading zeros
	unsigned char room[4 + 16]; // a number is loaded with what is before it
	size_t n = (size_t)(last - p), start = 0, end[4];
	bool good = true;
	uint32_t v = 0;

	if (n < 7 || n > 15 || !find_parts(p, n, room + 4, end))
		return false;
	for (unsigned i = 0; i < 4; i++) {
		size_t digits = end[i] - start;
		uint32_t at, part;

		if (digits - 1 > 2)
			return false;
		at = (uint32_t)word_four(room + end[i]) >> (32 - 8 * digits) << (32 - 8 * digits);
		part = (at >> 24) + 10 * (at >> 16 & 255) + 100 * (at >> 8 & 255);
		good &= part <= 255 && part >= least[digits];
		v = v << 8 | part;
		start = end[i] + 1;
	}
	*out = v;
	return good;
}

// 16 hexadecimal digits as their values; *colons: where those are. Returns where neither is.
static inline unsigned hex_values(__m128i v, unsigned char *to, uint64_t *colons)
{
	__m128i digit = _mm_sub_epi8(v, _mm_set1_epi8('0'));
	__m128i letter = _mm_sub_epi8(_mm_or_si128(v, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
	__m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit);
	__m128i is_letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(5)), letter);
	__m128i is_colon = _mm_cmpeq_epi8(v, _mm_set1_epi8(':'));
	__m128i value =
		_mm_or_si128(_mm_and_si128(is_digit, digit),
			     _mm_and_si128(is_letter, _mm_add_epi8(letter, _mm_set1_epi8(10))));

	_mm_storeu_si128((__m128i_u *)(void *)to, value);
	*colons = (unsigned)_mm_movemask_epi8(is_colon);
	return (unsigned)_mm_movemask_epi8(
		       _mm_or_si128(_mm_or_si128(is_digit, is_letter), is_colon)) ^
	       0xffff;
}

enum {
	V6_MOST = 39, // bytes of text without a dotted quad
	V6_NO_GAP = 9,
};

static inline __m128i load(const char *p)
{
	return _mm_loadu_si128((const __m128i_u *)(const void *)p);
}

// False where a byte is neither digit nor colon. n is up to V6_MOST.
static inline bool all_values(const char *p, size_t n, unsigned char *to, uint64_t *colons)
{
	uint64_t more;
	unsigned bad;

	if (n < 16) {
		uint64_t low = n >= 8 ? word_eight(p) : word_of(p, n);
		uint64_t high = n >= 8 ? word_second(p, n) : 0;

		bad = hex_values(_mm_set_epi64x((long long)high, (long long)low), to, colons);
		return (bad & ((1u << n) - 1)) == 0;
	}
	bad = hex_values(load(p + n - 16), to + n - 16, colons);
	*colons <<= n - 16;
	for (size_t i = 0; i + 16 < n; i += 16) {
		bad |= hex_values(load(p + i), to + i, &more);
		*colons |= more << i;
	}
	return bad == 0;
}

// One "::" at the most, and no other empty group.
static inline bool are_colons_well(uint64_t colons, size_t n)
{
	uint64_t doubled = colons & colons >> 1;

	return (doubled & (doubled - 1)) == 0 && (colons & 1 & ~doubled) == 0 &&
	       (colons >> (n - 1) == 0 || doubled >> (n - 2) != 0);
}

// As address_v6_plain, with hardly a branch that depends on the digits.
bool address_v6(struct str s, struct address *out)
{
	unsigned char room[4 + V6_MOST + 16]; // a group is loaded with what is before it
	unsigned __int128 all = 0;
	unsigned count = 0, gap = V6_NO_GAP;
	uint64_t colons, ends;
	size_t start = 0;

	if (s.n > V6_MOST || !all_values(s.p, s.n, room + 4, &colons))
		return address_v6_plain(s, out);
	if (colons == 0 || !are_colons_well(colons, s.n))
		return false;
	for (ends = colons | UINT64_C(1) << s.n; ends != 0; ends &= ends - 1) {
		size_t end = (size_t)__builtin_ctzll(ends), digits = end - start;
		uint32_t v;

		start = end + 1;
		if (digits == 0) {
			gap = count;
			continue;
		}
		if (digits > 4 || count == 8)
			return false;
		v = (uint32_t)word_four(room + end) >> (32 - 8 * digits) << (32 - 8 * digits);
		v = __builtin_bswap32(v);
		v = (v | v >> 4) & 0x00ff00ff;
		all = all << 16 | (uint16_t)(v | v >> 8);
		count++;
	}
	if (gap == V6_NO_GAP ? count != 8 : count > 7)
		return false;
	if (gap != V6_NO_GAP) { // what stands before the gap goes to the top
		unsigned behind = 16 * (count - gap);
		unsigned __int128 head = gap > 0 ? all >> behind << (128 - 16 * gap) : 0;

		all = head | (all & (((unsigned __int128)1 << behind) - 1));
	}
	out->high = (uint64_t)(all >> 64);
	out->low = (uint64_t)all;
	return true;
}

#else

bool address_quad(const char *p, const char *end, uint32_t *out)
{
	return address_quad_plain(p, end, out);
}

bool address_v6(struct str s, struct address *out)
{
	return address_v6_plain(s, out);
}

#endif
