#include "codec/table/csv.h"

#include <assert.h>

enum { MOST = 512, FIELDS = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static bool same(struct str a, struct str b)
{
	return a.p == b.p && a.n == b.n;
}

// Two rows of the same bytes, however they were cut.
static void check_same(const struct csv_shape *shape, const struct csv_row *a,
		       const struct csv_row *b)
{
	assert(a->start == b->start && a->length == b->length);
	assert(a->state == b->state && a->columns == b->columns);
	for (unsigned i = 0; i < shape->wanted && a->state == CSV_ROW; i++)
		assert(same(a->field[i], b->field[i]));
}

static void check_row(const struct csv_shape *shape, const struct csv_row *row)
{
	static struct str field[FIELDS];
	struct str record = { row->start, row->length };
	size_t n;

	if (row->state != CSV_ROW) {
		assert(row->columns == 0);
		return;
	}
	n = csv_fields(shape, record, field, FIELDS);
	assert(n == row->columns);
	for (unsigned i = 0; i < shape->wanted; i++) {
		struct str f = row->field[i];

		assert((f.p != NULL) == (shape->want[i] < n));
		assert(f.p == NULL || (f.p >= record.p && f.p + f.n <= record.p + record.n));
		assert(shape->want[i] >= n || shape->want[i] >= FIELDS ||
		       same(f, field[shape->want[i]]));
	}
}

// Bytes that end too soon give the first of the rows, and ask for more.
static void check_part(const struct csv_shape *shape, csv_cutter cut, struct str part,
		       const struct csv_row *whole, size_t n)
{
	static struct csv_row row[MOST];
	size_t used, got = cut(shape, part, false, row, MOST, &used);

	assert(got <= n && used <= part.n);
	for (size_t i = 0; i < got; i++)
		check_same(shape, &row[i], &whole[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const csv_cutter cutters[] = { csv_cut, csv_cut_avx2 };
	static struct csv_row a[MOST], b[MOST];
	struct csv_shape shape = {
		.separator = ',', .quote = '"', .wanted = 3, .want = { 0, 2, 3 }
	};
	size_t used_a, used_b, rows, cut_at;
	struct str s;

	if (n < 3)
		return 0;
	shape.comment = p[0] & 1 ? '#' : '\0';
	shape.quote = p[0] & 2 ? '"' : '\0';
	shape.separator = p[0] & 4 ? '\t' : ',';
	s = (struct str){ (const char *)p + 3, n - 3 };
	cut_at = (p[1] | (size_t)p[2] << 8) % (s.n + 1);
	rows = csv_cut(&shape, s, true, a, MOST, &used_a);
	assert(rows == MOST || used_a == s.n);
	assert(csv_cut_avx2(&shape, s, true, b, MOST, &used_b) == rows && used_a == used_b);
	for (size_t i = 0; i < rows; i++) {
		check_same(&shape, &a[i], &b[i]);
		check_row(&shape, &a[i]);
	}
	for (size_t i = 0; i < COUNTOF(cutters); i++)
		check_part(&shape, cutters[i], str_first(s, cut_at), a, rows);
	return 0;
}
