#include "codec/table/csv_one.h"

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,pclmul,bmi,bmi2,popcnt")))

enum { BLOCK = 64, EDGES = 2 * CSV_MAX_WANTED };

// The bytes of a block that equal c, a bit each.
static inline AVX2 uint64_t equal(__m256i low, __m256i high, char c)
{
	__m256i all = _mm256_set1_epi8(c);
	uint32_t l = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, all));
	uint32_t h = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, all));

	return l | (uint64_t)h << 32;
}

// Each bit the exclusive or of itself and all below: set from an opening quote up
// to, not including, its closing one.
static inline AVX2 uint64_t between(uint64_t quotes)
{
	__m128i ones = _mm_set1_epi8(-1), q = _mm_set_epi64x(0, (long long)quotes);

	return (uint64_t)_mm_cvtsi128_si64(_mm_clmulepi64_si128(q, ones, 0));
}

// A wanted column k lies between the k-th separator of its record and the next one
// or the line end: edges are numbers of separators, in order.
struct edges {
	unsigned count;
	unsigned at[EDGES + 1]; // ends in a number that no separator has
};

struct cut {
	const struct csv_shape *shape;
	struct edges edges;
	const char *start; // of the record at hand
	const char *edge[EDGES + 1];
	unsigned reached, columns; // edges passed, separators counted
	uint64_t inside;           // all ones: the last block ended in a quoted field
	uint64_t was_edge;         // 1: its last byte was a separator, a line end or a quote
	uint64_t was_close;        // 1: its last byte was a closing quote
};

static struct edges edges_of(const struct csv_shape *shape)
{
	struct edges e = { 0 };

	for (unsigned i = 0; i < shape->wanted; i++) {
		unsigned k = shape->want[i];

		if (k > 0 && (e.count == 0 || e.at[e.count - 1] != k))
			e.at[e.count++] = k;
		e.at[e.count++] = k + 1;
	}
	e.at[e.count] = UINT32_MAX;
	return e;
}

static void begin(struct cut *c, const char *start)
{
	c->start = start;
	c->reached = c->columns = 0;
	c->inside = c->was_close = 0;
	c->was_edge = 1;
}

static inline struct str unquoted(const char *p, const char *end, char quote)
{
	if (end > p && *p == quote)
		return (struct str){ p + 1, (size_t)(end - p) - 2 };
	return (struct str){ p, (size_t)(end - p) };
}

// The record ends at `end`, a line end: give it its fields.
static inline void finish(struct cut *c, const char *end, struct csv_row *out)
{
	const char *last = end > c->start && end[-1] == '\r' ? end - 1 : end;
	unsigned edge = 0;

	out->start = c->start;
	out->length = (size_t)(last - c->start);
	out->columns = c->columns < CSV_MAX_COLUMNS ? c->columns + 1 : CSV_MAX_COLUMNS;
	out->state = CSV_ROW;
	for (unsigned i = 0; i < c->shape->wanted; i++) {
		unsigned k = c->shape->want[i];
		const char *from, *to;

		if (k > c->columns) {
			out->field[i] = (struct str){ 0 };
			continue;
		}
		while (c->edges.at[edge] < k)
			edge++;
		from = k == 0 ? c->start : c->edge[edge] + 1;
		if (k > 0)
			edge++;
		to = k == c->columns ? last : c->edge[edge];
		out->field[i] = unquoted(from, to, c->shape->quote);
	}
}

// Take the separators of the record that lie in this block.
static inline AVX2 void pass(struct cut *c, const char *block, uint64_t separators)
{
	unsigned n = (unsigned)__builtin_popcountll(separators);

	while (c->columns + n >= c->edges.at[c->reached]) {
		uint64_t bit = _pdep_u64(UINT64_C(1) << (c->edges.at[c->reached] - 1 - c->columns),
					 separators);

		c->edge[c->reached++] = block + _tzcnt_u64(bit);
	}
	c->columns += n;
}

struct masks {
	uint64_t separators, lines;
	uint64_t odd; // a quote where the plain cutter must decide
};

static inline AVX2 struct masks look(struct cut *c, const char *block)
{
	__m256i low = _mm256_loadu_si256((const __m256i_u *)(const void *)block);
	__m256i high = _mm256_loadu_si256((const __m256i_u *)(const void *)(block + 32));
	uint64_t separators = equal(low, high, c->shape->separator);
	uint64_t lines = equal(low, high, '\n');
	uint64_t quotes = equal(low, high, c->shape->quote), in = between(quotes) ^ c->inside;
	uint64_t ends = separators | lines | quotes, opens = quotes & in, closes = quotes & ~in;
	uint64_t behind = closes << 1 | c->was_close;
	struct masks m;

	// An opening quote stands behind an end or is the second of a pair; behind a
	// closing one stands an end, the second of a pair, or CR LF.
	m.odd = (opens & ~(ends << 1 | c->was_edge)) |
		(behind & ~(ends | (equal(low, high, '\r') & lines >> 1)));
	c->was_edge = ends >> 63;
	c->was_close = closes >> 63;
	c->inside = (uint64_t)((int64_t)in >> 63);
	m.separators = separators & ~in;
	m.lines = lines & ~in;
	return m;
}

// Blank lines and comments are for the plain cutter.
static inline bool is_plain_start(const struct cut *c, const char *p)
{
	return *p != '\n' && *p != '\r' && (c->shape->comment == '\0' || *p != c->shape->comment);
}

// Whole records from c->start on; stops at one that is for the plain cutter, where
// less than a block is left, and at `most`. Returns how many.
static AVX2 size_t run(struct cut *c, const char *end, struct csv_row *out, size_t most)
{
	size_t n = 0;

	for (const char *block = c->start; end - block >= BLOCK; block += BLOCK) {
		struct masks m = look(c, block);

		if (UNLIKELY(m.odd != 0))
			return n;
		while (m.lines != 0) {
			uint64_t up_to = _blsmsk_u64(m.lines);
			const char *line = block + _tzcnt_u64(m.lines);

			if (UNLIKELY(line - c->start > CSV_MAX_QUOTED))
				return n;
			pass(c, block, m.separators & up_to);
			finish(c, line, &out[n++]);
			c->start = line + 1;
			c->reached = c->columns = 0;
			if (n == most || line + 1 == end || !is_plain_start(c, line + 1))
				return n;
			m.separators &= ~up_to;
			m.lines = _blsr_u64(m.lines);
		}
		pass(c, block, m.separators);
	}
	return n;
}

size_t csv_cut_avx2(const struct csv_shape *shape, struct str bytes, bool last, struct csv_row *out,
		    size_t most, size_t *used)
{
	const char *p = bytes.p, *end = bytes.p + bytes.n;
	struct cut c = { .shape = shape, .edges = edges_of(shape) };
	size_t n = 0;

	if (shape->quote == '\0')
		return csv_cut(shape, bytes, last, out, most, used);
	while (n < most && p < end) {
		size_t got = 0;

		if (is_plain_start(&c, p)) {
			begin(&c, p);
			got = run(&c, end, out + n, most - n);
			n += got;
			p = c.start;
		}
		if (got == 0) {
			const char *behind = csv_one(shape, p, end, last, &out[n]);

			if (behind == NULL)
				break;
			p = behind;
			n++;
		}
	}
	*used = (size_t)(p - bytes.p);
	return n;
}
