#include "codec/text/reply.h"

#include "base/buf.h"
#include "codec/table/markup.h"

// ---- marks

static bool any_prefix(struct str line, const char *const *of, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(str_first(line, strlen(of[i])), str_of(of[i])))
			return true;
	return false;
}

static bool any_suffix(struct str line, const char *const *of, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t k = strlen(of[i]);

		if (line.n >= k && str_eq_nocase(str_from(line, line.n - k), str_of(of[i])))
			return true;
	}
	return false;
}

static bool is_quoted(struct str line)
{
	struct str s = str_trim(line);

	return str_starts(s, '>') || str_starts(s, '|');
}

// "On Mon … wrote:", "Op ma … schreef …:", "Am … schrieb …:", "Le … a écrit :".
static bool begins_quote(struct str line)
{
	static const char *const begins[] = {
		"On ", "Op ", "Am ", "Le ", "El ", "W dniu ", "In een bericht", "In a message", "20"
	};
	static const char *const ends[] = { "wrote:",      "writes:",   "schreef:",  "geschreven:",
					    "schrieb:",    "a écrit :", "a écrit:",  "escribió:",
					    "napisał(a):", "wrote -",   "a scritto:" };
	struct str s = str_trim(line);

	return any_suffix(s, ends, COUNTOF(ends)) ||
	       (any_prefix(s, begins, COUNTOF(begins)) && str_has_suffix(s, S(":")) &&
		(str_contains(s, S("schreef")) || str_contains(s, S("wrote")) ||
		 str_contains(s, S("schrieb")) || str_contains(s, S("écrit"))));
}

// Below these stands nothing that is new, whatever comes.
static bool ends_text(struct str line)
{
	static const char *const marks[] = {
		"-----original message",
		"----- original message",
		"-------- original message",
		"-----oorspronkelijk",
		"-----ursprüngliche nachricht",
		"-------- oorspronkelijk",
		"-----message d'origine",
		"---- original message",
		"--- original message",
		"----- forwarded message",
		"begin forwarded message:",
		"-------- forwarded message",
		"________________________________",
	};
	struct str s = str_trim(line);

	return any_prefix(s, marks, COUNTOF(marks));
}

// Outlook's block: "From: …" with a date and a subject in the lines below.
static bool is_head_field(struct str line)
{
	static const char *const names[] = {
		"From:",      "Van:",      "Von:",         "De :",       "De:",      "Sent:",
		"Verzonden:", "Gesendet:", "Envoyé :",     "Date:",      "Datum:",   "To:",
		"Aan:",       "An:",       "Subject:",     "Onderwerp:", "Betreff:", "*From:*",
		"*Van:*",     "*Sent:*",   "*Verzonden:*", "Cc:",
	};

	return any_prefix(str_trim(line), names, COUNTOF(names));
}

static bool begins_head(struct str line, struct str rest)
{
	unsigned fields = 0;

	if (!is_head_field(line))
		return false;
	for (unsigned i = 0; i < 4 && rest.n > 0; i++)
		fields += is_head_field(str_cut(&rest, '\n'));
	return fields >= 2;
}

static bool begins_signature(struct str line)
{
	static const char *const sent[] = {
		"Sent from my ", "Verstuurd vanaf ",  "Verzonden vanaf ", "Verstuurd met ",
		"Von meinem ",   "Gesendet von ",     "Envoyé de mon ",   "Get Outlook for",
		"Outlook voor ", "Sent from Outlook", "Sent via ",
	};
	struct str s = line;

	while (s.n > 0 && (s.p[s.n - 1] == '\r' || s.p[s.n - 1] == ' '))
		s.n--;
	return str_eq(s, S("--")) || str_eq(s, S("__")) ||
	       any_prefix(str_trim(line), sent, COUNTOF(sent));
}

// ---- the text

// What a program breaks over two lines: "On Mon, Nov 2,\n2026 … wrote:".
static bool begins_quote_below(struct str line, struct str rest)
{
	static const char *const begins[] = { "On ", "Op ", "Am ", "Le " };
	struct str next = str_cut(&rest, '\n');

	return any_prefix(str_trim(line), begins, COUNTOF(begins)) && !begins_quote(line) &&
	       begins_quote(next) && line.n > 20;
}

struct str reply_new(struct str text, struct arena *a)
{
	struct buf b = { .p = arena_new(a, char, text.n + 1), .cap = text.n + 1 };
	struct str rest = text;

	while (rest.n > 0) {
		struct str line = str_cut(&rest, '\n');

		if (ends_text(line) || begins_head(line, rest) || begins_signature(line))
			break;
		if (begins_quote_below(line, rest)) {
			str_cut(&rest, '\n');
			continue;
		}
		if (is_quoted(line) || begins_quote(line))
			continue;
		buf_str(&b, str_has_suffix(line, S("\r")) ? str_first(line, line.n - 1) : line);
		buf_char(&b, '\n');
		if (b.over)
			break;
	}
	return str_trim(buf_view(&b));
}

// ---- HTML

static bool breaks_line(struct str name)
{
	static const char *const names[] = { "br", "p",  "div",   "tr", "li",
					     "h1", "h2", "table", "pre" };

	for (size_t i = 0; i < COUNTOF(names); i++)
		if (str_eq_nocase(name, str_of(names[i])))
			return true;
	return false;
}

static bool begins_quote_of(const struct markup *m)
{
	static const char *const marks[] = { "gmail_quote",           "gmail_extra",
					     "divRplyFwdMsg",         "OLK_SRC_BODY_SECTION",
					     "appendonsend",          "yahoo_quoted",
					     "mail-editor-reference", "moz-cite-prefix" };
	struct str rest = m->text, key, value;

	if (str_eq_nocase(m->name, S("blockquote")))
		return true;
	while (markup_attribute(&rest, &key, &value))
		for (size_t i = 0; i < COUNTOF(marks); i++)
			if ((str_eq_nocase(key, S("class")) || str_eq_nocase(key, S("id"))) &&
			    str_contains(value, str_of(marks[i])))
				return true;
	return false;
}

// As HTML has it: a line's end is a blank like others.
static void put_text(struct buf *b, struct str raw, struct arena *a)
{
	char *room = arena_new(a, char, raw.n + 1);
	struct str s = { room, markup_text(raw, true, room) };

	for (size_t i = 0; i < s.n; i++) {
		bool blank = s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == '\t';

		if (!blank)
			buf_char(b, s.p[i]);
		else if (b->n > 0 && b->p[b->n - 1] != ' ' && b->p[b->n - 1] != '\n')
			buf_char(b, ' ');
	}
}

struct str reply_html(struct str html, struct arena *a)
{
	struct buf b = { .p = arena_new(a, char, html.n + 1), .cap = html.n + 1 };
	struct markup m = markup_of(html, true);
	enum markup_kind kind;

	while ((kind = markup_next(&m)) != MARKUP_END && kind != MARKUP_BAD &&
	       kind != MARKUP_MORE) {
		if (kind == MARKUP_OPEN && begins_quote_of(&m))
			break;
		if (kind == MARKUP_TEXT && !m.raw)
			put_text(&b, m.text, a);
		else if (kind != MARKUP_TEXT && breaks_line(m.name) && b.n > 0 &&
			 b.p[b.n - 1] != '\n')
			buf_char(&b, '\n');
	}
	return str_trim(buf_view(&b));
}
