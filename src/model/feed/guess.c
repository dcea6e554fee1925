#include "model/feed/guess.h"

#include "codec/table/csv.h"
#include "codec/table/json.h"
#include "codec/text/spot.h"
#include "model/feed/guess_column.h"

enum { ROWS = 200, GUESS_MAX_NAME = 40 };

struct sample {
	struct arena *a;
	struct csv_shape shape;
	char separator;
	unsigned columns, rows, misfits;
	struct str *name; // of a comment that names the columns; NULL: there is none
	bool header;
	struct str *cell; // rows × columns
};

static bool is_comment(struct str line)
{
	return str_starts(line, '#') || str_starts(line, ';') || str_has_prefix(line, S("//"));
}

// Lines that are neither blank nor comment, at most `most` of them.
static unsigned lines_of(struct str s, struct str *out, unsigned most)
{
	unsigned n = 0;

	while (s.n > 0 && n < most) {
		struct str line = str_trim(str_cut(&s, '\n'));

		if (line.n > 0 && !is_comment(line))
			out[n++] = line;
	}
	return n;
}

static unsigned width_by(const struct csv_shape *shape, struct str line)
{
	struct str field[GUESS_MAX_COLUMNS];
	size_t n = csv_fields(shape, line, field, GUESS_MAX_COLUMNS);

	return n <= GUESS_MAX_COLUMNS ? (unsigned)n : 0;
}

// The width that most lines have, and how many have it.
static unsigned usual_width(const struct csv_shape *shape, const struct str *line, unsigned n,
			    unsigned *same)
{
	unsigned count[GUESS_MAX_COLUMNS + 1] = { 0 }, best = 0;

	for (unsigned i = 0; i < n; i++)
		count[width_by(shape, line[i])]++;
	for (unsigned k = 1; k <= GUESS_MAX_COLUMNS; k++)
		if (count[k] > count[best] || best == 0)
			best = k;
	*same = count[best];
	return best;
}

// The separator by which two lines of three have one width, the widest of such.
static void choose_separator(struct sample *s, const struct str *line, unsigned n)
{
	static const char separators[] = { ',', ';', '\t', '|' };

	s->columns = 0;
	for (size_t i = 0; i < sizeof separators; i++) {
		struct csv_shape shape = { .separator = separators[i], .quote = '"' };
		unsigned same, width = usual_width(&shape, line, n, &same);

		if (width < 2 || same * 3 < n * 2 || width <= s->columns)
			continue;
		s->columns = width;
		s->shape = shape;
	}
}

static void cut_rows(struct sample *s, const struct str *line, unsigned n)
{
	struct str field[GUESS_MAX_COLUMNS];

	s->cell = arena_new(s->a, struct str, (size_t)n * s->columns);
	for (unsigned i = 0; i < n; i++) {
		size_t got = csv_fields(&s->shape, line[i], field, GUESS_MAX_COLUMNS);

		if (got != s->columns) {
			s->misfits++;
			continue;
		}
		for (unsigned k = 0; k < s->columns; k++)
			s->cell[s->rows * s->columns + k] = str_trim(field[k]);
		s->rows++;
	}
}

// The first row names the columns where nothing in it is of the net, and something is
// below, or where it is all words that columns are called by.
static bool has_header(const struct sample *s)
{
	unsigned typed = 0, below = 0, named = 0;

	for (unsigned k = 0; k < s->columns; k++) {
		typed += guess_kind(s->cell[k]) != GUESS_TEXT;
		named += guess_by_name(s->cell[k]) != NULL;
		if (s->rows > 1)
			below += guess_kind(s->cell[s->columns + k]) != GUESS_TEXT;
	}
	return s->rows > 1 && typed == 0 && (below > 0 || named > 0);
}

static const char *separator_word(char c)
{
	return c == '\t' ? "tab" : c == ';' ? ";" : c == '|' ? "|" : ",";
}

// What stands in most of a column's rows.
static enum guess_kind kind_of_column(const struct sample *s, unsigned column)
{
	unsigned count[GUESS_KINDS] = { 0 }, filled = 0;
	enum guess_kind best = GUESS_TEXT;

	for (unsigned i = s->header; i < s->rows; i++) {
		struct str cell = spot_whole(s->cell[i * s->columns + column], s->a);

		if (cell.n == 0)
			continue;
		filled++;
		count[guess_kind(cell)]++;
	}
	for (unsigned k = 0; k < GUESS_KINDS; k++)
		if (k != GUESS_TEXT && count[k] * 10 >= filled * 7 && count[k] > count[best])
			best = (enum guess_kind)k;
	return filled > 0 ? best : GUESS_TEXT;
}

static void columns_guessed(const struct sample *s, struct guessing *g, struct buf *out)
{
	bool account = !s->header && s->name == NULL && s->columns == 2 &&
		       kind_of_column(s, 0) == GUESS_MAIL && kind_of_column(s, 1) == GUESS_TEXT;

	for (unsigned k = 0; k < s->columns; k++) {
		struct str name = s->header          ? s->cell[k]
				  : s->name != NULL  ? s->name[k]
				  : account && k > 0 ? S("password")
						     : arena_fmt(s->a, "column%u", k + 1);

		guess_column(g, name, kind_of_column(s, k), out);
	}
}

// "ip, port, _, time.source": as a person said it.
static bool columns_named(struct str named, struct guessing *g, struct buf *out)
{
	while (named.n > 0) {
		struct str word = str_trim(str_cut(&named, ','));

		if (word.n == 0 || !guess_named(g, word, out))
			return false;
	}
	return true;
}

static bool put_table(struct sample *s, struct str named, struct buf *out)
{
	struct guessing g = { 0 };

	s->header = s->name == NULL && has_header(s);
	if (s->misfits > 0)
		buf_fmt(out, "# %u of %u lines of the sample have other than %u columns\n",
			s->misfits, s->misfits + s->rows, s->columns);
	buf_fmt(out, "[format]\nkind = delimited\nseparator = %s\nheader = %s\n",
		separator_word(s->shape.separator), s->header && named.p == NULL ? "yes" : "no");
	if (s->header && named.p != NULL)
		buf_str(out, S("skip = 1\n"));
	buf_str(out, S("comment = #\n\n[columns]\n"));
	if (named.p == NULL)
		columns_guessed(s, &g, out);
	else if (!columns_named(named, &g, out))
		return false;
	guess_match(&g, out);
	return g.selects > 0;
}

// "#ip|port|seen" above the rows: the last comment of as many columns, all of them words.
static void find_names(struct sample *s, struct str sample)
{
	struct str *field = arena_new(s->a, struct str, GUESS_MAX_COLUMNS);

	while (sample.n > 0) {
		struct str line = str_trim(str_cut(&sample, '\n'));
		unsigned typed = 0;

		if (line.n == 0)
			continue;
		if (!is_comment(line))
			return;
		while (str_starts(line, '#') || str_starts(line, ';') || str_starts(line, '/'))
			str_skip(&line, 1);
		if (csv_fields(&s->shape, line, field, GUESS_MAX_COLUMNS) != s->columns)
			continue;
		for (unsigned k = 0; k < s->columns; k++) {
			field[k] = str_trim(field[k]);
			typed += field[k].n == 0 || field[k].n > GUESS_MAX_NAME ||
				 guess_kind(field[k]) != GUESS_TEXT;
		}
		if (typed > 0)
			continue;
		s->name = arena_new(s->a, struct str, s->columns);
		memcpy(s->name, field, s->columns * sizeof *field);
	}
}

// "mail:password" in each line: the second part is never to be seen.
static bool put_accounts(const struct str *line, unsigned n, struct buf *out)
{
	unsigned count = 0;

	for (unsigned i = 0; i < n; i++) {
		struct str rest = line[i], first = str_cut(&rest, ':');

		count += rest.n > 0 && guess_kind(first) == GUESS_MAIL;
	}
	if (count * 3 < n * 2)
		return false;
	buf_str(out, S("[format]\nkind = lines\nheader = no\ncomment = #\n\n[columns]\n"
		       "line = source.account personal | before \":\"\n"
		       "line = extra.password secret | after \":\"\n\n[match]\n"
		       "source.account = mail\n"));
	return true;
}

// One thing a line: of which kind most are.
static bool put_lines(const struct str *line, unsigned n, struct buf *out)
{
	static const struct {
		const char *kind, *field, *as;
	} kinds[] = { { "address", "source.ip", "address" },
		      { "name", "source.fqdn", "name" },
		      { "url", "source.url", "url" },
		      { "mail", "source.account personal", "mail" },
		      { "asn", "source.asn", "asn" } };

	for (size_t k = 0; k < COUNTOF(kinds); k++) {
		struct str rest = str_of(kinds[k].field), field = str_cut(&rest, ' ');
		unsigned count = 0;

		for (unsigned i = 0; i < n; i++)
			count += str_eq(spot_kind(line[i]), str_of(kinds[k].kind));
		if (count * 3 < n * 2)
			continue;
		if (count < n)
			buf_fmt(out, "# %u of %u lines of the sample are something else\n",
				n - count, n);
		buf_fmt(out,
			"[format]\nkind = lines\nheader = no\ncomment = #\n\n[columns]\nline = %s\n"
			"\n[match]\n" STR_FMT " = %s\n",
			kinds[k].field, STR_ARG(field), kinds[k].as);
		return true;
	}
	return false;
}

static bool put_text(const struct str *line, unsigned n, struct arena *a, struct buf *out)
{
	bool any = false;

	for (unsigned i = 0; i < n && !any; i++) {
		struct cells c = { 0 };

		spot_cells(line[i], a, &c);
		any = c.list.count > 0;
	}
	buf_str(out, S("[format]\nkind = text\nheader = no\n\n[columns]\naddress = source.ip\n"
		       "name = source.fqdn\nurl = source.url\nmail = source.account personal\n"
		       "asn = source.asn\n\n[match]\nsource.ip = address\nsource.fqdn = name\n"
		       "source.url = url\nsource.account = mail\nsource.asn = asn\n"));
	return any;
}

// JSON, a record a line or in an array: its keys as columns.
static bool put_json(struct str first, bool lines, struct arena *a, struct buf *out)
{
	struct guessing g = { 0 };
	struct cells cells = { 0 };

	if (!guess_json(first, a, &cells))
		return false;
	buf_fmt(out, "[format]\nkind = %s\n%s\n[columns]\n", lines ? "json-lines" : "json",
		lines ? "" : "# records = PATH.OF.THE.ARRAY, if they do not stand at the top\n");
	for (size_t i = 0; i < cells.list.count; i++)
		if (!guess_is_done(&g, cells.list.at[i].name))
			guess_column(&g, cells.list.at[i].name, guess_kind(cells.list.at[i].text),
				     out);
	guess_match(&g, out);
	return g.selects > 0;
}

bool guess_feed(struct str sample, struct str named, struct arena *a, struct buf *out)
{
	struct str line[ROWS];
	struct sample s = { .a = a };
	unsigned n;

	sample = str_first(sample, GUESS_SAMPLE);
	n = lines_of(sample, line, ROWS);
	if (n == 0)
		return false;
	if (str_starts(line[0], '{') || str_starts(line[0], '['))
		return put_json(sample, str_starts(line[0], '{') && n > 1 && guess_is_json(line[0]),
				a, out);
	if (put_accounts(line, n, out))
		return true;
	choose_separator(&s, line, n);
	if (s.columns > 0) {
		cut_rows(&s, line, n);
		find_names(&s, sample);
		if (s.rows > 0 && put_table(&s, named, out))
			return true;
		out->n = 0;
	}
	return put_lines(line, n, out) || put_text(line, n, a, out);
}
