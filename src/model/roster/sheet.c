#include "model/roster/sheet.h"

#include "base/utf8.h"
#include "codec/table/csv_sheet.h"

struct sheet {
	struct build *b;
	struct csv_sheet rows;
	unsigned columns;
	struct str name[ROSTER_MAX_COLUMNS];
	const struct field *field[RECORD_COUNT][ROSTER_MAX_COLUMNS]; // NULL: not of this record
	int record_at, member_at;                                    // columns, or -1
	enum record only; // without a column "record": all rows are of this
};

static bool row_fits(struct sheet *s, struct str row)
{
	const char *why = row.n > ROSTER_MAX_LINE ? "over 65536 bytes"
			  : str_has(row, '\0')    ? "a NUL byte"
			  : !utf8_is(row)         ? "not UTF-8: save the sheet as \"CSV UTF-8\""
						  : NULL;

	if (why != NULL)
		remark_add(s->b->remarks, REMARK_REFUSED, s->rows.line, "%s", why);
	return why == NULL;
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
		remark_add(s->b->remarks, REMARK_REFUSED, s->rows.line,
			   "two columns are called \"" STR_FMT "\"",
			   STR_ARG(str_first(s->name[i], 40)));
		return false;
	}
	return known || s->record_at == (int)i;
}

static bool read_head(struct sheet *s, struct str row)
{
	struct str raw[ROSTER_MAX_COLUMNS];
	size_t n = csv_sheet_cells(&s->rows, row, s->b->a, raw, COUNTOF(raw));
	bool good = n <= COUNTOF(raw);

	if (!good)
		remark_add(s->b->remarks, REMARK_REFUSED, s->rows.line, "over %d columns",
			   ROSTER_MAX_COLUMNS);
	s->record_at = s->member_at = -1;
	s->columns = (unsigned)(good ? n : 0);
	for (unsigned i = 0; i < s->columns; i++) {
		const char *near;

		s->name[i] = str_trim(raw[i]);
		if (s->name[i].n == 0 || know_column(s, i))
			continue;
		near = field_nearest(s->name[i]);
		remark_add(s->b->remarks, REMARK_REFUSED, s->rows.line,
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
	remark_add(s->b->remarks, REMARK_REFUSED, s->rows.line,
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

		remark_add(s->b->remarks, REMARK_REFUSED, s->rows.line,
			   "%s " STR_FMT " has no \"" STR_FMT "\": leave it empty",
			   word.p[0] == 'a' ? "an" : "a", STR_ARG(word), STR_ARG(s->name[i]));
		s->b->bad = true;
	}
}

static void read_row(struct sheet *s, struct str row)
{
	struct str raw[ROSTER_MAX_COLUMNS];
	size_t n = csv_sheet_cells(&s->rows, row, s->b->a, raw, COUNTOF(raw));
	enum record record;

	if (n > s->columns) {
		remark_add(s->b->remarks, REMARK_REFUSED, s->rows.line,
			   "%zu columns, the first line has %u", n, s->columns);
		return;
	}
	if (!record_of(s, raw, n, &record))
		return;
	build_begin(s->b, record, s->rows.line);
	for (unsigned i = 0; i < n; i++)
		set_cell(s, i, raw[i]);
	build_end(s->b);
}

// The columns of a bare sheet are known before its first line.
static const struct {
	struct str text;
	size_t n;
} bare_head = { { "member\tkind\tvalue", 17 }, 3 };

static void read_rows(struct sheet *s, bool headed)
{
	struct str row;
	bool closed;

	while (csv_sheet_next(&s->rows, &row, &closed)) {
		if (!closed)
			remark_add(s->b->remarks, REMARK_REFUSED, s->rows.line,
				   "a quote is opened and never closed");
		if (!closed || !row_fits(s, row))
			continue;
		if (headed)
			read_row(s, row);
		else if (!read_head(s, row))
			return;
		else
			settle_record(s);
		headed = true;
	}
}

void sheet_read(struct build *b, struct str bytes, bool bare)
{
	struct sheet s = { .b = b };

	csv_sheet_begin(&s.rows, bytes, bare);
	if (bare) {
		bool known = read_head(&s, bare_head.text);

		settle_record(&s);
		b->file->makes_members = known;
	}
	read_rows(&s, bare);
}
