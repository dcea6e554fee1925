#include "codec/text/json_out.h"
#include "model/notice/letter.h"

enum { MOST_COLUMNS = 256 };

// What each line has before the values of its record, whatever they are.
static const char *const own[] = { "extra.waker.notice", "extra.waker.finding",
				   "extra.waker.issue",  "extra.waker.severity",
				   "extra.waker.state",  "extra.waker.seen" };
enum { OWN = COUNTOF(own) };

static struct str own_value(const struct letter *l, const struct letter_finding *f, unsigned i)
{
	switch (i) {
	case 0:
		return l->id;
	case 1:
		return f->id;
	case 2:
		return f->issue;
	case 3:
		return severity_word(f->severity, false);
	case 4:
		return finding_state_word(f->state, false);
	default:
		return f->seen;
	}
}

// What a record calls by our own names would stand twice.
static bool shown(struct str key)
{
	return !str_has_prefix(key, S("extra.waker."));
}

// ---- for a spreadsheet

struct columns {
	struct str at[MOST_COLUMNS];
	size_t n;
};

static void columns_of(const struct letter *l, struct columns *c)
{
	LIST_EACH (const struct letter_finding, f, &l->findings)
		LIST_EACH (const struct letter_pair, e, &f->evidence) {
			size_t i = 0;

			while (i < c->n && !str_eq(c->at[i], e->key))
				i++;
			if (i == c->n && c->n < MOST_COLUMNS && shown(e->key))
				c->at[c->n++] = e->key;
		}
}

// A cell that a spreadsheet would take for a formula has an apostrophe before it (quotes do not
// help); one with what separates is quoted. Line ends and other controls are blanks.
static void cell(struct buf *b, struct str s, char separator)
{
	bool quoted = false;

	if (s.n > 0 && str_has(S("=+-@\t\r"), s.p[0])) {
		quoted = true;
	}
	for (size_t i = 0; i < s.n; i++)
		quoted = quoted || s.p[i] == '"' || s.p[i] == separator ||
			 (unsigned char)s.p[i] < 0x20;
	if (quoted)
		buf_char(b, '"');
	if (s.n > 0 && str_has(S("=+-@\t\r"), s.p[0]))
		buf_char(b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_char(b, '"');
		buf_char(b, (unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f ? ' ' : s.p[i]);
	}
	if (quoted)
		buf_char(b, '"');
}

static void cell_url(struct buf *b, struct str s, char separator)
{
	char *text = b->p + b->n;

	cell(b, s, separator);
	if (b->over)
		return;
	for (char *at = text; at + 4 <= b->p + b->n; at++) // hxxp: nothing is opened by a slip
		if (memcmp(at, "http", 4) == 0)
			at[1] = at[2] = 'x';
}

static struct str value_of(const struct letter_finding *f, struct str key)
{
	LIST_EACH (const struct letter_pair, e, &f->evidence)
		if (str_eq(e->key, key))
			return e->value;
	return (struct str){ 0 };
}

static void csv_line(const struct letter *l, const struct letter_finding *f,
		     const struct columns *c, struct buf *b)
{
	for (unsigned i = 0; i < OWN; i++) {
		cell(b, own_value(l, f, i), l->separator);
		buf_char(b, i + 1 < OWN || c->n > 0 ? l->separator : '\r');
	}
	for (size_t i = 0; i < c->n; i++) {
		bool url = str_has_suffix(c->at[i], S(".url")) && !l->live_urls;

		(url ? cell_url : cell)(b, value_of(f, c->at[i]), l->separator);
		buf_char(b, i + 1 < c->n ? l->separator : '\r');
	}
	buf_char(b, '\n');
}

static void csv_head(const struct letter *l, const struct columns *c, struct buf *b)
{
	for (unsigned i = 0; i < OWN; i++) {
		cell(b, str_of(own[i]), l->separator);
		buf_char(b, i + 1 < OWN || c->n > 0 ? l->separator : '\r');
	}
	for (size_t i = 0; i < c->n; i++) {
		cell(b, c->at[i], l->separator);
		buf_char(b, i + 1 < c->n ? l->separator : '\r');
	}
	buf_char(b, '\n');
}

// What all of it takes at most: each byte may be doubled, and each cell has four of its own.
static size_t room_of(const struct letter *l, size_t columns)
{
	size_t n = 256 + columns * 256;

	LIST_EACH (const struct letter_finding, f, &l->findings) {
		n += 1024 + columns * 8 + 2 * (f->seen.n + f->issue.n);
		LIST_EACH (const struct letter_pair, e, &f->evidence)
			n += JSON_STR_ROOM(e->key.n) + JSON_STR_ROOM(e->value.n) + e->json.n + 8;
	}
	return n;
}

struct str letter_csv(const struct letter *l, struct arena *a)
{
	struct columns *c = arena_new(a, struct columns, 1);
	struct buf b = { 0 };

	columns_of(l, c);
	b.cap = room_of(l, c->n + OWN);
	LIST_EACH (const struct letter_pair, e, &l->findings.at[0].evidence)
		b.cap += e->key.n;
	for (size_t i = 0; i < c->n; i++)
		b.cap += 2 * c->at[i].n + 8;
	b.p = arena_new(a, char, b.cap);
	csv_head(l, c, &b);
	LIST_EACH (const struct letter_finding, f, &l->findings)
		csv_line(l, f, c, &b);
	return buf_view(&b);
}

// ---- for a machine

static void member(struct buf *b, struct str key, struct str value, bool first)
{
	if (!first)
		buf_char(b, ',');
	json_str(b, key);
	buf_char(b, ':');
	json_str(b, value);
}

static void put_pair(struct buf *b, const struct letter_pair *e)
{
	if (e->json.n == 0) {
		member(b, e->key, e->value, false);
		return;
	}
	buf_char(b, ',');
	json_str(b, e->key);
	buf_char(b, ':');
	buf_str(b, e->json);
}

struct str letter_jsonl(const struct letter *l, struct arena *a)
{
	size_t room = room_of(l, OWN + 1) + l->findings.count * (l->link.n + 64);
	struct buf b = { .p = arena_new(a, char, room), .cap = room };

	LIST_EACH (const struct letter_finding, f, &l->findings) {
		buf_char(&b, '{');
		for (unsigned i = 0; i < OWN; i++)
			member(&b, str_of(own[i]), own_value(l, f, i), i == 0);
		if (l->link.n > 0)
			member(&b, S("extra.waker.answer_url"), l->link, false);
		LIST_EACH (const struct letter_pair, e, &f->evidence)
			if (shown(e->key))
				put_pair(&b, e);
		buf_str(&b, S("}\n"));
	}
	return buf_view(&b);
}
