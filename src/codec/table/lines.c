#include "codec/table/lines.h"

static inline bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static inline struct str value_of(struct str line, char comment)
{
	if (comment != '\0')
		for (size_t i = 0; i < line.n; i++)
			if (line.p[i] == comment || line.p[i] == ';') {
				line.n = i;
				break;
			}
	while (line.n > 0 && is_blank(line.p[line.n - 1]))
		line.n--;
	while (line.n > 0 && is_blank(line.p[0]))
		str_skip(&line, 1);
	return line;
}

size_t lines_cut(const struct csv_shape *shape, struct str bytes, bool last, struct csv_row *out,
		 size_t most, size_t *used)
{
	const char *p = bytes.p, *end = bytes.p + bytes.n;
	size_t n = 0;

	while (n < most && p < end) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		struct csv_row *row = &out[n];

		if (stop == NULL && !last)
			break;
		if (stop == NULL)
			stop = end;
		row->start = p;
		row->length = (size_t)(stop - p);
		row->field[0] = value_of((struct str){ p, row->length }, shape->comment);
		row->columns = 1;
		row->state = row->field[0].n > 0 ? CSV_ROW : CSV_BLANK;
		n++;
		p = stop < end ? stop + 1 : end;
	}
	*used = (size_t)(p - bytes.p);
	return n;
}
