#include "codec/table/json_chase.h"

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,pclmul,bmi,bmi2,popcnt")))

// Written before it is read: clearing it for every object would cost as much as reading.
#define UNINITIALIZED __attribute__((uninitialized))

enum { BLOCK = 64, MAX_TOKENS = 1024, SPARE = 64, MAX_BYTES = 1 << 20 };

enum marked { MARKED_BAD, MARKED_WELL, MARKED_OTHER }; // OTHER: for the plain reader

struct marks {
	const char *p, *end;
	unsigned count;
	uint64_t inside;  // all ones: the last block ended in a string
	uint64_t escaped; // 1: its last byte was a backslash that escapes
	uint64_t scalar;  // 1: its last byte was part of a number, a word, or nothing known
	const char *over; // escapes before it are read
	uint32_t at[MAX_TOKENS + SPARE];
};

static inline AVX2 uint64_t bits_of(__m256i low, __m256i high)
{
	return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high)
							     << 32;
}

static inline AVX2 uint64_t equal(__m256i low, __m256i high, char c)
{
	__m256i all = _mm256_set1_epi8(c);

	return bits_of(_mm256_cmpeq_epi8(low, all), _mm256_cmpeq_epi8(high, all));
}

static inline AVX2 __m256i twice(const char table[16])
{
	return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i_u *)(const void *)table));
}

// Bytes that are what the table says for their low four bits.
static inline AVX2 uint64_t listed(const char table[16], __m256i low, __m256i high, char fold)
{
	__m256i t = twice(table), f = _mm256_set1_epi8(fold);

	return bits_of(_mm256_cmpeq_epi8(_mm256_shuffle_epi8(t, low), _mm256_or_si256(low, f)),
		       _mm256_cmpeq_epi8(_mm256_shuffle_epi8(t, high), _mm256_or_si256(high, f)));
}

static inline AVX2 uint64_t controls(__m256i low, __m256i high)
{
	__m256i most = _mm256_set1_epi8(0x1f);

	return bits_of(_mm256_cmpeq_epi8(_mm256_min_epu8(low, most), low),
		       _mm256_cmpeq_epi8(_mm256_min_epu8(high, most), high));
}

static inline AVX2 uint64_t between(uint64_t quotes)
{
	__m128i ones = _mm_set1_epi8(-1), q = _mm_set_epi64x(0, (long long)quotes);

	return (uint64_t)_mm_cvtsi128_si64(_mm_clmulepi64_si128(q, ones, 0));
}

// The bytes behind an escaping backslash; *first: those backslashes. They are few.
static inline AVX2 uint64_t escapes(struct marks *m, uint64_t slashes, uint64_t *first)
{
	uint64_t behind = m->escaped;

	*first = 0;
	slashes &= ~m->escaped;
	m->escaped = 0;
	while (slashes != 0) {
		uint64_t one = _blsi_u64(slashes);

		*first |= one;
		behind |= one << 1;
		m->escaped = one >> 63;
		slashes &= ~(one | one << 1);
	}
	return behind;
}

static AVX2 bool escapes_hold(struct marks *m, const char *block, uint64_t first)
{
	for (; first != 0; first = _blsr_u64(first)) {
		const char *p = block + _tzcnt_u64(first);
		size_t n;

		if (p < m->over)
			continue;
		n = json_escape(p, m->end);
		if (n == 0)
			return false;
		m->over = p + n;
	}
	return true;
}

static inline AVX2 void add(struct marks *m, uint64_t tokens, uint32_t base)
{
	unsigned n = (unsigned)__builtin_popcountll(tokens);
	uint32_t *to = m->at + m->count;

	for (unsigned i = 0; i < n; i += 8)
		for (unsigned k = 0; k < 8; k++) {
			to[i + k] = base + (uint32_t)_tzcnt_u64(tokens);
			tokens = _blsr_u64(tokens);
		}
	m->count += n;
}

// `bytes` are those of the block, which stands at `block` in the object.
static inline AVX2 enum marked mark(struct marks *m, const char *bytes, const char *block)
{
	// ':', ',' and both kinds of brackets, which differ in 0x20 only.
	static const char signs[16] = { [0] = 1, [10] = ':', [11] = '{', [12] = ',', [13] = '}' };
	static const char blanks[16] = { ' ', ' ',  ' ',  ' ', ' ', ' ',  ' ', ' ',
					 ' ', '\t', '\n', ' ', ' ', '\r', ' ', ' ' };
	__m256i low = _mm256_loadu_si256((const __m256i_u *)(const void *)bytes);
	__m256i high = _mm256_loadu_si256((const __m256i_u *)(const void *)(bytes + 32));
	uint64_t first, behind = escapes(m, equal(low, high, '\\'), &first);
	uint64_t quotes = equal(low, high, '"') & ~behind;
	uint64_t in = between(quotes) ^ m->inside, sign = listed(signs, low, high, 0x20);
	uint64_t other = ~(sign | listed(blanks, low, high, 0)), scalar = other & ~quotes;
	uint64_t starts = other & ~(scalar << 1 | m->scalar);

	if (UNLIKELY(bits_of(low, high) != 0))
		return MARKED_OTHER;
	m->inside = (uint64_t)((int64_t)in >> 63);
	m->scalar = scalar >> 63;
	if (UNLIKELY((controls(low, high) & in) != 0))
		return MARKED_BAD;
	if (UNLIKELY(first != 0 && !escapes_hold(m, block, first)))
		return MARKED_BAD;
	add(m, (sign | starts) & ~(in ^ quotes), (uint32_t)(block - m->p));
	return m->count <= MAX_TOKENS ? MARKED_WELL : MARKED_OTHER;
}

static AVX2 enum marked mark_all(struct marks *m)
{
	const char *p = m->p;
	enum marked how = MARKED_WELL;

	for (; how == MARKED_WELL && m->end - p >= BLOCK; p += BLOCK)
		how = mark(m, p, p);
	if (how == MARKED_WELL && p < m->end) {
		char tail[BLOCK];

		memset(tail, ' ', sizeof tail);
		memcpy(tail, p, (size_t)(m->end - p));
		how = mark(m, tail, p);
	}
	if (how != MARKED_WELL)
		return how;
	m->at[m->count] = (uint32_t)(m->end - m->p); // where the last one ends
	return m->inside == 0 ? MARKED_WELL : MARKED_BAD;
}

struct walk {
	const struct marks *m;
	struct chase c;
	unsigned i; // the token at hand
	unsigned depth;
	uint64_t in_object;
};

static inline char sign_at(const struct walk *w, unsigned i)
{
	return i < w->m->count ? w->m->p[w->m->at[i]] : '\0';
}

// The text between the quotes of the string that is token i. Behind its closing
// quote nothing but blanks stands before the next token.
static inline struct str string_at(const struct walk *w, unsigned i)
{
	const char *start = w->m->p + w->m->at[i] + 1, *end = w->m->p + w->m->at[i + 1];

	while (end[-1] != '"')
		end--;
	return (struct str){ start, (size_t)(end - 1 - start) };
}

static bool is_over(const struct walk *w, const char *p) // may a number or word end here?
{
	return p == w->m->end || memchr(" \t\r\n,]}", *p, 7) != NULL;
}

static inline bool scalar(struct walk *w, char c)
{
	const char *p = w->m->p + w->m->at[w->i], *stop;
	enum json_kind kind = JSON_NUMBER;

	if (c == '-' || (c >= '0' && c <= '9')) {
		stop = json_number(p, w->m->end);
	} else {
		size_t n = json_word(p, w->m->end);

		kind = JSON_WORD;
		stop = n > 0 ? p + n : NULL;
	}
	if (stop == NULL || !is_over(w, stop))
		return false;
	chase_value(&w->c, w->depth, kind, (struct str){ p, (size_t)(stop - p) });
	return true;
}

static bool open_one(struct walk *w, bool object)
{
	uint64_t bit;

	if (w->depth == JSON_MAX_DEPTH)
		return false;
	chase_enter(&w->c, w->depth);
	bit = UINT64_C(1) << w->depth++;
	w->in_object = object ? w->in_object | bit : w->in_object & ~bit;
	return true;
}

// The key at hand and its colon; leaves i at the value.
static inline bool key(struct walk *w)
{
	char first;

	if (sign_at(w, w->i) != '"' || sign_at(w, w->i + 1) != ':')
		return false;
	first = w->m->p[w->m->at[w->i] + 1]; // most keys are no step of any path by that alone
	if ((w->c.firsts & chase_bit(first)) != 0)
		chase_key(&w->c, w->depth, string_at(w, w->i));
	else
		w->c.key = 0;
	w->i += 2;
	return true;
}

// Over closing brackets, then a comma and, in an object, the next key. *done: the
// outermost is closed.
static inline bool go_on(struct walk *w, bool *done)
{
	for (;;) {
		bool object = w->in_object >> (w->depth - 1) & 1;
		char c = sign_at(w, w->i++);

		if (c == ',')
			return !object || key(w);
		if (c != (object ? '}' : ']'))
			return false;
		chase_leave(&w->c, --w->depth);
		if (w->depth == 0) {
			*done = true;
			return w->i == w->m->count;
		}
	}
}

// The value at hand, up to the next value at hand.
static inline bool step(struct walk *w, bool *done)
{
	char c = sign_at(w, w->i);

	if (c == '"') {
		if (w->c.key != 0)
			chase_value(&w->c, w->depth, JSON_STRING, string_at(w, w->i));
	} else if (c == '{' || c == '[') {
		if (!open_one(w, c == '{'))
			return false;
		w->i++;
		if (sign_at(w, w->i) != (c == '{' ? '}' : ']'))
			return c == '[' || key(w);
		return go_on(w, done);
	} else if (!scalar(w, c)) {
		return false;
	}
	w->i++;
	return go_on(w, done);
}

bool json_pick_avx2(struct str bytes, const struct json_path *path, unsigned n,
		    struct json_value *out)
{
	struct marks m UNINITIALIZED;
	struct walk w = { .m = &m };
	bool done = false;
	enum marked how;

	m.p = m.over = bytes.p;
	m.end = bytes.p + bytes.n;
	m.count = 0;
	m.inside = m.escaped = m.scalar = 0;
	how = bytes.n <= MAX_BYTES ? mark_all(&m) : MARKED_OTHER;
	if (how == MARKED_OTHER)
		return json_pick(bytes, path, n, out);
	w.c = chase_of(path, n, out);
	if (how == MARKED_BAD || sign_at(&w, 0) != '{')
		return false;
	while (!done)
		if (!step(&w, &done))
			return false;
	return true;
}
