#include "base/utf8.h"
#include "codec/text/prose.h"
#include "codec/text/prose_word.h"

enum {
	CODE_INDENT = 4,
	BULLET_INDENT = 2,
	NUMBER_INDENT = 3,
	RULE_WIDTH = 40,
	PAIR_MAX_LABEL = 18, // columns; a longer one pushes its own words only
};

// Words that run on: what does not fit any more goes to the next line, from the last blank.
struct flow {
	struct buf *out;
	size_t hang;   // columns before every line but the first
	size_t column; // of the line at the end of out
	size_t ends;   // line ends owed, before the next character
	bool gap;      // a blank is owed
	bool begun;    // the line has something to be parted from by a blank
	size_t blank;  // where in out the last blank of this line stands; 0: none
	size_t blank_column;
};

static void repeated(struct buf *b, char c, size_t n)
{
	while (n-- > 0)
		buf_char(b, c);
}

static struct flow flow_of(struct buf *out, size_t column, size_t hang)
{
	return (struct flow){ .out = out, .hang = hang, .column = column };
}

// The last blank becomes the end of its line.
static void wrap(struct flow *f)
{
	struct buf *b = f->out;

	if (b->over || b->cap - b->n < f->hang) {
		b->over = true;
		return;
	}
	b->p[f->blank] = '\n';
	memmove(b->p + f->blank + 1 + f->hang, b->p + f->blank + 1, b->n - f->blank - 1);
	memset(b->p + f->blank + 1, ' ', f->hang);
	b->n += f->hang;
	f->column += f->hang - f->blank_column - 1;
	f->blank = 0;
}

static void flow_ends(struct flow *f)
{
	for (; f->ends > 0; f->ends--) {
		buf_char(f->out, '\n');
		if (f->ends == 1)
			repeated(f->out, ' ', f->hang);
		f->column = f->hang;
		f->blank = 0;
		f->begun = f->gap = false;
	}
}

// Letters of one word, so many columns wide.
static void flow_word(struct flow *f, struct str letters, size_t wide)
{
	if (f->begun)
		flow_ends(f);
	if (f->gap && f->begun) {
		f->blank = f->out->n;
		f->blank_column = f->column++;
		buf_char(f->out, ' ');
	}
	f->gap = false;
	f->begun = true;
	buf_str(f->out, letters);
	f->column += wide;
	if (f->column > PROSE_WIDTH && f->blank != 0)
		wrap(f);
}

static void flow_char(struct flow *f, uint32_t c)
{
	char bytes[4];

	if (c == ' ')
		f->gap = true;
	else
		flow_word(f, (struct str){ bytes, utf8_write(c, bytes) }, 1);
}

// What stands for itself, a word at once: nearly all of a mail.
static void flow_plain(struct flow *f, struct str *s)
{
	size_t n = 0;

	while (n < s->n && s->p[n] > ' ' && s->p[n] <= '~')
		n++;
	if (n == 0)
		return; // of a link without words there is not even a place
	flow_word(f, str_first(*s, n), n);
	str_skip(s, n);
}

static void flow_str(struct flow *f, struct str s, bool lines)
{
	for (flow_plain(f, &s); s.n > 0; flow_plain(f, &s)) {
		uint32_t c = prose_char(&s);

		if (c == '\n' && lines)
			f->ends++;
		else
			flow_char(f, c == '\n' ? ' ' : c);
	}
}

static void words(struct flow *f, const struct prose_block *b)
{
	const bool lines = b->kind == PROSE_LINES;

	LIST_EACH (const struct prose_inline, w, &b->words) {
		flow_str(f, w->text, lines);
		if (w->kind != PROSE_LINK)
			continue;
		if (w->text.n == 0)
			flow_str(f, w->url, false);
		else if (w->url.n > 0 && !prose_url_said(w->text, w->url)) {
			flow_str(f, S(" <"), false);
			flow_str(f, w->url, false);
			flow_char(f, '>');
		}
	}
}

static void heading(const struct prose_block *b, struct buf *out)
{
	static const char under[] = { [1] = '=', [2] = '-', [3] = '\0' };
	struct flow f = flow_of(out, 0, 0);
	const size_t start = out->n;

	words(&f, b);
	if (under[b->level] == '\0' || out->over)
		return;
	buf_char(out, '\n');
	// one that was wrapped is underlined as wide as its last line
	repeated(out, under[b->level], f.column);
	if (out->n == start + 1)
		out->n = start; // it had no words
}

static void code(const struct prose_block *b, struct buf *out)
{
	struct str text = b->words.count > 0 ? b->words.at[0].text : (struct str){ 0 };
	size_t ends = 0;
	bool at_start = true;
	char bytes[4];

	while (text.n > 0) {
		uint32_t c = prose_char(&text);

		if (c == '\n') {
			ends++;
			at_start = true;
			continue;
		}
		repeated(out, '\n', ends);
		ends = 0;
		repeated(out, ' ', at_start ? CODE_INDENT : 0);
		at_start = false;
		buf_add(out, bytes, utf8_write(c, bytes));
	}
}

// Its label and the mark behind it, in columns.
static size_t label(struct str text, struct buf *out)
{
	struct flow f = flow_of(out, 0, 0);

	flow_str(&f, text, false);
	if (text.n > 0 && !str_has(S(":?!."), text.p[text.n - 1]))
		flow_char(&f, ':');
	return f.column;
}

// How wide the labels of the table are that begins with this pair.
static size_t label_columns(const struct prose *p, size_t first)
{
	size_t wide = 0;

	for (size_t i = first; i < p->blocks.count && p->blocks.at[i].kind == PROSE_PAIR; i++) {
		size_t n = utf8_columns(p->blocks.at[i].label) + 1;

		if (n > wide && n <= PAIR_MAX_LABEL)
			wide = n;
	}
	return wide;
}

struct writer {
	const struct prose *p;
	struct buf *out;
	size_t labels;                        // columns of the table that we are in
	unsigned number[PROSE_MAX_DEPTH + 1]; // of the last item of each level
};

static void pair(struct writer *w, const struct prose_block *b)
{
	size_t n = label(b->label, w->out), hang = w->labels + 1;
	struct flow f;

	repeated(w->out, ' ', n < hang ? hang - n : 1);
	f = flow_of(w->out, n < hang ? hang : n + 1, hang);
	words(&f, b);
}

static void list_item(struct writer *w, const struct prose_block *b)
{
	// a list in a list begins below the words of the item that it belongs to
	size_t before = b->level > 1 ? (w->number[1] > 0 ? NUMBER_INDENT : BULLET_INDENT) : 0;
	const size_t start = w->out->n + before;
	struct flow f;

	repeated(w->out, ' ', before);
	if (b->kind == PROSE_NUMBER)
		buf_fmt(w->out, "%u. ", ++w->number[b->level]);
	else
		buf_str(w->out, S("- "));
	if (b->kind == PROSE_BULLET)
		w->number[b->level] = 0;
	for (size_t i = b->level + 1; i <= PROSE_MAX_DEPTH; i++)
		w->number[i] = 0;
	before += w->out->n - start;
	f = flow_of(w->out, before, before);
	words(&f, b);
}

static void one(struct writer *w, const struct prose_block *b)
{
	struct flow f = flow_of(w->out, 0, 0);

	switch (b->kind) {
	case PROSE_HEADING:
		heading(b, w->out);
		return;
	case PROSE_PARAGRAPH:
	case PROSE_LINES:
		words(&f, b);
		return;
	case PROSE_BULLET:
	case PROSE_NUMBER:
		list_item(w, b);
		return;
	case PROSE_CODE_BLOCK:
		code(b, w->out);
		return;
	case PROSE_PAIR:
		pair(w, b);
		return;
	case PROSE_RULE:
		repeated(w->out, '-', RULE_WIDTH);
		return;
	}
}

static bool in_list(const struct prose_block *b)
{
	return b->kind == PROSE_BULLET || b->kind == PROSE_NUMBER;
}

// Does this block stand right below the one before it, without an empty line?
static bool close_to(const struct prose_block *before, const struct prose_block *b)
{
	return (before->kind == PROSE_HEADING && before->level > 1) ||
	       (in_list(before) && in_list(b)) ||
	       (before->kind == PROSE_PAIR && b->kind == PROSE_PAIR);
}

void prose_write_text(const struct prose *p, struct buf *out)
{
	struct writer w = { .p = p, .out = out };

	for (size_t i = 0; i < p->blocks.count; i++) {
		const struct prose_block *b = &p->blocks.at[i];

		if (i > 0 && !close_to(b - 1, b))
			buf_char(out, '\n');
		if (b->kind == PROSE_PAIR && (i == 0 || b[-1].kind != PROSE_PAIR))
			w.labels = label_columns(p, i);
		if (!in_list(b))
			memset(w.number, 0, sizeof w.number);
		one(&w, b);
		while (!out->over && out->n > 0 && out->p[out->n - 1] == ' ')
			out->n--; // of what has no words
		buf_char(out, '\n');
	}
}
