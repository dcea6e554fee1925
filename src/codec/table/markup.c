#include "codec/table/markup.h"

#include "base/utf8.h"

enum {
	MARKUP_NOTHING = MARKUP_CLOSE + 1, // no token: go on
	LONGEST_MARK = 9,                  // "<![CDATA["
	NO_BREAK = 0xa0,                   // U+00A0, a blank
	LONGEST_ENTITY = 10,               // "#x0010ffff", without "&" and ";": a number fits
};

struct markup markup_of(struct str bytes, bool html)
{
	return (struct markup){
		.p = bytes.p, .end = bytes.p + bytes.n, .html = html, .loose = html, .last = true
	};
}

static inline bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static inline bool is_letter(char c)
{
	return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z';
}

static bool is_one_of(struct str name, const struct str *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(name, names[i]))
			return true;
	return false;
}

static bool is_void(struct str name)
{
	static const struct str names[] = {
		{ "br", 2 },   { "img", 3 },   { "hr", 2 },     { "input", 5 }, { "meta", 4 },
		{ "link", 4 }, { "area", 4 },  { "base", 4 },   { "col", 3 },   { "embed", 5 },
		{ "wbr", 3 },  { "param", 5 }, { "source", 6 }, { "track", 5 },
	};

	return name.n <= 6 && is_one_of(name, names, COUNTOF(names));
}

static bool breaks_line(struct str name)
{
	static const struct str names[] = {
		{ "br", 2 },    { "p", 1 },  { "div", 3 }, { "li", 2 }, { "ul", 2 }, { "ol", 2 },
		{ "table", 5 }, { "tr", 2 }, { "td", 2 },  { "th", 2 }, { "hr", 2 }, { "pre", 3 },
	};

	return name.n <= 5 && is_one_of(name, names, COUNTOF(names));
}

static const struct { // what ends what one may be in
	struct str mark;
	bool text; // what stands before it is one; the mark of HTML's is a tag of its own
} ends[] = {
	[MARKUP_IN_COMMENT] = { { "-->", 3 }, false },
	[MARKUP_IN_CDATA] = { { "]]>", 3 }, true },
	[MARKUP_IN_INSTRUCTION] = { { "?>", 2 }, false },
	[MARKUP_IN_DECLARATION] = { { ">", 1 }, false },
	[MARKUP_IN_SCRIPT] = { { "</script", 8 }, true },
	[MARKUP_IN_STYLE] = { { "</style", 7 }, true },
};

static const char *find(const char *p, const char *end, struct str mark)
{
	for (; end - p >= (ptrdiff_t)mark.n; p++) {
		p = memchr(p, mark.p[0], (size_t)(end - p) - mark.n + 1);
		if (p == NULL || str_eq_nocase((struct str){ p, mark.n }, mark))
			return p;
	}
	return NULL;
}

static enum markup_kind over(struct markup *m) // nothing comes behind the bytes at hand
{
	if (!m->last)
		return MARKUP_MORE;
	if (!m->loose)
		return MARKUP_BAD;
	m->p = m->end;
	return MARKUP_END;
}

static enum markup_kind go_out(struct markup *m)
{
	struct str mark = ends[m->in].mark;
	const char *stop = find(m->p, m->end, mark);

	if (stop == NULL) { // all but what may be the beginning of the mark is done with
		if (m->end - m->p >= (ptrdiff_t)mark.n)
			m->p = m->end - (mark.n - 1);
		return over(m);
	}
	m->text = (struct str){ m->p, (size_t)(stop - m->p) };
	m->raw = true;
	m->p = mark.p[0] == '<' ? stop : stop + mark.n;
	return ends[TAKE(m->in, MARKUP_IN_NOTHING)].text ? MARKUP_TEXT
							 : (enum markup_kind)MARKUP_NOTHING;
}

static enum markup_kind give_text(struct markup *m, const char *from)
{
	const char *stop = from < m->end ? memchr(from, '<', (size_t)(m->end - from)) : NULL;

	if (stop == NULL)
		stop = m->end;
	m->start = m->p;
	m->text = (struct str){ m->p, (size_t)(stop - m->p) };
	m->raw = false;
	m->p = stop;
	return MARKUP_TEXT;
}

// The ">" that ends the tag whose inside begins at p. A quote counts behind "=" only. In XML
// no "<" stands in a tag, also not in quotes: where one does, that is given.
static const char *tag_end(const char *p, const char *end, bool xml)
{
	bool value = false;

	for (; p < end; p++) {
		if (*p == '>' || (xml && *p == '<'))
			return p;
		if (value && (*p == '"' || *p == '\'')) {
			const char *stop = memchr(p + 1, *p, (size_t)(end - p) - 1);
			const char *within = stop != NULL ? stop : end;
			const char *wrong = xml ? memchr(p, '<', (size_t)(within - p)) : NULL;

			if (wrong != NULL || stop == NULL)
				return wrong;
			p = stop;
			value = false;
		} else if (!is_blank(*p)) {
			value = *p == '=';
		}
	}
	return NULL;
}

static void enter_raw(struct markup *m)
{
	if (m->html && str_eq_nocase(m->name, S("script")))
		m->in = MARKUP_IN_SCRIPT;
	else if (m->html && str_eq_nocase(m->name, S("style")))
		m->in = MARKUP_IN_STYLE;
}

static enum markup_kind open_tag(struct markup *m)
{
	bool is_long = m->end - m->p > MARKUP_MAX_TAG;
	const char *p = m->p + 1, *end = is_long ? m->p + MARKUP_MAX_TAG : m->end;
	const char *stop = p, *close;

	while (stop < end && !is_blank(*stop) && *stop != '/' && *stop != '>' &&
	       (m->html || *stop != '<'))
		stop++;
	close = tag_end(stop, end, !m->html);
	if (close == NULL && m->loose && (is_long || m->last)) // a quote that is never closed
		close = memchr(stop, '>', (size_t)(end - stop));
	if (close == NULL)
		return is_long ? MARKUP_BAD : over(m);
	if (*close == '<')
		return m->loose ? give_text(m, p) : MARKUP_BAD;
	m->start = m->p;
	m->name = (struct str){ p, (size_t)(stop - p) };
	m->text = (struct str){ stop, (size_t)(close - stop) };
	m->closes = m->html ? is_void(m->name) : close[-1] == '/';
	m->p = close + 1;
	if (m->closes && !m->html)
		m->text.n--;
	enter_raw(m);
	return MARKUP_OPEN;
}

static enum markup_kind close_tag(struct markup *m)
{
	bool is_long = m->end - m->p > MARKUP_MAX_TAG;
	const char *p = m->p + 2, *end = is_long ? m->p + MARKUP_MAX_TAG : m->end, *close, *stop;

	if (p == m->end)
		return over(m);
	if (m->html && !is_letter(*p)) {
		m->in = MARKUP_IN_DECLARATION;
		m->p = p;
		return (enum markup_kind)MARKUP_NOTHING;
	}
	for (close = p; close < end && *close != '>' && (m->html || *close != '<');)
		close++;
	if (close == end)
		return is_long ? MARKUP_BAD : over(m);
	if (*close == '<')
		return m->loose ? give_text(m, p) : MARKUP_BAD;
	for (stop = p; stop < close && !is_blank(*stop);)
		stop++;
	if (!m->loose &&
	    (stop == p || str_trim((struct str){ stop, (size_t)(close - stop) }).n > 0))
		return MARKUP_BAD;
	m->start = m->p;
	m->name = (struct str){ p, (size_t)(stop - p) };
	m->text = (struct str){ 0 };
	m->p = close + 1;
	return MARKUP_CLOSE;
}

static enum markup_kind declaration(struct markup *m)
{
	struct str rest = { m->p, (size_t)(m->end - m->p) };
	const struct str comment = S("<!--"), cdata = S("<![CDATA[");

	m->start = m->p;
	if (str_has_prefix(rest, comment)) {
		m->in = MARKUP_IN_COMMENT;
		m->p += comment.n;
	} else if (!m->html && str_has_prefix(rest, cdata)) {
		m->in = MARKUP_IN_CDATA;
		m->raw = true;
		m->p += cdata.n;
	} else if (!m->last && rest.n < LONGEST_MARK) {
		return MARKUP_MORE;
	} else if (m->loose) {
		m->in = MARKUP_IN_DECLARATION;
		m->p += 2;
	} else {
		return MARKUP_BAD;
	}
	return (enum markup_kind)MARKUP_NOTHING;
}

static enum markup_kind tag(struct markup *m) // p at "<"
{
	char c;

	if (m->p + 1 == m->end)
		return m->last && m->loose ? give_text(m, m->p + 1) : over(m);
	c = m->p[1];
	if (c == '/')
		return close_tag(m);
	if (c == '!')
		return declaration(m);
	if (c == '?') {
		m->start = m->p;
		m->in = m->html ? MARKUP_IN_DECLARATION : MARKUP_IN_INSTRUCTION;
		m->p += 2;
		return (enum markup_kind)MARKUP_NOTHING;
	}
	if (is_letter(c) || (!m->html && (c == '_' || c == ':' || (unsigned char)c >= 0x80)))
		return open_tag(m);
	return m->loose ? give_text(m, m->p + 1) : MARKUP_BAD;
}

enum markup_kind markup_next(struct markup *m)
{
	enum markup_kind kind;

	if (m->closes) {
		m->closes = false;
		m->start = m->p;
		return MARKUP_CLOSE;
	}
	do {
		if (m->in != MARKUP_IN_NOTHING)
			kind = go_out(m);
		else if (m->p == m->end)
			kind = m->last ? MARKUP_END : MARKUP_MORE;
		else
			kind = *m->p == '<' ? tag(m) : give_text(m, m->p);
	} while (kind == (enum markup_kind)MARKUP_NOTHING);
	return kind;
}

bool markup_attribute(struct str *rest, struct str *name, struct str *value)
{
	const char *p = rest->p, *end = p + rest->n, *from, *stop;

	while (p < end && (is_blank(*p) || *p == '/'))
		p++;
	if (p == end)
		return false;
	for (from = p++; p < end && !is_blank(*p) && *p != '=' && *p != '/';)
		p++;
	*name = (struct str){ from, (size_t)(p - from) };
	*value = (struct str){ p, 0 };
	for (from = p; p < end && is_blank(*p);)
		p++;
	if (p == end || *p != '=') {
		*rest = (struct str){ from, (size_t)(end - from) };
		return true;
	}
	for (p++; p < end && is_blank(*p);)
		p++;
	stop = p < end && (*p == '"' || *p == '\'') ? memchr(p + 1, *p, (size_t)(end - p) - 1)
						    : NULL;
	if (stop != NULL)
		*value = (struct str){ p + 1, (size_t)(stop - p) - 1 };
	for (from = p; stop == NULL && p < end && !is_blank(*p);)
		p++;
	if (stop == NULL)
		*value = (struct str){ from, (size_t)(p - from) };
	p = stop != NULL ? stop + 1 : p;
	*rest = (struct str){ p, (size_t)(end - p) };
	return true;
}

static bool number_of(struct str s, uint32_t *out) // "#38" or "#x26"
{
	bool hex = s.n > 2 && ascii_lower(s.p[1]) == 'x';
	uint32_t v = 0;

	for (size_t i = hex ? 2 : 1; i < s.n; i++) {
		char c = ascii_lower(s.p[i]);

		if (c >= '0' && c <= '9')
			v = v * (hex ? 16 : 10) + (uint32_t)(c - '0');
		else if (hex && c >= 'a' && c <= 'f')
			v = v * 16 + (uint32_t)(c - 'a' + 10);
		else
			return false;
	}
	*out = v;
	return v != 0; // no text of a feed may hold a NUL
}

// Writes the entity between "&" and ";". Returns the length, 0: none of ours.
static size_t entity(struct str name, bool html, char *out)
{
	static const struct {
		struct str name;
		char c;
	} known[] = {
		{ { "amp", 3 }, '&' },  { { "lt", 2 }, '<' },    { { "gt", 2 }, '>' },
		{ { "quot", 4 }, '"' }, { { "apos", 4 }, '\'' }, { { "nbsp", 4 }, ' ' },
	};
	uint32_t c;

	if (str_starts(name, '#') && name.n > 1) {
		if (!number_of(name, &c))
			return 0;
		return utf8_write(html && c == NO_BREAK ? ' ' : c, out);
	}
	for (size_t i = 0; i < COUNTOF(known) - (html ? 0 : 1); i++)
		if (str_eq(name, known[i].name)) {
			*out = known[i].c;
			return 1;
		}
	return 0;
}

size_t markup_text(struct str s, bool html, char *out)
{
	const char *p = s.p, *end = s.p + s.n;
	size_t n = 0;

	while (p < end) {
		const char *stop = memchr(p, '&', (size_t)(end - p)), *close;
		size_t room, wrote = 0;

		if (stop == NULL)
			stop = end;
		memmove(out + n, p, (size_t)(stop - p));
		n += (size_t)(stop - p);
		if (stop == end)
			break;
		room = (size_t)(end - stop) - 1;
		close = memchr(stop + 1, ';',
			       room < LONGEST_ENTITY + 1 ? room : LONGEST_ENTITY + 1);
		if (close != NULL)
			wrote = entity((struct str){ stop + 1, (size_t)(close - stop) - 1 }, html,
				       out + n);
		p = wrote > 0 ? close + 1 : stop + 1;
		if (wrote == 0)
			out[n] = '&';
		n += wrote > 0 ? wrote : 1;
	}
	return n;
}

static size_t fold(char *text, size_t n)
{
	size_t to = 0;

	for (size_t i = 0; i < n; i++) {
		bool blank = is_blank(text[i]);

		if (!blank || (to > 0 && text[to - 1] != ' '))
			text[to++] = blank ? ' ' : text[i];
	}
	return to > 0 && text[to - 1] == ' ' ? to - 1 : to;
}

size_t markup_plain(struct str s, bool html, char *out)
{
	struct markup m = markup_of(s, html);
	enum markup_kind kind;
	size_t n = 0;

	m.loose = true;
	while ((kind = markup_next(&m)) != MARKUP_END && kind != MARKUP_BAD) {
		if (kind == MARKUP_TEXT && !m.raw) {
			n += markup_text(m.text, html, out + n);
		} else if (kind == MARKUP_TEXT && !html) {
			memcpy(out + n, m.text.p, m.text.n);
			n += m.text.n;
		} else if (kind != MARKUP_TEXT && html && breaks_line(m.name)) {
			out[n++] = ' ';
		}
	}
	return html ? fold(out, n) : n;
}
