#include "codec/text/reply.h"

#include "base/buf.h"

enum { ATTRIBUTION = 400, DASHES = 10 }; // bytes of "On … wrote:" over its lines; of a line across

// ---- words of a line

static struct str trim(struct str s) // also blanks that do not break
{
	for (bool more = true; more;) {
		s = str_trim(s);
		more = str_has_prefix(s, S("\xc2\xa0")) || str_has_suffix(s, S("\xc2\xa0"));
		if (str_has_prefix(s, S("\xc2\xa0")))
			str_skip(&s, 2);
		else if (more)
			s.n -= 2;
	}
	return s;
}

static bool any_prefix(struct str line, const char *const *of, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(str_first(line, strlen(of[i])), str_of(of[i])))
			return true;
	return false;
}

static bool any_within(struct str line, const char *const *of, size_t n)
{
	for (size_t at = 0; at < line.n; at++)
		if (any_prefix(str_from(line, at), of, n))
			return true;
	return false;
}

static bool has_digit(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return true;
	return false;
}

// Nothing but dashes and their like, and at least `least` of them.
static bool is_line_across(struct str line, size_t least)
{
	struct str s = trim(line);

	for (size_t i = 0; i < s.n; i++)
		if (!str_has(S("-_=*"), s.p[i]))
			return false;
	return s.n >= least;
}

// ---- quotes

static bool is_quoted(struct str line)
{
	struct str s = trim(line);

	return str_starts(s, '>') || str_starts(s, '|');
}

// "On Mon … wrote:", "Op ma … schreef …:", "Am … schrieb …:", "Le … a écrit :", "2026-03-02 10:00 Z
// <a@b.example>:".
static bool attributes(struct str s)
{
	static const char *const verbs[] = { "wrote",   "writes",  "schreef",  "geschreven",
					     "schrieb", "écrit",   "escribió", "scritto",
					     "napisał", "написал", "escreveu", "skrev" };
	struct str t = trim(s);

	if (t.n > ATTRIBUTION || !(has_digit(t) || str_has(t, '@')))
		return false;
	if (str_has_suffix(t, S("wrote -")))
		return true;
	return str_has_suffix(t, S(":")) &&
	       (any_within(t, verbs, COUNTOF(verbs)) ||
		(str_has_suffix(t, S(">:")) && str_has(t, '@') && has_digit(t)));
}

// Also where it is broken over two or three lines, which are then taken off rest.
static bool begins_quote(struct str line, struct str *rest)
{
	static const char *const begins[] = { "On ", "Op ", "Am ", "Le ", "El ", "Il ", "W dniu " };
	struct str after = *rest;

	if (attributes(line))
		return true;
	if (!any_prefix(trim(line), begins, COUNTOF(begins)) &&
	    !has_digit(str_first(trim(line), 2)))
		return false;
	for (unsigned i = 0; i < 2 && after.n > 0; i++) {
		struct str next = str_cut(&after, '\n');
		struct str whole = { line.p, (size_t)(next.p + next.n - line.p) };

		if (trim(next).n == 0 || is_quoted(next) || whole.n > ATTRIBUTION)
			return false;
		if (attributes(whole)) {
			*rest = after;
			return true;
		}
	}
	return false;
}

static bool is_quoted_below(struct str rest)
{
	while (rest.n > 0) {
		struct str line = str_cut(&rest, '\n');

		if (trim(line).n > 0)
			return is_quoted(line);
	}
	return false;
}

// Below these stands nothing that is new, whatever comes.
static bool ends_text(struct str line)
{
	static const char *const marks[] = {
		"original message",          "originalnachricht",
		"ursprüngliche nachricht",   "oorspronkelijk",
		"message d'origine",         "message original",
		"forwarded message",         "doorgestuurd bericht",
		"begin forwarded message:",  "begin doorgestuurd bericht:",
		"weitergeleitete nachricht",
	};
	struct str s = trim(line);
	bool dashed = str_has_prefix(s, S("---"));

	if (str_starts(s, '_') && is_line_across(s, DASHES))
		return true;
	if (str_eq_nocase(str_first(s, 6), S("begin ")))
		return any_prefix(s, marks, COUNTOF(marks));
	while (s.n > 0 && (s.p[0] == '-' || s.p[0] == ' '))
		str_skip(&s, 1);
	return dashed && any_prefix(s, marks, COUNTOF(marks));
}

// Outlook's block: "From: …" with a date and a subject in the lines below; "*From:* …" too.
static bool is_head_field(struct str line)
{
	static const char *const names[] = {
		"From:",    "Van:",       "Von:",        "De :",      "De:",      "Da:",
		"Sent:",    "Verzonden:", "Verstuurd:",  "Gesendet:", "Envoyé :", "Envoyé:",
		"Enviado:", "Date:",      "Datum:",      "Date :",    "To:",      "Aan:",
		"An:",      "À :",        "À:",          "Para:",     "Subject:", "Onderwerp:",
		"Betreff:", "Objet :",    "Objet:",      "Asunto:",   "Cc:",      "Cc :",
		"Kopie:",   "От:",        "Отправлено:", "Кому:",     "Тема:",
	};
	struct str s = trim(line);

	if (str_starts(s, '*'))
		str_skip(&s, 1);
	return any_prefix(s, names, COUNTOF(names));
}

static bool begins_head(struct str line, struct str rest)
{
	unsigned fields = 0;

	if (!is_head_field(line))
		return false;
	for (unsigned i = 0; i < 5 && rest.n > 0; i++)
		fields += is_head_field(str_cut(&rest, '\n'));
	return fields >= 2;
}

// ---- signatures

static bool begins_signature(struct str line)
{
	static const char *const sent[] = {
		"Sent from my ",  "Sent from Outlook", "Sent from Mail for", "Sent with ",
		"Sent via ",      "Verstuurd vanaf ",  "Verzonden vanaf ",   "Verzonden met ",
		"Verstuurd met ", "Verstuurd via ",    "Von meinem ",        "Gesendet von ",
		"Gesendet mit ",  "Envoyé de mon ",    "Envoyé depuis ",     "Get Outlook for",
		"Outlook voor ",  "Download Outlook ", "Outlook für ",
	};
	struct str s = trim(line);

	return str_eq(s, S("--")) || str_eq(s, S("__")) ||
	       (any_prefix(s, sent, COUNTOF(sent)) && !str_has(s, ','));
}

// ---- the text

static struct str without_end(struct str s)
{
	for (struct str line; s.n > 0; s = trim(str_first(s, s.n - line.n))) {
		size_t n = s.n;

		while (n > 0 && s.p[n - 1] != '\n')
			n--;
		line = str_from(s, n);
		if (!is_line_across(line, DASHES))
			break;
	}
	return s;
}

struct str reply_new(struct str text, struct arena *a)
{
	struct buf b = { .p = arena_new(a, char, text.n + 1), .cap = text.n + 1 };
	struct str rest = text;

	while (rest.n > 0) {
		struct str line = str_cut(&rest, '\n');

		if (ends_text(line) || begins_head(line, rest) || begins_signature(line))
			break;
		if (is_quoted(line))
			continue;
		if (begins_quote(line, &rest)) {
			if (!is_quoted_below(rest))
				break; // whose words are these?
			continue;
		}
		buf_str(&b, str_has_suffix(line, S("\r")) ? str_first(line, line.n - 1) : line);
		buf_char(&b, '\n');
		if (b.over)
			break;
	}
	return without_end(trim(buf_view(&b)));
}
