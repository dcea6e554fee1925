#include "codec/table/csv.h"

#include "codec/table/csv_one.h"

// From behind an opening quote: the place of its closing one, NULL where there is
// none within bounds. *more: the bytes ended before that was known.
static const char *closing_quote(const char *p, const char *end, char quote, bool last, bool *more)
{
	const char *bound = end - p > CSV_MAX_QUOTED ? p + CSV_MAX_QUOTED : end;

	while (p < bound) {
		p = memchr(p, quote, (size_t)(bound - p));
		if (p == NULL || (p + 1 == end && !last))
			break;
		if (p + 1 == end || p[1] != quote)
			return p;
		p += 2;
	}
	*more = bound == end && !last;
	return NULL;
}

static const char *plain_end(const char *p, const char *end, char separator)
{
	while (p < end && *p != separator && *p != '\n')
		p++;
	return p;
}

// The field at *p, which is left at what ended it. False: its quote is not closed.
static bool take_field(const struct csv_shape *shape, const char **p, const char *end, bool last,
		       struct str *out, bool *more)
{
	const char *start = *p, *close, *stop;

	*more = false;
	if (shape->quote == '\0' || start == end || *start != shape->quote) {
		stop = *p = plain_end(start, end, shape->separator);
		if ((stop == end || *stop == '\n') && stop > start && stop[-1] == '\r')
			stop--;
		*out = (struct str){ start, (size_t)(stop - start) };
		return true;
	}
	close = closing_quote(start + 1, end, shape->quote, last, more);
	if (close == NULL)
		return false;
	stop = *p = plain_end(close + 1, end, shape->separator);
	if ((stop == end || *stop == '\n') && stop > close + 1 && stop[-1] == '\r')
		stop--;
	if (stop == close + 1)
		*out = (struct str){ start + 1, (size_t)(close - start) - 1 };
	else // text behind a closing quote: all of it is what was meant
		*out = (struct str){ start, (size_t)(stop - start) };
	return true;
}

static void keep(const struct csv_shape *shape, struct csv_row *row, unsigned *next,
		 struct str field)
{
	if (*next < shape->wanted && shape->want[*next] == row->columns)
		row->field[(*next)++] = field;
	if (row->columns < CSV_MAX_COLUMNS)
		row->columns++;
}

// The line at p as a record without columns; NULL: its end is not there yet.
static const char *whole_line(const char *p, const char *end, bool last, enum csv_state state,
			      struct csv_row *out)
{
	const char *stop = memchr(p, '\n', (size_t)(end - p)), *behind;

	if (stop == NULL && !last)
		return NULL;
	behind = stop != NULL ? stop + 1 : end;
	if (stop == NULL)
		stop = end;
	if (stop > p && stop[-1] == '\r')
		stop--;
	*out = (struct csv_row){ .start = p, .length = (size_t)(stop - p), .state = state };
	return behind;
}

static bool is_blank(const char *p, const char *end)
{
	return *p == '\n' || (*p == '\r' && (p + 1 == end || p[1] == '\n'));
}

static const char *end_row(const char *start, const char *p, const char *end, struct csv_row *row)
{
	row->length = (size_t)(p - start);
	if (row->length > 0 && p[-1] == '\r')
		row->length--;
	return p < end ? p + 1 : end;
}

const char *csv_one(const struct csv_shape *shape, const char *start, const char *end, bool last,
		    struct csv_row *out)
{
	struct csv_row row = { .start = start };
	const char *p = start;
	unsigned next = 0;
	bool more = false;

	if (is_blank(p, end))
		return whole_line(p, end, last, CSV_BLANK, out);
	if (shape->comment != '\0' && *p == shape->comment)
		return whole_line(p, end, last, CSV_COMMENT, out);
	for (;; p++) {
		struct str field;

		if (!take_field(shape, &p, end, last, &field, &more))
			return more ? NULL : whole_line(start, end, last, CSV_UNCLOSED, out);
		if (p == end && !last)
			return NULL;
		keep(shape, &row, &next, field);
		if (p == end || *p == '\n')
			break;
	}
	*out = row;
	return end_row(start, p, end, out);
}

size_t csv_cut(const struct csv_shape *shape, struct str bytes, bool last, struct csv_row *out,
	       size_t most, size_t *used)
{
	const char *p = bytes.p, *end = bytes.p + bytes.n;
	size_t n = 0;

	while (n < most && p < end) {
		const char *behind = csv_one(shape, p, end, last, &out[n]);

		if (behind == NULL)
			break;
		p = behind;
		n++;
	}
	*used = (size_t)(p - bytes.p);
	return n;
}

size_t csv_fields(const struct csv_shape *shape, struct str record, struct str *out, size_t most)
{
	const char *p = record.p, *end = record.p + record.n;
	size_t n = 0;

	for (;; p++) {
		const char *start = p;
		struct str field;
		bool more;

		if (!take_field(shape, &p, end, true, &field, &more))
			return n;
		if (p == end && p > start &&
		    p[-1] == '\r') // the line end is gone: this one is text
			field = (struct str){ start, (size_t)(end - start) };
		if (n < most)
			out[n] = field;
		n++;
		if (p == end || *p == '\n')
			return n;
	}
}

size_t csv_undouble(struct str s, char quote, char *out)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		out[n++] = s.p[i];
		if (quote != '\0' && s.p[i] == quote && i + 1 < s.n && s.p[i + 1] == quote)
			i++;
	}
	return n;
}
