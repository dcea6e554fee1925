#include "codec/net/name.h"

#include "base/word.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

// Every byte of a name in ASCII: itself in lower case; '.' and bytes above 127
// are told apart by the caller. NUL, blanks and controls are no part of a host.
static inline bool is_name_byte(unsigned char c)
{
	return c > ' ' && c < 0x7f;
}

// The labels of n bytes at text; 0 where one is empty or too long.
static unsigned count_labels(const char *text, size_t n)
{
	unsigned labels = 1;
	size_t start = 0;

	for (size_t i = 0; i <= n; i++) {
		if (i < n && text[i] != '.')
			continue;
		if (i == start || i - start > NAME_MAX_LABEL)
			return 0;
		labels += i < n;
		start = i + 1;
	}
	return labels;
}

static bool finish(struct name *out, size_t n)
{
	unsigned labels = count_labels(out->text, n);

	if (labels == 0)
		return false;
	out->text[n] = '\0';
	out->n = (unsigned char)n;
	out->labels = (unsigned char)labels;
	return true;
}

// UTF-8 to A-labels. The library takes "a..b" for "a.b": labels are counted before.
static bool read_unicode(struct str s, name_idn idn, struct name *out)
{
	size_t n;

	if (idn == NULL || s.n > 4 * NAME_MAX_BYTES)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c < 0x80 && !is_name_byte(c)) || (c == '.' && (i == 0 || s.p[i - 1] == '.')))
			return false;
	}
	n = idn(s, out->text);
	return n > 0 && n <= NAME_MAX_BYTES && finish(out, n);
}

bool name_read_plain(struct str s, name_idn idn, struct name *out)
{
	size_t start = 0;
	unsigned labels = 1;

	if (s.n > 0 && s.p[s.n - 1] == '.')
		s.n--;
	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (UNLIKELY(!is_name_byte(c)))
			return c >= 0x80 && read_unicode(s, idn, out);
		if (UNLIKELY(i == NAME_MAX_BYTES))
			return false;
		out->text[i] = ascii_lower((char)c);
		if (c != '.')
			continue;
		if (i == start || i - start > NAME_MAX_LABEL)
			return false;
		labels++;
		start = i + 1;
	}
	if (s.n == start || s.n - start > NAME_MAX_LABEL)
		return false;
	out->text[s.n] = '\0';
	out->n = (unsigned char)s.n;
	out->labels = (unsigned char)labels;
	return true;
}

#ifdef __SSE2__

enum { SHORT = NAME_MAX_LABEL }; // no label of so few bytes is too long

// Write 16 bytes in lower case; *dots: where the dots are. Returns where bytes are that
// are no part of a name in ASCII.
static inline unsigned lower(__m128i v, char *to, uint64_t *dots)
{
	__m128i upper = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8('A' - 1)),
				      _mm_cmplt_epi8(v, _mm_set1_epi8('Z' + 1)));
	__m128i good = _mm_andnot_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(0x7f)),
					_mm_cmpgt_epi8(v, _mm_set1_epi8(' ')));

	_mm_storeu_si128((__m128i_u *)(void *)to,
			 _mm_add_epi8(v, _mm_and_si128(upper, _mm_set1_epi8('a' - 'A'))));
	*dots = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8('.')));
	return (unsigned)_mm_movemask_epi8(good) ^ 0xffff;
}

static inline __m128i load(const char *p)
{
	return _mm_loadu_si128((const __m128i_u *)(const void *)p);
}

// 16 bytes at a time, the last of them overlapping. True where all n are of a name in ASCII.
static inline bool lower_all(const char *p, size_t n, char *to, uint64_t *dots)
{
	uint64_t more;
	unsigned bad = 0;

	if (n < 16) {
		uint64_t low = n >= 8 ? word_eight(p) : word_of(p, n);
		uint64_t high = n >= 8 ? word_second(p, n) : 0;

		bad = lower(_mm_set_epi64x((long long)high, (long long)low), to, dots);
		return (bad & ((1u << n) - 1)) == 0;
	}
	bad = lower(load(p + n - 16), to + n - 16, dots);
	*dots <<= n - 16;
	for (size_t i = 0; i + 16 < n; i += 16) {
		bad |= lower(load(p + i), to + i, &more);
		*dots |= more << i;
	}
	return bad == 0;
}

bool name_read(struct str s, name_idn idn, struct name *out)
{
	size_t n = s.n;
	uint64_t dots;

	if (n > 0 && s.p[n - 1] == '.')
		n--;
	if (n == 0 || n > SHORT || !lower_all(s.p, n, out->text, &dots))
		return name_read_plain(s, idn, out);
	if ((dots & (dots << 1 | 1)) != 0 || dots >> (n - 1) != 0)
		return false;
	out->text[n] = '\0';
	out->n = (unsigned char)n;
	out->labels = (unsigned char)(1 + __builtin_popcountll(dots));
	return true;
}

#else

bool name_read(struct str s, name_idn idn, struct name *out)
{
	return name_read_plain(s, idn, out);
}

#endif

bool name_within(struct str a, struct str b)
{
	return b.n > 0 && a.n >= b.n && str_eq_nocase(str_from(a, a.n - b.n), b) &&
	       (a.n == b.n || a.p[a.n - b.n - 1] == '.');
}
