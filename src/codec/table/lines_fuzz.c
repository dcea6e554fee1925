#include "codec/table/lines.h"

#include <assert.h>

enum { MOST = 512 };

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void check_row(const struct csv_row *row, const char *from, char comment)
{
	struct str f = row->field[0];

	assert(row->start == from && row->columns == 1);
	assert(memchr(from, '\n', row->length) == NULL);
	assert(f.p >= from && f.p + f.n <= from + row->length);
	assert((row->state == CSV_ROW) == (f.n > 0));
	assert(f.n == 0 || (f.p[0] != ' ' && f.p[f.n - 1] != ' ' && f.p[f.n - 1] != '\r'));
	assert(comment == '\0' || (!str_has(f, comment) && !str_has(f, ';')));
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct csv_row row[MOST], part[MOST];
	struct csv_shape shape = { .wanted = 1 };
	size_t used, rows, got, cut_at;
	const char *from;
	struct str s;

	if (n < 3)
		return 0;
	shape.comment = p[0] & 1 ? '#' : '\0';
	s = (struct str){ (const char *)p + 3, n - 3 };
	cut_at = (p[1] | (size_t)p[2] << 8) % (s.n + 1);
	rows = lines_cut(&shape, s, true, row, MOST, &used);
	assert(rows == MOST || used == s.n);
	from = s.p;
	for (size_t i = 0; i < rows; i++) {
		check_row(&row[i], from, shape.comment);
		from += row[i].length + 1;
	}
	got = lines_cut(&shape, str_first(s, cut_at), false, part, MOST, &used);
	assert(got <= rows && used <= cut_at);
	for (size_t i = 0; i < got; i++)
		assert(part[i].start == row[i].start && part[i].length == row[i].length &&
		       str_eq(part[i].field[0], row[i].field[0]));
	return 0;
}
