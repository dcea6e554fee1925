#include "model/answer/said.h"

#include "base/time.h"
#include "codec/text/id.h"

// ---- words

static const struct {
	const char *words; // in lower case
	enum answer answer;
} phrases[] = {
	{ "opgelost", ANSWER_FIXED },
	{ "verholpen", ANSWER_FIXED },
	{ "hersteld", ANSWER_FIXED },
	{ "gerepareerd", ANSWER_FIXED },
	{ "fixed", ANSWER_FIXED },
	{ "resolved", ANSWER_FIXED },
	{ "solved", ANSWER_FIXED },
	{ "done", ANSWER_FIXED },
	{ "niet van ons", ANSWER_NOT_OURS },
	{ "not ours", ANSWER_NOT_OURS },
	{ "niet ons", ANSWER_NOT_OURS },
	{ "vals alarm", ANSWER_FALSE_ALARM },
	{ "false alarm", ANSWER_FALSE_ALARM },
	{ "false positive", ANSWER_FALSE_ALARM },
	{ "vals positief", ANSWER_FALSE_ALARM },
	{ "mee bezig", ANSWER_WORKING },
	{ "bezig", ANSWER_WORKING },
	{ "working on it", ANSWER_WORKING },
	{ "working", ANSWER_WORKING },
	{ "in behandeling", ANSWER_WORKING },
	{ "aanvaard", ANSWER_ACCEPTED },
	{ "geaccepteerd", ANSWER_ACCEPTED },
	{ "accepted", ANSWER_ACCEPTED },
	{ "gezien", ANSWER_SEEN },
	{ "ontvangen", ANSWER_SEEN },
	{ "seen", ANSWER_SEEN },
	{ "received", ANSWER_SEEN },
	{ "acknowledged", ANSWER_SEEN },
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

// Does an answer begin here; what stands behind it.
static bool begins(struct str line, enum answer *out, struct str *rest)
{
	for (size_t i = 0; i < COUNTOF(phrases); i++) {
		struct str w = str_of(phrases[i].words);

		if (!str_eq_nocase(str_first(line, w.n), w) ||
		    (line.n > w.n && is_letter(line.p[w.n])))
			continue;
		*out = phrases[i].answer;
		*rest = str_from(line, w.n);
		return true;
	}
	return false;
}

// ---- numbers

// The next one in the text, of the kind; takes all up to behind it.
static bool next_number(struct str *text, char kind, uint32_t *out)
{
	while (text->n > 0) {
		bool starts = ascii_lower(text->p[0]) == ascii_lower(kind);

		if (starts && id_read(str_first(*text, ID_TEXT - 1), kind, out)) {
			str_skip(text, ID_TEXT - 1);
			return true;
		}
		while (text->n > 0 && (is_letter(text->p[0]) || is_digit(text->p[0])))
			str_skip(text, 1);
		if (text->n > 0)
			str_skip(text, 1);
	}
	return false;
}

bool said_number(struct str text, char kind, uint32_t *out)
{
	text = str_first(text, SAID_BYTES);
	return next_number(&text, kind, out);
}

// ---- days

static unsigned month_of(struct str word)
{
	static const char *const names[12][2] = {
		{ "jan", "jan" }, { "feb", "feb" }, { "mar", "maa" }, { "apr", "apr" },
		{ "may", "mei" }, { "jun", "jun" }, { "jul", "jul" }, { "aug", "aug" },
		{ "sep", "sep" }, { "oct", "okt" }, { "nov", "nov" }, { "dec", "dec" },
	};

	for (unsigned m = 0; m < 12 && word.n >= 3; m++)
		for (unsigned i = 0; i < 2; i++)
			if (str_eq_nocase(str_first(word, 3), str_of(names[m][i])))
				return m + 1;
	return str_eq_nocase(word, S("mrt")) ? 3 : 0;
}

static unsigned year_of(int64_t now)
{
	char text[TIME_TEXT];
	uint64_t year = 0;

	time_write(now, text);
	return str_to_uint((struct str){ text, 4 }, 9999, &year) ? (unsigned)year : 0;
}

static bool is_date(unsigned year, unsigned month, unsigned day)
{
	static const unsigned char days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return year >= 1970 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= days[month - 1] && (month != 2 || day < 29 || leap);
}

// Without a year it is the next day of that date. The end of it is meant.
static bool day_from(unsigned year, unsigned month, unsigned day, int64_t now, int64_t *out)
{
	unsigned this = year_of(now);
	unsigned first = year > 0 ? year : this;

	if (!is_date(first, month, day))
		return false;
	*out = time_of_date((int)first, month, day) + TIME_DAY - TIME_SECOND;
	if (year == 0 && *out <= now && is_date(this + 1, month, day))
		*out = time_of_date((int)this + 1, month, day) + TIME_DAY - TIME_SECOND;
	return true;
}

static bool take_uint(struct str *s, uint64_t *out)
{
	size_t n = 0;

	while (n < s->n && n < 5 && is_digit(s->p[n]))
		n++;
	if (n == 0 || !str_to_uint(str_first(*s, n), 9999, out))
		return false;
	str_skip(s, n);
	return true;
}

// "2026-12-01", "1-12-2026", "1/12", "1 dec 2026", "1 december".
static bool read_day(struct str s, int64_t now, int64_t *out)
{
	uint64_t a, b, c = 0;
	unsigned month;
	char mark;

	if (!take_uint(&s, &a) || s.n == 0)
		return false;
	mark = s.p[0];
	str_skip(&s, 1);
	if (mark == ' ') {
		struct str word = s;

		while (s.n > 0 && is_letter(s.p[0]))
			str_skip(&s, 1);
		month = month_of(str_first(word, word.n - s.n));
		s = str_trim(s);
		if (month == 0 || (s.n > 0 && is_digit(s.p[0]) && !take_uint(&s, &c)))
			return false;
		return day_from((unsigned)c, month, (unsigned)a, now, out);
	}
	if ((mark != '-' && mark != '/') || !take_uint(&s, &b))
		return false;
	if (s.n > 1 && s.p[0] == mark && is_digit(s.p[1])) {
		str_skip(&s, 1);
		if (!take_uint(&s, &c))
			return false;
	}
	return a > 31 ? day_from((unsigned)a, (unsigned)b, (unsigned)c, now, out)
		      : day_from((unsigned)c, (unsigned)b, (unsigned)a, now, out);
}

static bool find_day(struct str rest, int64_t now, int64_t *out)
{
	static const char *const before[] = {
		"until", "till", "tot", "t/m", "before", "voor", "by"
	};

	while (rest.n > 0) {
		struct str word = str_cut(&rest, ' ');

		for (size_t i = 0; i < COUNTOF(before); i++)
			if (str_eq_nocase(word, str_of(before[i])))
				return read_day(str_trim(rest), now, out);
	}
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

static struct said_one *known(struct said *s, uint32_t finding)
{
	LIST_EACH (struct said_one, x, &s->at)
		if (!x->all && x->finding == finding)
			return x;
	return NULL;
}

static void add(struct reading *r, bool all, uint32_t finding)
{
	struct said_one *x = all ? NULL : known(r->out, finding);

	LIST_EACH (struct said_one, other, &r->out->at)
		if (all && other->all)
			x = other;
	if (x != NULL && x->answer != r->answer)
		r->out->clear = false; // two answers to one
	if (x != NULL || r->out->at.count == SAID_MOST)
		return;
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

static bool doubts(struct str line)
{
	static const char *const words[] = { "niet opgelost", "not fixed",    "not yet",
					     "nog niet",      "not resolved", "not solved",
					     "niet verholpen" };

	for (size_t i = 0; i < COUNTOF(words); i++)
		for (size_t at = 0, k = strlen(words[i]); at + k <= line.n; at++)
			if (str_eq_nocase((struct str){ line.p + at, k }, str_of(words[i])))
				return true;
	return false;
}

static void take_numbers(struct reading *r, struct str line)
{
	uint32_t finding;

	while (next_number(&line, 'F', &finding)) {
		r->named = true;
		add(r, false, finding);
	}
}

static bool only_numbers(struct str line)
{
	struct str rest = line;
	uint32_t finding;

	return next_number(&rest, 'F', &finding);
}

static void read_line(struct reading *r, struct str line)
{
	struct str rest;
	enum answer answer;

	while (line.n > 0 && (line.p[0] == '-' || line.p[0] == '*' || line.p[0] == ' '))
		str_skip(&line, 1);
	if (doubts(line)) {
		r->out->clear = false;
		return;
	}
	if (begins(line, &answer, &rest)) {
		end_answer(r);
		r->out->anything = true;
		r->answer = answer;
		r->named = false;
		r->until = TIME_NEVER;
		if (answer_has_day(answer) && !find_day(rest, r->now, &r->until) &&
		    answer == ANSWER_ACCEPTED)
			r->out->clear = false;
		if (str_has(rest, '?'))
			r->out->clear = false;
		take_numbers(r, rest);
	} else if (r->answer != ANSWER_COUNT && only_numbers(line)) {
		take_numbers(r, line);
	} else if (r->answer == ANSWER_COUNT && only_numbers(line)) {
		// "F-…: opgelost": the number first
		struct str behind = line;

		str_cut(&behind, ':');
		if (begins(str_trim(behind), &answer, &rest)) {
			r->out->anything = true;
			r->answer = answer;
			r->until = TIME_NEVER;
			if (answer_has_day(answer) && !find_day(rest, r->now, &r->until) &&
			    answer == ANSWER_ACCEPTED)
				r->out->clear = false;
			take_numbers(r, line);
			r->answer = ANSWER_COUNT;
		}
	} else if (line.n > 0) {
		end_answer(r);
	}
}

struct said said_read(struct str text, int64_t now, struct arena *a)
{
	struct said out = { .clear = true };
	struct reading r = { .out = &out, .a = a, .now = now, .answer = ANSWER_COUNT };
	struct str rest = str_first(text, SAID_BYTES);

	out.reason = str_first(str_trim(text), ANSWER_REASON);
	while (rest.n > 0)
		read_line(&r, str_trim(str_cut(&rest, '\n')));
	end_answer(&r);
	out.clear = out.clear && out.anything;
	return out;
}
