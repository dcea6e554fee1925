#include "codec/table/lines.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static inline bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static inline struct str trim(struct str value)
{
	while (value.n > 0 && is_blank(value.p[value.n - 1]))
		value.n--;
	while (value.n > 0 && is_blank(value.p[0]))
		str_skip(&value, 1);
	return value;
}

// Where the value of a line ends, which is at its comment or at its end. NULL: within
// the bytes there is neither.
static inline const char *value_end(const char *p, const char *end, char comment)
{
#ifdef __SSE2__
	const __m128i line = _mm_set1_epi8('\n'), first = _mm_set1_epi8(comment),
		      second = _mm_set1_epi8(';');

	for (; end - p >= 16; p += 16) {
		__m128i v = _mm_loadu_si128((const __m128i_u *)(const void *)p);
		__m128i is = _mm_or_si128(
			_mm_cmpeq_epi8(v, line),
			_mm_or_si128(_mm_cmpeq_epi8(v, first), _mm_cmpeq_epi8(v, second)));
		unsigned found = (unsigned)_mm_movemask_epi8(is);

		if (found != 0)
			return p + __builtin_ctz(found);
	}
#endif
	for (; p < end; p++)
		if (*p == '\n' || *p == comment || *p == ';')
			return p;
	return NULL;
}

size_t lines_cut(const struct csv_shape *shape, struct str bytes, bool last, struct csv_row *out,
		 size_t most, size_t *used)
{
	const char *p = bytes.p, *end = bytes.p + bytes.n;
	size_t n = 0;

	while (n < most && p < end) {
		const char *stop, *value = NULL;
		struct csv_row *row = &out[n];

		if (shape->comment != '\0')
			value = value_end(p, end, shape->comment);
		stop = value != NULL && *value == '\n' ? value : memchr(p, '\n', (size_t)(end - p));

		if (stop == NULL && !last)
			break;
		if (stop == NULL)
			stop = end;
		row->start = p;
		row->length = (size_t)(stop - p);
		if (value == NULL)
			value = stop;
		row->field[0] = trim((struct str){ p, (size_t)(value - p) });
		row->columns = 1;
		row->state = row->field[0].n > 0 ? CSV_ROW : CSV_BLANK;
		n++;
		p = stop < end ? stop + 1 : end;
	}
	*used = (size_t)(p - bytes.p);
	return n;
}
