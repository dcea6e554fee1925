#include "base/time.h"

#include "base/buf.h"

// Days since 1970-01-01 of a date in the proleptic Gregorian calendar, counted
// in years that begin in March, so that the leap day is the last of its year.
static int64_t days_of(int64_t year, unsigned month, unsigned day)
{
	int64_t y = year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400, of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static unsigned month_length(unsigned year, unsigned month)
{
	static const unsigned char length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return length[month - 1] + (unsigned)(month == 2 && leap);
}

// Exactly n digits at the start of *s.
static bool digits(struct str *s, size_t n, unsigned *out)
{
	uint64_t v;

	if (s->n < n || !str_to_uint(str_first(*s, n), 9999, &v))
		return false;
	str_skip(s, n);
	*out = (unsigned)v;
	return true;
}

static bool skip_one(struct str *s, char c)
{
	if (!str_starts(*s, c))
		return false;
	str_skip(s, 1);
	return true;
}

static bool read_date(struct str *s, int64_t *out)
{
	unsigned y, m, d;

	if (!digits(s, 4, &y) || !skip_one(s, '-') || !digits(s, 2, &m) || !skip_one(s, '-') ||
	    !digits(s, 2, &d) || y < 1 || m < 1 || m > 12 || d < 1 || d > month_length(y, m))
		return false;
	*out = days_of(y, m, d) * TIME_DAY;
	return true;
}

static bool read_fraction(struct str *s, int64_t *out)
{
	int64_t unit = TIME_SECOND;
	size_t n = 0;

	if (!skip_one(s, '.'))
		return true;
	for (; n < s->n && s->p[n] >= '0' && s->p[n] <= '9'; n++) {
		unit /= 10; // below a microsecond: read, and worth nothing
		*out += (s->p[n] - '0') * unit;
	}
	str_skip(s, n);
	return n > 0;
}

static bool read_clock(struct str *s, int64_t *out)
{
	unsigned h, m, sec = 0;

	if (!digits(s, 2, &h) || !skip_one(s, ':') || !digits(s, 2, &m) || h > 23 || m > 59)
		return false;
	if (skip_one(s, ':') && (!digits(s, 2, &sec) || sec > 60))
		return false;
	*out += h * TIME_HOUR + m * TIME_MINUTE + sec * TIME_SECOND;
	return read_fraction(s, out);
}

static bool read_zone(struct str *s, int64_t *out)
{
	bool east = str_starts(*s, '+');
	unsigned h, m;
	int64_t off;

	if (s->n == 0 || str_eq(*s, S("Z")) || str_eq(*s, S("z")) || str_eq(*s, S(" UTC")))
		return true;
	if (!east && !str_starts(*s, '-'))
		return false;
	str_skip(s, 1);
	if (!digits(s, 2, &h))
		return false;
	skip_one(s, ':');
	if (!digits(s, 2, &m) || (s->n > 0 && !str_eq(*s, S(" UTC"))) || h > 23 || m > 59)
		return false;
	off = h * TIME_HOUR + m * TIME_MINUTE;
	*out -= east ? off : -off;
	return true;
}

bool time_read(struct str s, int64_t *out)
{
	int64_t t;

	if (!read_date(&s, &t))
		return false;
	if (s.n > 0) {
		if (s.p[0] != 'T' && s.p[0] != 't' && s.p[0] != ' ')
			return false;
		str_skip(&s, 1);
		if (!read_clock(&s, &t) || !read_zone(&s, &t))
			return false;
	}
	*out = t;
	return true;
}

int64_t time_day(int64_t t)
{
	int64_t of_day = t % TIME_DAY;

	return t - (of_day < 0 ? of_day + TIME_DAY : of_day);
}

int64_t time_of_date(int year, unsigned month, unsigned day)
{
	return days_of(year, month, day) * TIME_DAY;
}

// The last n digits of v.
static void put_digits(struct buf *b, unsigned v, unsigned n)
{
	char text[8];

	for (unsigned i = n; i-- > 0; v /= 10)
		text[i] = (char)('0' + v % 10);
	buf_add(b, text, n);
}

static void put_clock(struct buf *b, int64_t left)
{
	unsigned seconds = (unsigned)(left / TIME_SECOND), below = (unsigned)(left % TIME_SECOND);

	put_digits(b, seconds / 3600, 2);
	buf_char(b, ':');
	put_digits(b, seconds / 60 % 60, 2);
	buf_char(b, ':');
	put_digits(b, seconds % 60, 2);
	if (below == 0)
		return;
	buf_char(b, '.');
	put_digits(b, below, 6);
}

size_t time_write(int64_t t, char out[TIME_TEXT])
{
	int64_t day = time_day(t), left = t - day, z = day / TIME_DAY + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	unsigned of_era = (unsigned)(z - era * 146097);
	unsigned y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	unsigned of_year = of_era - (365 * y + y / 4 - y / 100);
	unsigned march = (5 * of_year + 2) / 153, month = march < 10 ? march + 3 : march - 9;
	int64_t year = y + era * 400 + (month <= 2);
	struct buf b = { .p = out, .cap = TIME_TEXT };

	if (year < 0 || year > 9999) {
		out[0] = '\0';
		return 0;
	}
	put_digits(&b, (unsigned)year, 4);
	buf_char(&b, '-');
	put_digits(&b, month, 2);
	buf_char(&b, '-');
	put_digits(&b, of_year - (153 * march + 2) / 5 + 1, 2);
	buf_char(&b, 'T');
	put_clock(&b, left);
	buf_char(&b, 'Z');
	out[b.n] = '\0';
	return b.n;
}
