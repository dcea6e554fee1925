#include "codec/table/csv_sheet.h"

static char separator_of(struct str bytes)
{
	static const char choice[] = { ',', ';', '\t' };
	struct str first = str_cut(&bytes, '\n');
	size_t most = 0;
	char best = ',';

	for (size_t k = 0; k < COUNTOF(choice); k++) {
		size_t n = 0;

		for (size_t i = 0; i < first.n; i++)
			n += first.p[i] == choice[k];
		if (n <= most)
			continue;
		most = n;
		best = choice[k];
	}
	return best;
}

void csv_sheet_begin(struct csv_sheet *s, struct str bytes, bool bare)
{
	*s = (struct csv_sheet){
		.shape = { .separator = bare ? '\t' : separator_of(bytes),
			   .quote = bare ? '\0' : '"',
			   .comment = '#' },
		.rest = bytes,
		.line = 1,
	};
}

static unsigned lines_in(struct str s)
{
	unsigned n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

static bool blank(const struct csv_sheet *s, struct str row)
{
	for (size_t i = 0; i < row.n; i++)
		if (row.p[i] != s->shape.separator && row.p[i] != ' ' && row.p[i] != '\r')
			return false;
	return true; // what a spreadsheet writes below its last row
}

bool csv_sheet_next(struct csv_sheet *s, struct str *row, bool *closed)
{
	while (s->rest.n > 0) {
		struct csv_row cut = { 0 };
		size_t used = 0;

		s->line += s->lines;
		s->lines = 0;
		if (csv_cut(&s->shape, s->rest, true, &cut, 1, &used) == 0 || used == 0)
			return false;
		s->lines = lines_in(str_first(s->rest, used));
		str_skip(&s->rest, used);
		*row = (struct str){ cut.start, cut.length };
		*closed = cut.state != CSV_UNCLOSED;
		if (!*closed || (cut.state == CSV_ROW && !blank(s, *row)))
			return true;
	}
	return false;
}

static struct str cell(const struct csv_sheet *s, struct str raw, struct arena *a)
{
	char *out;

	if (s->shape.quote == '\0' || !str_has(raw, s->shape.quote))
		return raw;
	out = arena_new(a, char, raw.n);
	return (struct str){ out, csv_undouble(raw, s->shape.quote, out) };
}

size_t csv_sheet_cells(const struct csv_sheet *s, struct str row, struct arena *a, struct str *out,
		       size_t most)
{
	size_t n = csv_fields(&s->shape, row, out, most);

	for (size_t i = 0; i < n && i < most; i++)
		out[i] = cell(s, out[i], a);
	return n;
}
