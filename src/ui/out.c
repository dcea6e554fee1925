#include "ui/out.h"

#include "base/time.h"
#include "base/utf8.h"
#include "codec/text/json_out.h"

#include <assert.h>
#include <stdarg.h>

enum { DATE = 10, MINUTES = 16 }; // of a moment as RFC 3339 writes it
enum { GAP = 2, LEAST_WIDE = 8 }; // between two columns; a column that gives way keeps this

static bool plain(uint32_t c)
{
	return c >= 0x20 && (c < 0x7f || c > 0x9f) && (c < 0x202a || c > 0x202e) &&
	       (c < 0x2066 || c > 0x2069);
}

// As much of s as fits into `most` columns, cut with "…"; returns the columns used.
static size_t put_clean(FILE *to, struct str s, size_t most)
{
	bool cut = utf8_columns(s) > most;
	size_t used = 0;

	while (s.n > 0 && used + cut < most) {
		uint32_t c = 0;
		size_t n = utf8_next(s, &c);

		if (n == 0 || !plain(c))
			fputc('?', to);
		else
			fwrite(s.p, 1, n, to);
		str_skip(&s, n != 0 ? n : 1);
		used++;
	}
	if (cut)
		fputs("…", to);
	return used + cut;
}

void out_clean(FILE *to, struct str s)
{
	put_clean(to, s, SIZE_MAX - 1);
}

static void pad(FILE *to, size_t n)
{
	while (n-- > 0)
		fputc(' ', to);
}

static bool shown(const struct column *c)
{
	return c->title != NULL;
}

// Take from the columns that give way, the widest first, until the line fits.
static void settle(struct out *o)
{
	size_t all = 0;

	for (size_t i = 0; i < o->count; i++)
		all += shown(&o->columns[i]) ? o->wide[i] + GAP : 0;
	while (all > o->width + GAP) {
		size_t most = o->count;

		for (size_t i = 0; i < o->count; i++)
			if (shown(&o->columns[i]) && o->columns[i].gives_way &&
			    o->wide[i] > LEAST_WIDE &&
			    (most == o->count || o->wide[i] > o->wide[most]))
				most = i;
		if (most == o->count)
			break;
		o->wide[most]--;
		all--;
	}
	o->settled = true;
}

static void put_row(struct out *o, const struct str *cells)
{
	size_t owed = 0; // blanks are put before the next cell, so that no line ends in them

	for (size_t i = 0; i < o->count; i++) {
		size_t n = utf8_columns(cells[i]);

		if (!shown(&o->columns[i]))
			continue;
		n = n < o->wide[i] ? n : o->wide[i];
		if (o->right[i])
			owed += o->wide[i] - n;
		if (n > 0) {
			pad(o->to, owed);
			owed = 0;
			put_clean(o->to, cells[i], o->wide[i]);
		}
		owed += GAP + (o->right[i] ? 0 : o->wide[i] - n);
	}
	fputc('\n', o->to);
}

static void put_head(struct out *o)
{
	struct str titles[OUT_MAX_COLUMNS] = { 0 };

	for (size_t i = 0; i < o->count; i++)
		titles[i] = str_of(o->columns[i].title);
	if (o->colour)
		fputs("\x1b[1m", o->to);
	put_row(o, titles);
	if (o->colour)
		fputs("\x1b[0m", o->to);
}

static void put_kept(struct out *o)
{
	size_t kept = o->rows;

	if (o->settled)
		return;
	settle(o);
	if (kept > 0)
		put_head(o);
	for (size_t i = 0; i < kept; i++)
		put_row(o, o->cells + i * o->count);
}

static void begin(struct out *o, const struct column *columns, size_t count, bool record)
{
	assert(o->columns == NULL && count > 0 && count <= OUT_MAX_COLUMNS);
	o->columns = columns;
	o->count = count;
	o->next = o->rows = 0;
	o->record = record;
	o->settled = false;
	o->label = 0;
	o->mark = arena_mark(o->arena);
	for (size_t i = 0; i < count; i++) {
		o->wide[i] = (unsigned)utf8_columns(str_of(columns[i].title));
		o->right[i] = false;
		if (shown(&columns[i]) && o->wide[i] > o->label)
			o->label = o->wide[i];
	}
	if (o->form == OUT_HUMAN && !record)
		o->cells = arena_new(o->arena, struct str, (OUT_SAMPLE + 1) * count);
	if (o->form == OUT_COLUMNS && !record)
		for (size_t i = 0; i < count; i++)
			fprintf(o->to, "%s%s%c", i == 0 ? "#" : "", columns[i].key,
				i + 1 < count ? '\t' : '\n');
}

void out_table(struct out *o, const struct column *columns, size_t count)
{
	begin(o, columns, count, false);
}

void out_record(struct out *o, const struct column *columns, size_t count)
{
	begin(o, columns, count, true);
}

static void human_field(struct out *o, struct str s)
{
	if (!shown(&o->columns[o->next]))
		return;
	fputs(o->columns[o->next].title, o->to);
	pad(o->to, o->label + GAP - o->wide[o->next]);
	out_clean(o->to, s.n > 0 ? s : S("-"));
	fputc('\n', o->to);
}

static void human_cell(struct out *o, struct str s, bool number)
{
	size_t at = o->next, row = o->settled ? OUT_SAMPLE : o->rows;
	size_t wide = utf8_columns(s);

	if (o->record) {
		human_field(o, s);
		return;
	}
	if (!o->settled) {
		o->right[at] = number && (o->right[at] || o->rows == 0);
		if (wide > o->wide[at])
			o->wide[at] = wide > o->width ? o->width : (unsigned)wide;
	}
	if (o->settled && at == 0)
		o->row = arena_mark(o->arena);
	o->cells[row * o->count + at] = arena_str(o->arena, s);
}

static void columns_cell(struct out *o, struct str s)
{
	if (o->record)
		fprintf(o->to, "%s\t", o->columns[o->next].key);
	for (; s.n > 0; str_skip(&s, 1)) {
		char c = s.p[0];

		if (c == '\t' || c == '\n' || c == '\r' || c == '\\')
			fprintf(o->to, "\\%c",
				c == '\t' ? 't' : (c == '\n' ? 'n' : (c == '\r' ? 'r' : c)));
		else
			fputc((unsigned char)c >= 0x20 && c != 0x7f ? c : '?', o->to);
	}
	fputc(o->record || o->next + 1 == o->count ? '\n' : '\t', o->to);
}

static void cell(struct out *o, struct str text, struct str json, bool number)
{
	assert(o->columns != NULL && !(o->record && o->rows > 0));
	switch (o->form) {
	case OUT_HUMAN:
		human_cell(o, text, number);
		break;
	case OUT_COLUMNS:
		columns_cell(o, text);
		break;
	case OUT_JSON:
		fprintf(o->to, "%s\"%s\":" STR_FMT "%s", o->next == 0 ? "{" : ",",
			o->columns[o->next].key, STR_ARG(json),
			o->next + 1 == o->count ? "}\n" : "");
		break;
	}
	if (++o->next < o->count)
		return;
	o->next = 0;
	if (o->form == OUT_HUMAN && !o->record && o->settled) {
		put_row(o, o->cells + OUT_SAMPLE * o->count);
		arena_back(o->arena, o->row);
	}
	o->rows++;
	if (o->form == OUT_HUMAN && !o->record && o->rows == OUT_SAMPLE)
		put_kept(o);
}

// JSON of a text needs room for a moment only.
static struct buf room_for(struct out *o, size_t n)
{
	size_t room = JSON_STR_ROOM(n);

	return (struct buf){ .p = arena_new(o->arena, char, room), .cap = room };
}

void out_text(struct out *o, struct str s)
{
	char *mark = arena_mark(o->arena);
	struct buf b = { 0 };

	if (o->form != OUT_JSON) {
		cell(o, s, (struct str){ 0 }, false);
		return;
	}
	b = room_for(o, s.n);
	json_str(&b, s);
	cell(o, s, buf_view(&b), false);
	arena_back(o->arena, mark);
}

void out_int(struct out *o, int64_t v)
{
	char room[24];
	struct buf b = BUF_ON(room);

	json_int(&b, v);
	cell(o, buf_view(&b), buf_view(&b), true);
}

void out_flag(struct out *o, bool v)
{
	cell(o, v ? S("yes") : S("no"), v ? S("true") : S("false"), false);
}

void out_none(struct out *o)
{
	cell(o, o->form == OUT_HUMAN ? S("-") : S(""), S("null"), false);
}

// People read the minute; machines get all there is.
void out_time(struct out *o, int64_t t)
{
	char text[TIME_TEXT];
	size_t n;

	if (t == TIME_EVER || t == TIME_NEVER) {
		out_none(o);
		return;
	}
	n = time_write(t, text);
	if (o->form == OUT_HUMAN && n > MINUTES) {
		text[DATE] = ' ';
		text[MINUTES] = 'Z';
		n = MINUTES + 1;
	}
	out_text(o, (struct str){ text, n });
}

// A day is a day for people; machines get its midnight.
void out_day(struct out *o, int64_t t)
{
	char text[TIME_TEXT];

	if (o->form != OUT_HUMAN || t == TIME_EVER || t == TIME_NEVER) {
		out_time(o, t);
		return;
	}
	time_write(t, text);
	out_text(o, (struct str){ text, DATE });
}

void out_texts(struct out *o, const struct str *s, size_t n)
{
	char *mark = arena_mark(o->arena);
	size_t all = 1;
	struct buf text, json;

	for (size_t i = 0; i < n; i++)
		all += s[i].n + 1;
	text = room_for(o, all);
	json = room_for(o, all + n);
	buf_char(&json, '[');
	for (size_t i = 0; i < n; i++) {
		if (i > 0) {
			buf_char(&text, ',');
			buf_char(&json, ',');
		}
		buf_str(&text, s[i]);
		json_str(&json, s[i]);
	}
	buf_char(&json, ']');
	cell(o, buf_view(&text), buf_view(&json), false);
	if (o->form != OUT_HUMAN) // there the cell lives until its row, or the table, is out
		arena_back(o->arena, mark);
}

void out_json(struct out *o, struct str json)
{
	cell(o, json, json.n > 0 ? json : S("null"), false);
}

void out_end(struct out *o)
{
	assert(o->columns != NULL && o->next == 0);
	if (o->form == OUT_HUMAN && !o->record)
		put_kept(o);
	o->columns = NULL;
	o->cells = NULL;
	arena_back(o->arena, o->mark);
}

void out_line(struct out *o, const char *fmt, ...)
{
	va_list ap;

	if (o->form == OUT_JSON)
		return;
	va_start(ap, fmt);
	vfprintf(o->to, fmt, ap);
	va_end(ap);
	fputc('\n', o->to);
}

void out_lines(struct out *o, struct str text)
{
	while (text.n > 0) {
		struct str line = str_cut(&text, '\n');

		out_line(o, STR_FMT, STR_ARG(line));
	}
}
