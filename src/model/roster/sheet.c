#include "model/roster/sheet.h"

#include "base/utf8.h"
#include "codec/table/csv.h"

struct sheet {
	struct build *b;
	struct csv_shape shape;
	unsigned line; // of the row being read
	unsigned columns;
	struct str name[ROSTER_MAX_COLUMNS];
	const struct field *field[RECORD_COUNT][ROSTER_MAX_COLUMNS]; // NULL: not of this record
	int record_at, member_at;                                    // columns, or -1
	enum record only; // without a column "record": all rows are of this
};

static unsigned lines_in(struct str s)
{
	unsigned n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

static bool row_fits(struct sheet *s, struct str row)
{
	const char *why = row.n > ROSTER_MAX_LINE ? "over 65536 bytes"
			  : str_has(row, '\0')    ? "a NUL byte"
			  : !utf8_is(row)         ? "not UTF-8: save the sheet as \"CSV UTF-8\""
						  : NULL;

	if (why != NULL)
		remark_add(s->b->remarks, REMARK_REFUSED, s->line, "%s", why);
	return why == NULL;
}

// The separator is the one of "," ";" and tab that the first line has most of.
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

static struct str cell(struct sheet *s, struct str raw)
{
	char *out;

	if (s->shape.quote == '\0' || !str_has(raw, s->shape.quote))
		return raw;
	out = arena_new(s->b->a, char, raw.n);
	return (struct str){ out, csv_undouble(raw, s->shape.quote, out) };
}

static bool know_column(struct sheet *s, unsigned i)
{
	bool known = false;

	if (str_eq(s->name[i], S("record")) || str_eq(s->name[i], S("member")))
		*(s->name[i].p[0] == 'r' ? &s->record_at : &s->member_at) = (int)i;
	for (unsigned r = 0; r < RECORD_COUNT; r++) {
		s->field[r][i] = field_find((enum record)r, s->name[i]);
		known = known || s->field[r][i] != NULL;
	}
	for (unsigned k = 0; k < i; k++) {
		if (!str_eq(s->name[k], s->name[i]))
			continue;
		remark_add(s->b->remarks, REMARK_REFUSED, s->line,
			   "two columns are called \"" STR_FMT "\"",
			   STR_ARG(str_first(s->name[i], 40)));
		return false;
	}
	return known || s->record_at == (int)i;
}

static bool read_head(struct sheet *s, struct str row)
{
	struct str raw[ROSTER_MAX_COLUMNS];
	size_t n = csv_fields(&s->shape, row, raw, COUNTOF(raw));
	bool good = n <= COUNTOF(raw);

	if (!good)
		remark_add(s->b->remarks, REMARK_REFUSED, s->line, "over %d columns",
			   ROSTER_MAX_COLUMNS);
	s->record_at = s->member_at = -1;
	s->columns = (unsigned)(good ? n : 0);
	for (unsigned i = 0; i < s->columns; i++) {
		const char *near;

		s->name[i] = str_trim(cell(s, raw[i]));
		if (s->name[i].n == 0 || know_column(s, i))
			continue;
		near = field_nearest(s->name[i]);
		remark_add(s->b->remarks, REMARK_REFUSED, s->line,
			   "unknown column \"" STR_FMT "\"%s%s%s",
			   STR_ARG(str_first(s->name[i], 40)),
			   near != NULL ? ": did you mean \"" : "", near != NULL ? near : "",
			   near != NULL ? "\"?" : "");
		good = false;
	}
	return good;
}

static bool has_column(const struct sheet *s, const char *name)
{
	for (unsigned i = 0; i < s->columns; i++)
		if (str_eq(s->name[i], str_of(name)))
			return true;
	return false;
}

// Without a column "record" a sheet is all members, all contacts or all assets.
static void settle_record(struct sheet *s)
{
	s->only = has_column(s, "value") ? RECORD_ASSET
		  : has_column(s, "role") || has_column(s, "mail") || has_column(s, "phone")
			  ? RECORD_CONTACT
			  : RECORD_MEMBER;
	if (s->record_at < 0)
		s->b->file->holds[s->only] = true;
}

static bool record_of(struct sheet *s, const struct str *raw, size_t n, enum record *out)
{
	struct str word;

	*out = s->only;
	if (s->record_at < 0)
		return true;
	word = (size_t)s->record_at < n ? str_trim(raw[s->record_at]) : (struct str){ 0 };
	if (record_read(word, out))
		return true;
	remark_add(s->b->remarks, REMARK_REFUSED, s->line,
		   "\"" STR_FMT "\" is no record: member, contact or asset",
		   STR_ARG(str_first(word, 40)));
	return false;
}

static void set_cell(struct sheet *s, unsigned i, struct str value)
{
	const struct field *f = s->field[s->b->record][i];

	if ((int)i == s->record_at || s->name[i].n == 0)
		return;
	// "name" is a contact's; of a member it is another word for "names", and empty
	// beside that.
	if (f != NULL && !str_eq(str_of(f->name), s->name[i]) && str_trim(value).n == 0)
		return;
	if (f != NULL || (int)i == s->member_at)
		build_set(s->b, f, s->name[i], value);
	else if (str_trim(value).n > 0) {
		struct str word = record_word(s->b->record);

		remark_add(s->b->remarks, REMARK_REFUSED, s->line,
			   "%s " STR_FMT " has no \"" STR_FMT "\": leave it empty",
			   word.p[0] == 'a' ? "an" : "a", STR_ARG(word), STR_ARG(s->name[i]));
		s->b->bad = true;
	}
}

static void read_row(struct sheet *s, struct str row)
{
	struct str raw[ROSTER_MAX_COLUMNS];
	size_t n = csv_fields(&s->shape, row, raw, COUNTOF(raw));
	enum record record;

	if (n > s->columns) {
		remark_add(s->b->remarks, REMARK_REFUSED, s->line,
			   "%zu columns, the first line has %u", n, s->columns);
		return;
	}
	if (!record_of(s, raw, n, &record))
		return;
	build_begin(s->b, record, s->line);
	for (unsigned i = 0; i < n; i++)
		set_cell(s, i, cell(s, raw[i]));
	build_end(s->b);
}

// The columns of a bare sheet are known before its first line.
static const struct {
	struct str text;
	size_t n;
} bare_head = { { "member\tkind\tvalue", 17 }, 3 };

static bool blank(struct sheet *s, struct str row)
{
	for (size_t i = 0; i < row.n; i++)
		if (row.p[i] != s->shape.separator && row.p[i] != ' ' && row.p[i] != '\r')
			return false;
	return true; // what a spreadsheet writes below its last row
}

static void read_rows(struct sheet *s, struct str bytes, bool headed)
{
	while (bytes.n > 0) {
		struct csv_row row = { 0 };
		struct str text;
		size_t used = 0;

		if (csv_cut(&s->shape, bytes, true, &row, 1, &used) == 0 || used == 0)
			return;
		text = (struct str){ row.start, row.length };
		if (row.state == CSV_UNCLOSED)
			remark_add(s->b->remarks, REMARK_REFUSED, s->line,
				   "a quote is opened and never closed");
		if (row.state == CSV_ROW && !blank(s, text) && row_fits(s, text)) {
			if (headed)
				read_row(s, text);
			else if (!read_head(s, text))
				return;
			else
				settle_record(s);
			headed = true;
		}
		s->line += lines_in(str_first(bytes, used));
		str_skip(&bytes, used);
	}
}

void sheet_read(struct build *b, struct str bytes, bool bare)
{
	struct sheet s = {
		.b = b,
		.line = 1,
		.shape = { .separator = bare ? '\t' : separator_of(bytes),
			   .quote = bare ? '\0' : '"',
			   .comment = '#' },
	};

	if (bare) {
		bool known = read_head(&s, bare_head.text);

		settle_record(&s);
		b->file->makes_members = known;
	}
	read_rows(&s, bytes, bare);
}
