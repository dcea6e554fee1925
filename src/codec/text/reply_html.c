#include "base/buf.h"
#include "codec/table/markup.h"
#include "codec/text/reply.h"

struct reading {
	struct arena *a;
	struct buf b;
	size_t quotes;   // blockquotes that are open; of what is in them nothing is kept
	bool title, pre; // in one of them
};

static bool is_any(struct str name, const char *const *of, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(name, str_of(of[i])))
			return true;
	return false;
}

static bool breaks_line(struct str name)
{
	static const char *const names[] = { "br",  "p",          "div",     "tr",  "li",
					     "ul",  "ol",         "h1",      "h2",  "h3",
					     "h4",  "hr",         "dd",      "dt",  "table",
					     "pre", "blockquote", "section", "body" };

	return is_any(name, names, COUNTOF(names));
}

// A program put all that it answers in here.
static bool begins_answered(const struct markup *m)
{
	static const char *const marks[] = { "gmail_quote",           "gmail_extra",
					     "divRplyFwdMsg",         "OLK_SRC_BODY_SECTION",
					     "appendonsend",          "yahoo_quoted",
					     "mail-editor-reference", "moz-forward-container",
					     "reply-intro",           "protonmail_quote" };
	struct str rest = m->text, key, value;

	while (markup_attribute(&rest, &key, &value))
		for (size_t i = 0; i < COUNTOF(marks); i++)
			if ((str_eq_nocase(key, S("class")) || str_eq_nocase(key, S("id"))) &&
			    str_contains(value, str_of(marks[i])))
				return true;
	return false;
}

static void end_line(struct buf *b)
{
	if (b->n > 0 && b->p[b->n - 1] != '\n')
		buf_char(b, '\n');
}

// As HTML has it: a line's end is a blank like others, but in <pre>.
static void put_text(struct reading *r, struct str raw)
{
	char *room = arena_new(r->a, char, raw.n + 1);
	struct str s = { room, markup_text(raw, true, room) };
	struct buf *b = &r->b;

	for (size_t i = 0; i < s.n; i++) {
		bool end = s.p[i] == '\n' || s.p[i] == '\r';

		if (end && r->pre)
			end_line(b);
		else if (!end && s.p[i] != ' ' && s.p[i] != '\t')
			buf_char(b, s.p[i]);
		else if (b->n > 0 && b->p[b->n - 1] != ' ' && b->p[b->n - 1] != '\n')
			buf_char(b, ' ');
	}
}

static void put_tag(struct reading *r, const struct markup *m, bool opens)
{
	if (str_eq_nocase(m->name, S("title")))
		r->title = opens;
	if (str_eq_nocase(m->name, S("pre")))
		r->pre = opens;
	if (r->quotes == 0 && breaks_line(m->name))
		end_line(&r->b);
	if (!str_eq_nocase(m->name, S("blockquote")))
		return;
	if (!opens)
		r->quotes -= r->quotes > 0;
	else if (r->quotes++ == 0)
		buf_str(&r->b, S(">\n"));
}

struct str reply_html(struct str html, struct arena *a)
{
	struct reading r = {
		a, { .p = arena_new(a, char, html.n + 1), .cap = html.n + 1 }, 0, 0, 0
	};
	struct markup m = markup_of(html, true);
	enum markup_kind kind;

	while ((kind = markup_next(&m)) != MARKUP_END && kind != MARKUP_BAD &&
	       kind != MARKUP_MORE && r.quotes < REPLY_DEPTH) {
		if (kind != MARKUP_TEXT && kind == MARKUP_OPEN && r.quotes == 0 &&
		    begins_answered(&m))
			break;
		if (kind != MARKUP_TEXT)
			put_tag(&r, &m, kind == MARKUP_OPEN);
		else if (!m.raw && r.quotes == 0 && !r.title)
			put_text(&r, m.text);
	}
	return str_trim(buf_view(&r.b));
}
