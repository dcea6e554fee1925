#include "model/answer/said.h"

#include "base/time.h"
#include "model/answer/said_day.h"
#include "model/answer/said_number.h"

// ---- words

static const struct phrase {
	const char *words; // in lower case
	enum answer answer;
	bool strict; // behind it not just anything may stand
} phrases[] = {
	{ "opgelost", ANSWER_FIXED, true },
	{ "verholpen", ANSWER_FIXED, true },
	{ "hersteld", ANSWER_FIXED, true },
	{ "gerepareerd", ANSWER_FIXED, true },
	{ "fixed", ANSWER_FIXED, true },
	{ "resolved", ANSWER_FIXED, true },
	{ "solved", ANSWER_FIXED, true },
	{ "done", ANSWER_FIXED, true },
	{ "niet van ons", ANSWER_NOT_OURS, false },
	{ "not ours", ANSWER_NOT_OURS, false },
	{ "niet ons", ANSWER_NOT_OURS, false },
	{ "niet onze", ANSWER_NOT_OURS, false },
	{ "vals alarm", ANSWER_FALSE_ALARM, false },
	{ "loos alarm", ANSWER_FALSE_ALARM, false },
	{ "false alarm", ANSWER_FALSE_ALARM, false },
	{ "false positive", ANSWER_FALSE_ALARM, false },
	{ "vals positief", ANSWER_FALSE_ALARM, false },
	{ "mee bezig", ANSWER_WORKING, false },
	{ "bezig", ANSWER_WORKING, false },
	{ "working on it", ANSWER_WORKING, false },
	{ "working", ANSWER_WORKING, true },
	{ "in behandeling", ANSWER_WORKING, false },
	{ "aanvaard", ANSWER_ACCEPTED, true },
	{ "geaccepteerd", ANSWER_ACCEPTED, true },
	{ "accepted", ANSWER_ACCEPTED, true },
	{ "gezien", ANSWER_SEEN, false },
	{ "ontvangen", ANSWER_SEEN, false },
	{ "seen", ANSWER_SEEN, false },
	{ "received", ANSWER_SEEN, false },
	{ "acknowledged", ANSWER_SEEN, false },
};

// What turns an answer that closes something into another thing.
static const char *const turns[] = {
	"niet",       "not",    "nog",      "geen",   "no",           "never",  "maar",
	"but",        "except", "behalve",  "deels",  "gedeeltelijk", "partly", "partially",
	"bijna",      "almost", "half",     "wordt",  "will",         "zal",    "soon",
	"binnenkort", "morgen", "tomorrow", "unless", "tenzij",
};

// Where these stand in a line without an answer, something is not over.
static const char *const doubts[] = {
	"niet opgelost", "nog niet",   "niet verholpen", "not fixed",
	"not resolved",  "not solved", "not yet",        "isn't fixed",
	"not done",      "onopgelost", "unresolved",     "niet meer bezig",
};

// Behind a strict one other words may only begin so; else they may say anything ("Fixed addresses
// are …", "Done with the report", "Working as it should").
static const char *const goes_on[] = {
	"door",      "by",      "in",        "op",        "on",         "via",   "met",    "sinds",
	"since",     "per",     "tot",       "until",     "till",       "t/m",   "voor",   "for",
	"van",       "vandaag", "today",     "gisteren",  "now",        "nu",    "thanks", "thank",
	"dank",      "bedankt", "yesterday", "vanmorgen", "vanochtend", "after", "na",     "per",
	"uiterlijk", "before",  "en",        "and",
};

static bool is_part(char c) // of a word
{
	char low = ascii_lower(c);

	return (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || c == '\'' ||
	       (unsigned char)c >= 0xc0;
}

static bool stands_at(struct str s, struct str words)
{
	return str_eq_nocase(str_first(s, words.n), words) &&
	       (s.n == words.n || !is_part(s.p[words.n]));
}

static bool any_at(struct str s, const char *const *of, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (stands_at(s, str_of(of[i])))
			return true;
	return false;
}

// To the next word of s.
static void next_word(struct str *s)
{
	while (s->n > 0 && is_part(s->p[0]))
		str_skip(s, 1);
	while (s->n > 0 && !is_part(s->p[0]))
		str_skip(s, 1);
}

static bool any_in(struct str s, const char *const *of, size_t n)
{
	if (s.n > 0 && !is_part(s.p[0]))
		next_word(&s);
	for (; s.n > 0; next_word(&s))
		if (any_at(s, of, n))
			return true;
	return false;
}

// The answer that begins here, and what stands behind it. NULL: none.
static const struct phrase *begins(struct str line, struct str *rest)
{
	for (size_t i = 0; i < COUNTOF(phrases); i++)
		if (stands_at(line, str_of(phrases[i].words))) {
			*rest = str_from(line, strlen(phrases[i].words));
			return &phrases[i];
		}
	return NULL;
}

static bool has_other(struct str s, enum answer answer)
{
	struct str rest;

	if (s.n > 0 && !is_part(s.p[0]))
		next_word(&s);
	for (; s.n > 0; next_word(&s)) {
		const struct phrase *other = begins(s, &rest);

		if (other != NULL && other->answer != answer)
			return true;
	}
	return false;
}

// A mark of a question ends a word.
static bool asks(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '?' && (i + 1 == s.n || s.p[i + 1] == ' '))
			return true;
	return false;
}

// ---- the text

struct reading {
	struct said *out;
	struct arena *a;
	int64_t now;
	enum answer answer; // of the lines below; ANSWER_COUNT: none
	int64_t until;
	bool named; // it has named a finding
};

static void add(struct reading *r, bool all, uint32_t finding)
{
	LIST_EACH (const struct said_one, x, &r->out->at) {
		if (!all && !x->all && x->finding != finding)
			continue;
		// Two answers to one, or one to all beside one to some.
		if (x->all != all || x->answer != r->answer || x->until != r->until)
			r->out->clear = false;
		return;
	}
	if (r->out->at.count == SAID_MOST) {
		r->out->clear = false;
		return;
	}
	*list_add(&r->out->at, r->a) = (struct said_one){
		.all = all, .finding = finding, .answer = r->answer, .until = r->until
	};
}

// An answer without a number is for the one finding of the notice.
static void end_answer(struct reading *r)
{
	if (r->answer != ANSWER_COUNT && !r->named)
		add(r, true, 0);
	r->answer = ANSWER_COUNT;
}

// Takes what is only numbers, and what stands between them, off the front; how many there were.
static size_t take_list(struct reading *r, struct str *s, bool answered)
{
	static const char *const between[] = { "en", "and", "und", "et" };
	size_t count = 0;

	while (s->n > 0) {
		uint32_t finding;
		size_t n = 0;
		enum said_number_kind kind = said_number_at(*s, 'F', &finding, &n);

		if (kind == SAID_NO_NUMBER && any_at(*s, between, COUNTOF(between)) && count > 0)
			n = s->p[0] == 'a' || s->p[0] == 'A' || s->p[0] == 'u' || s->p[0] == 'U'
				    ? 3
				    : 2;
		else if (kind == SAID_NO_NUMBER && str_has(S(" ,;:&+()[]*#.=-"), s->p[0]))
			n = 1;
		else if (kind == SAID_NO_NUMBER && str_has_prefix(*s, S("–")))
			n = 3;
		else if (kind == SAID_NO_NUMBER)
			break;
		if (kind == SAID_BAD_NUMBER)
			r->out->clear = false;
		if (kind == SAID_NUMBER && answered) {
			r->named = true;
			add(r, false, finding);
		}
		count += kind != SAID_NO_NUMBER;
		str_skip(s, n);
	}
	return count;
}

// All numbers of a line, whatever stands between; how many there were.
static size_t take_numbers(struct reading *r, struct str s)
{
	size_t count = 0;

	while (s.n > 0) {
		uint32_t finding;
		size_t n = 0;
		enum said_number_kind kind = said_number_at(s, 'F', &finding, &n);

		r->out->clear = r->out->clear && kind != SAID_BAD_NUMBER;
		if (kind == SAID_NUMBER && r->answer != ANSWER_COUNT) {
			r->named = true;
			add(r, false, finding);
		}
		count += kind != SAID_NO_NUMBER;
		str_skip(&s, kind != SAID_NO_NUMBER ? n : 0);
		next_word(&s);
	}
	return count;
}

// Each number of the line has its answer: it stands there once more.
static bool is_answered(const struct reading *r, struct str line)
{
	for (; line.n > 0; next_word(&line)) {
		uint32_t finding;
		size_t n;
		enum said_number_kind kind = said_number_at(line, 'F', &finding, &n);
		bool known = kind == SAID_NO_NUMBER;

		if (kind == SAID_NUMBER)
			LIST_EACH (const struct said_one, x, &r->out->at)
				known = known || (!x->all && x->finding == finding);
		if (!known)
			return false;
	}
	return true;
}

static bool is_plain_behind(struct str rest)
{
	uint32_t finding;
	size_t n;
	struct str s = str_trim(rest);

	return rest.n == 0 || s.n == 0 || !is_part(s.p[0]) ||
	       said_number_at(s, 'F', &finding, &n) != SAID_NO_NUMBER ||
	       said_number_at(s, 'N', &finding, &n) != SAID_NO_NUMBER ||
	       any_at(s, goes_on, COUNTOF(goes_on));
}

// The words behind an answer: its day, and nothing that makes another thing of it.
static void take_answer(struct reading *r, const struct phrase *p, struct str rest)
{
	bool closes = p->answer == ANSWER_FIXED || p->answer == ANSWER_ACCEPTED;

	r->out->anything = true;
	r->answer = p->answer;
	r->named = false;
	r->until = TIME_NEVER;
	if (answer_has_day(p->answer) && !said_day(rest, r->now, &r->until) &&
	    p->answer == ANSWER_ACCEPTED)
		r->out->clear = false;
	if (has_other(rest, p->answer) || (p->strict && !is_plain_behind(rest)) ||
	    (closes && any_in(rest, turns, COUNTOF(turns))))
		r->out->clear = false;
}

// "F-…, F-…: fixed". False: it is no such line.
static bool numbers_first(struct reading *r, struct str line)
{
	struct str behind = line, rest;
	const struct phrase *p;

	if (take_list(r, &behind, false) == 0 || (p = begins(behind, &rest)) == NULL)
		return false;
	end_answer(r);
	take_answer(r, p, rest);
	take_numbers(r, line);
	r->answer = ANSWER_COUNT;
	return true;
}

static void read_line(struct reading *r, struct str line)
{
	const struct phrase *p;
	struct str rest;

	while (line.n > 0 && str_has(S("-*+ \t"), line.p[0]))
		str_skip(&line, 1);
	if (line.n == 0)
		return;
	if (asks(line))
		r->out->clear = false;
	if ((p = begins(line, &rest)) != NULL) {
		end_answer(r);
		take_answer(r, p, rest);
		take_numbers(r, rest);
		return;
	}
	if (numbers_first(r, line))
		return;
	rest = line;
	if (take_list(r, &rest, false) > 0 && rest.n == 0 &&
	    (r->answer != ANSWER_COUNT || is_answered(r, line))) {
		rest = line;
		take_list(r, &rest, r->answer != ANSWER_COUNT);
		return;
	}
	end_answer(r);
	if (any_in(line, doubts, COUNTOF(doubts)) || take_numbers(r, line) > 0)
		r->out->clear = false; // of a finding something else is said
}

static struct str cut_between(struct str s, size_t most)
{
	size_t n = s.n < most ? s.n : most;

	while (n > 0 && n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return str_first(s, n);
}

struct said said_read(struct str text, int64_t now, struct arena *a)
{
	struct said out = { .clear = true };
	struct reading r = { .out = &out, .a = a, .now = now, .answer = ANSWER_COUNT };
	struct str rest = str_first(text, SAID_BYTES);

	out.reason = cut_between(str_trim(text), ANSWER_REASON);
	while (rest.n > 0)
		read_line(&r, str_trim(str_cut(&rest, '\n')));
	end_answer(&r);
	out.clear = out.clear && out.anything && text.n <= SAID_BYTES;
	return out;
}
