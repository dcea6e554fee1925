#include "base/utf8.h"
#include "codec/text/prose.h"
#include "codec/text/prose_word.h"

// Only what Outlook's engine (that of Word) knows too: tables, margins, borders; no colours
// but grey, so that a reader's dark mode can turn them.
#define FONT "font-family:'Segoe UI',Arial,Helvetica,sans-serif;font-size:15px;line-height:1.45"
#define MONO "font-family:Consolas,Menlo,monospace;font-size:14px"

struct writer {
	struct buf *out;
	enum prose_kind list[PROSE_MAX_DEPTH]; // the lists that are open
	unsigned depth;
	bool table; // of pairs, open
};

// Text in an element or in an attribute within double quotes.
static void escaped_char(struct buf *b, uint32_t c)
{
	char bytes[4];

	switch (c) {
	case '&':
		buf_str(b, S("&amp;"));
		return;
	case '<':
		buf_str(b, S("&lt;"));
		return;
	case '>':
		buf_str(b, S("&gt;"));
		return;
	case '"':
		buf_str(b, S("&quot;"));
		return;
	case '\'':
		buf_str(b, S("&#39;"));
		return;
	default:
		buf_add(b, bytes, utf8_write(c, bytes));
	}
}

// What stands for itself: nearly all of a mail, and copied at once.
static void plain(struct buf *b, struct str *s)
{
	size_t n = 0;

	while (n < s->n && s->p[n] >= ' ' && s->p[n] <= '~' && s->p[n] != '&' && s->p[n] != '<' &&
	       s->p[n] != '>' && s->p[n] != '"' && s->p[n] != '\'')
		n++;
	buf_add(b, s->p, n);
	str_skip(s, n);
}

static void escaped(struct buf *b, struct str s)
{
	for (plain(b, &s); s.n > 0; plain(b, &s)) {
		uint32_t c = prose_char(&s);

		escaped_char(b, c == '\n' ? ' ' : c);
	}
}

// Words whose line ends are kept; those owed come before the next character, so that the last
// line has none.
static void lines(struct buf *b, struct str s, size_t *ends, const char *end)
{
	while (s.n > 0) {
		uint32_t c = prose_char(&s);

		if (c == '\n') {
			++*ends;
			continue;
		}
		for (; *ends > 0; --*ends)
			buf_str(b, str_of(end));
		escaped_char(b, c);
		plain(b, &s);
	}
}

static void link_words(struct buf *b, const struct prose_inline *w)
{
	struct str shown = w->text.n > 0 ? w->text : w->url;

	if (prose_url_good(w->url)) {
		buf_str(b, S("<a href=\""));
		escaped(b, w->url);
		buf_str(b, S("\">"));
		escaped(b, shown);
		buf_str(b, S("</a>"));
		return;
	}
	escaped(b, shown);
	if (w->url.n > 0 && !prose_url_said(w->text, w->url)) {
		buf_str(b, S(" &lt;"));
		escaped(b, w->url);
		buf_str(b, S("&gt;"));
	}
}

static void words(struct buf *b, const struct prose_block *block)
{
	static const struct {
		const char *before, *behind;
	} marks[] = {
		[PROSE_TEXT] = { "", "" },
		[PROSE_STRONG] = { "<strong>", "</strong>" },
		[PROSE_CODE] = { "<code style=\"" MONO "\">", "</code>" },
		[PROSE_LINK] = { "", "" },
	};
	size_t ends = 0;

	LIST_EACH (const struct prose_inline, w, &block->words) {
		for (; ends > 0 && (w->text.n > 0 || w->url.n > 0); ends--)
			buf_str(b, S("<br>\n"));
		buf_str(b, str_of(marks[w->kind].before));
		if (w->kind == PROSE_LINK)
			link_words(b, w);
		else if (block->kind == PROSE_LINES)
			lines(b, w->text, &ends, "<br>\n");
		else
			escaped(b, w->text);
		buf_str(b, str_of(marks[w->kind].behind));
	}
}

static void list_close(struct writer *w, unsigned depth)
{
	while (w->depth > depth)
		buf_str(w->out, w->list[--w->depth] == PROSE_NUMBER ? S("</li>\n</ol>\n")
								    : S("</li>\n</ul>\n"));
}

static void list_item(struct writer *w, const struct prose_block *b)
{
	const bool number = b->kind == PROSE_NUMBER;

	list_close(w, b->level);
	if (w->depth == b->level && w->list[b->level - 1] != b->kind)
		list_close(w, b->level - 1);
	if (w->depth == b->level) {
		buf_str(w->out, S("</li>\n"));
	} else {
		buf_str(w->out, w->depth > 0 ? S("\n") : S(""));
		buf_str(w->out, number ? S("<ol style=\"margin:0 0 12px 0\">\n")
				       : S("<ul style=\"margin:0 0 12px 0\">\n"));
		w->list[w->depth++] = b->kind;
	}
	buf_str(w->out, S("<li>"));
	words(w->out, b);
}

static void pair(struct writer *w, const struct prose_block *b)
{
	if (!w->table)
		buf_str(w->out, S("<table style=\"border-collapse:collapse;margin:0 0 12px 0;" FONT
				  "\">\n"));
	w->table = true;
	buf_str(w->out, S("<tr><th scope=\"row\" style=\"text-align:left;vertical-align:top;"
			  "font-weight:bold;padding:1px 12px 1px 0\">"));
	escaped(w->out, b->label);
	if (b->label.n > 0 && !str_has(S(":?!."), b->label.p[b->label.n - 1]))
		buf_char(w->out, ':');
	buf_str(w->out, S("</th><td style=\"vertical-align:top;padding:1px 0\">"));
	words(w->out, b);
	buf_str(w->out, S("</td></tr>\n"));
}

static void heading(struct buf *b, const struct prose_block *block)
{
	static const unsigned sizes[] = { [1] = 22, [2] = 18, [3] = 15 };

	buf_fmt(b, "<h%u style=\"font-size:%upx;margin:18px 0 6px 0\">", block->level,
		sizes[block->level]);
	words(b, block);
	buf_fmt(b, "</h%u>\n", block->level);
}

static void code(struct buf *b, const struct prose_block *block)
{
	size_t ends = 0;

	buf_str(b, S("<pre style=\"" MONO ";border-left:3px solid #999999;"
		     "margin:0 0 12px 0;padding:2px 0 2px 12px;white-space:pre-wrap\">"));
	LIST_EACH (const struct prose_inline, w, &block->words)
		lines(b, w->text, &ends, "\n");
	buf_str(b, S("</pre>\n"));
}

static void one(struct writer *w, const struct prose_block *b)
{
	switch (b->kind) {
	case PROSE_HEADING:
		heading(w->out, b);
		return;
	case PROSE_PARAGRAPH:
	case PROSE_LINES:
		buf_str(w->out, S("<p style=\"margin:0 0 12px 0\">"));
		words(w->out, b);
		buf_str(w->out, S("</p>\n"));
		return;
	case PROSE_BULLET:
	case PROSE_NUMBER:
		list_item(w, b);
		return;
	case PROSE_CODE_BLOCK:
		code(w->out, b);
		return;
	case PROSE_PAIR:
		pair(w, b);
		return;
	case PROSE_RULE:
		buf_str(w->out, S("<hr style=\"border:0;border-top:1px solid #999999;"
				  "margin:18px 0\">\n"));
		return;
	}
}

void prose_write_html(const struct prose *p, struct str language, struct str title, struct buf *out)
{
	struct writer w = { .out = out };

	buf_str(out, S("<!DOCTYPE html>\n<html lang=\""));
	escaped(out, language);
	buf_str(out, S("\">\n<head>\n<meta charset=\"utf-8\">\n"
		       "<meta name=\"viewport\" content=\"width=device-width\">\n"
		       "<meta name=\"color-scheme\" content=\"light dark\">\n<title>"));
	escaped(out, title);
	buf_str(out, S("</title>\n</head>\n<body style=\"margin:0;padding:12px;" FONT "\">\n"
		       "<div style=\"max-width:44em\">\n"));
	LIST_EACH (const struct prose_block, b, &p->blocks) {
		if (b->kind != PROSE_BULLET && b->kind != PROSE_NUMBER)
			list_close(&w, 0);
		if (w.table && b->kind != PROSE_PAIR) {
			buf_str(out, S("</table>\n"));
			w.table = false;
		}
		one(&w, b);
	}
	list_close(&w, 0);
	if (w.table)
		buf_str(out, S("</table>\n"));
	buf_str(out, S("</div>\n</body>\n</html>\n"));
}
