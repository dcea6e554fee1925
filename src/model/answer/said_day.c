#include "model/answer/said_day.h"

#include "base/attr.h"
#include "base/time.h"

enum { BETWEEN = 3 }; // words that may stand before the day: "tot en met vrijdag 1 december"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	char low = ascii_lower(c);

	return low >= 'a' && low <= 'z';
}

static struct str letters_of(struct str s)
{
	size_t n = 0;

	while (n < s.n && is_letter(s.p[n]))
		n++;
	return str_first(s, n);
}

// A name of a month or three letters of it, and more: "dec", "sept"; 0: it is none.
static unsigned month_of(struct str word)
{
	static const char *const names[12][2] = {
		{ "january", "januari" }, { "february", "februari" }, { "march", "maart" },
		{ "april", "april" },     { "may", "mei" },           { "june", "juni" },
		{ "july", "juli" },       { "august", "augustus" },   { "september", "september" },
		{ "october", "oktober" }, { "november", "november" }, { "december", "december" },
	};

	for (unsigned m = 0; m < 12 && word.n >= 3; m++)
		for (unsigned i = 0; i < 2; i++)
			if (str_eq_nocase(word, str_first(str_of(names[m][i]), word.n)))
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

struct day {
	uint64_t year, month, day; // year 0: not said
};

static bool moment(const struct day *d, int64_t now, int64_t *out)
{
	unsigned month = (unsigned)d->month, day = (unsigned)d->day, this = year_of(now);
	unsigned first = d->year > 0 ? (unsigned)d->year + (d->year < 100 ? 2000 : 0) : this;

	if (!is_date(first, month, day))
		return false;
	*out = time_of_date((int)first, month, day) + TIME_DAY - TIME_SECOND;
	if (d->year == 0 && *out <= now && is_date(this + 1, month, day))
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

static void take_year(struct str s, uint64_t *out)
{
	while (s.n > 0 && (s.p[0] == ' ' || s.p[0] == ','))
		str_skip(&s, 1);
	if (s.n < 4 || !take_uint(&s, out) || *out < 1970)
		*out = 0;
}

// "1 dec", "1st of December, 2026".
static bool read_named(struct str s, struct day *d)
{
	static const char *const after[] = { "st", "nd", "rd", "th", "e" };
	struct str word;

	for (size_t i = 0; i < COUNTOF(after); i++)
		if (str_eq_nocase(letters_of(s), str_of(after[i])))
			str_skip(&s, strlen(after[i]));
	s = str_trim(s);
	if (str_eq_nocase(letters_of(s), S("of")))
		s = str_trim(str_from(s, 2));
	word = letters_of(s);
	d->month = month_of(word);
	str_skip(&s, word.n);
	if (str_starts(s, '.'))
		str_skip(&s, 1);
	take_year(s, &d->year);
	return d->month > 0;
}

static bool read_numbers(struct str s, uint64_t first, char mark, struct day *d)
{
	uint64_t second, third = 0;

	if (!take_uint(&s, &second))
		return false;
	if (s.n > 1 && s.p[0] == mark && is_digit(s.p[1])) {
		str_skip(&s, 1);
		if (!take_uint(&s, &third))
			return false;
	}
	*d = first > 31 ? (struct day){ first, second, third }
			: (struct day){ third, second, first };
	return true;
}

static bool read_day(struct str s, int64_t now, int64_t *out)
{
	struct str name = letters_of(s);
	struct day d = { 0 };
	uint64_t first;

	if (month_of(name) > 0) { // "December 1"
		d.month = month_of(name);
		s = str_trim(str_from(s, name.n));
		if (!take_uint(&s, &d.day) || d.day > 31)
			return false;
		take_year(s, &d.year);
		return moment(&d, now, out);
	}
	if (!take_uint(&s, &first) || s.n == 0)
		return false;
	if (s.p[0] == '-' || s.p[0] == '/')
		return read_numbers(str_from(s, 1), first, s.p[0], &d) && moment(&d, now, out);
	d.day = first;
	return first <= 31 && read_named(s, &d) && moment(&d, now, out);
}

static bool is_before(struct str word)
{
	static const char *const words[] = { "until",  "till", "tot",       "t/m",
					     "before", "voor", "uiterlijk", "by" };

	while (word.n > 0 && str_has(S("(,;:"), word.p[0]))
		str_skip(&word, 1);
	if (str_has_suffix(word, S(":")))
		word.n--;
	for (size_t i = 0; i < COUNTOF(words); i++)
		if (str_eq_nocase(word, str_of(words[i])))
			return true;
	return false;
}

bool said_day(struct str words, int64_t now, int64_t *out)
{
	struct str rest = words;

	while (rest.n > 0) {
		if (!is_before(str_cut(&rest, ' ')))
			continue;
		rest = str_trim(rest);
		for (unsigned i = 0; i <= BETWEEN && rest.n > 0; i++) {
			if (is_digit(rest.p[0]) || month_of(letters_of(rest)) > 0)
				return read_day(rest, now, out);
			str_cut(&rest, ' ');
			rest = str_trim(rest);
		}
		return false;
	}
	return false;
}
