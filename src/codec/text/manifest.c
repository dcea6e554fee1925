#include "codec/text/manifest.h"

#include "base/time.h"

#define FIRST "waker backup 1"

bool manifest_path_good(struct str path)
{
	struct str rest = path;

	if (path.n == 0 || path.n > MANIFEST_PATH || str_has(path, '\0') ||
	    str_has_suffix(path, S("/")))
		return false;
	while (rest.n > 0) {
		struct str step = str_cut(&rest, '/');

		if (step.n == 0 || str_eq(step, S(".")) || str_eq(step, S("..")))
			return false;
	}
	return true;
}

const struct manifest_file *manifest_find(const struct manifest *m, struct str path)
{
	size_t low = 0, high = m->files.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_order(m->files.at[middle].path, path);

		if (order == 0)
			return &m->files.at[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

// ---- writing

static void put_path(struct buf *b, struct str path)
{
	for (size_t i = 0; i < path.n; i++) {
		unsigned char c = (unsigned char)path.p[i];

		if (c < 0x20 || c == 0x7f || c == '\\')
			buf_fmt(b, "\\x%02x", c);
		else
			buf_char(b, path.p[i]);
	}
	buf_char(b, '\n');
}

void manifest_write(const struct manifest *m, struct buf *b)
{
	char made[TIME_TEXT];

	time_write(m->made, made);
	buf_fmt(b, FIRST "\nmade %s\nversion " STR_FMT "\nschema %lld\nstore %s\nplace ", made,
		STR_ARG(m->version), (long long)m->schema, m->server ? "server" : "file");
	put_path(b, m->place);
	LIST_EACH (const struct manifest_rows, r, &m->rows)
		buf_fmt(b, "rows " STR_FMT " %lld\n", STR_ARG(r->table), (long long)r->count);
	LIST_EACH (const struct str, l, &m->lacks) {
		buf_str(b, S("lacks "));
		put_path(b, *l);
	}
	LIST_EACH (const struct str, f, &m->folders) {
		buf_str(b, S("folder "));
		put_path(b, *f);
	}
	LIST_EACH (const struct manifest_file, f, &m->files) {
		buf_str(b, S("file "));
		buf_hex(b, f->sum, MANIFEST_SUM);
		buf_fmt(b, " %llu %lld ", (unsigned long long)f->bytes, (long long)f->changed);
		put_path(b, f->path);
	}
}

void manifest_end(const unsigned char sum[MANIFEST_SUM], struct buf *b)
{
	buf_str(b, S("end "));
	buf_hex(b, sum, MANIFEST_SUM);
	buf_char(b, '\n');
}

// ---- reading

struct reading {
	struct str rest;
	unsigned line;
	struct arena *a;
	struct manifest *m;
	bool ended;
};

static int nibble(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_sum(struct str s, unsigned char out[MANIFEST_SUM])
{
	if (s.n != 2 * MANIFEST_SUM)
		return false;
	for (size_t i = 0; i < MANIFEST_SUM; i++) {
		int high = nibble(s.p[2 * i]), low = nibble(s.p[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		out[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

// Undoes the escapes; most paths have none, and stay where they stand.
static bool read_text(struct reading *r, struct str s, struct str *out)
{
	char *text;
	size_t n = 0;

	*out = s;
	if (!str_has(s, '\\'))
		return true;
	text = arena_new(r->a, char, s.n);
	for (size_t i = 0; i < s.n; i++) {
		int high, low;

		text[n++] = s.p[i];
		if (s.p[i] != '\\')
			continue;
		if (s.n - i < 4 || s.p[i + 1] != 'x')
			return false;
		high = nibble(s.p[i + 2]);
		low = nibble(s.p[i + 3]);
		if (high < 0 || low < 0)
			return false;
		text[n - 1] = (char)(high << 4 | low);
		i += 3;
	}
	*out = (struct str){ text, n };
	return true;
}

static bool read_path(struct reading *r, struct str s, struct str *out)
{
	return read_text(r, s, out) && manifest_path_good(*out);
}

static bool read_number(struct str s, int64_t *out)
{
	bool minus = str_starts(s, '-');
	uint64_t n;

	if (minus)
		str_skip(&s, 1);
	if (!str_to_uint(s, INT64_MAX, &n))
		return false;
	*out = minus ? -(int64_t)n : (int64_t)n;
	return true;
}

static bool read_made(struct reading *r, struct str s)
{
	return time_read(s, &r->m->made);
}

// One that is written as it stands.
static bool is_word(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~')
			return false;
	return s.n > 0 && s.n <= MANIFEST_NAME;
}

static bool read_version(struct reading *r, struct str s)
{
	r->m->version = s;
	return is_word(s);
}

static bool read_schema(struct reading *r, struct str s)
{
	return read_number(s, &r->m->schema) && r->m->schema >= 0;
}

static bool read_store(struct reading *r, struct str s)
{
	r->m->server = str_eq(s, S("server"));
	return r->m->server || str_eq(s, S("file"));
}

static bool read_place(struct reading *r, struct str s)
{
	return read_text(r, s, &r->m->place) && r->m->place.n > 0;
}

static bool read_rows(struct reading *r, struct str s)
{
	struct manifest_rows rows = { .table = str_cut(&s, ' ') };

	if (!is_word(rows.table) || !read_number(s, &rows.count))
		return false;
	*list_add(&r->m->rows, r->a) = rows;
	return true;
}

static bool read_lacks(struct reading *r, struct str s)
{
	struct str path;

	if (!read_path(r, s, &path))
		return false;
	*list_add(&r->m->lacks, r->a) = path;
	return true;
}

static bool read_folder(struct reading *r, struct str s)
{
	struct str path;

	if (!read_path(r, s, &path))
		return false;
	*list_add(&r->m->folders, r->a) = path;
	return true;
}

static bool read_file(struct reading *r, struct str s)
{
	struct manifest *m = r->m;
	struct manifest_file f;

	if (!read_sum(str_cut(&s, ' '), f.sum) ||
	    !str_to_uint(str_cut(&s, ' '), INT64_MAX, &f.bytes) ||
	    !read_number(str_cut(&s, ' '), &f.changed) || !read_path(r, s, &f.path))
		return false;
	if (m->files.count > 0 && str_order(m->files.at[m->files.count - 1].path, f.path) >= 0)
		return false;
	*list_add(&m->files, r->a) = f;
	return true;
}

static bool read_end(struct reading *r, struct str s)
{
	r->ended = true;
	return read_sum(s, r->m->sum) && r->rest.n == 0;
}

static const struct line_kind {
	const char *word;
	bool many; // else it stands there once, in the order of this table
	bool (*read)(struct reading *r, struct str s);
} kinds[] = {
	{ "made", false, read_made },     { "version", false, read_version },
	{ "schema", false, read_schema }, { "store", false, read_store },
	{ "place", false, read_place },   { "rows", true, read_rows },
	{ "lacks", true, read_lacks },    { "folder", true, read_folder },
	{ "file", true, read_file },      { "end", false, read_end },
};

// A line is whole where its end stands there too.
static bool next_line(struct reading *r, struct str *out)
{
	if (!str_has(r->rest, '\n'))
		return false;
	r->line++;
	*out = str_cut(&r->rest, '\n');
	return true;
}

static bool is_kind(const struct line_kind *k, struct str line)
{
	return str_eq(str_cut(&line, ' '), str_of(k->word));
}

static bool read_line(struct reading *r, size_t *at, struct str line)
{
	size_t i = *at;

	while (i < COUNTOF(kinds) && kinds[i].many && !is_kind(&kinds[i], line))
		i++;
	if (i == COUNTOF(kinds) || !is_kind(&kinds[i], line))
		return false;
	*at = kinds[i].many ? i : i + 1;
	str_cut(&line, ' ');
	return kinds[i].read(r, line);
}

bool manifest_read(struct str bytes, struct arena *a, struct manifest *out, struct err *e)
{
	struct manifest m = { 0 };
	struct reading r = { .rest = bytes, .a = a, .m = &m };
	struct str line;
	size_t at = 0;

	if (!next_line(&r, &line) || !str_eq(line, S(FIRST)))
		return err_set(e, ERR_INPUT,
			       "line 1: it does not begin with \"" FIRST
			       "\": it is of another program, or of a newer waker");
	while (!r.ended) {
		const char *here = r.rest.p;

		if (!next_line(&r, &line))
			return err_set(e, ERR_INPUT, "it is cut off behind line %u", r.line);
		if (!read_line(&r, &at, line))
			return err_set(e, ERR_INPUT,
				       "line %u: it is not what belongs there: \"" STR_FMT "\"",
				       r.line, STR_ARG(str_first(line, 60)));
		m.summed = (struct str){ bytes.p, (size_t)(here - bytes.p) };
	}
	*out = m;
	return true;
}
