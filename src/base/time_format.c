#include "base/time_format.h"

#include "base/buf.h"

struct reading {
	struct str s;
	unsigned year, month, day, yday, hour, minute, second;
	bool pm, am, zoned, epoch;
	int64_t fraction, zone, since;
};

static bool number(struct reading *r, size_t least, size_t most, unsigned low, unsigned high,
		   unsigned *out)
{
	size_t n = 0;
	uint64_t v;

	while (n < most && n < r->s.n && r->s.p[n] >= '0' && r->s.p[n] <= '9')
		n++;
	if (n < least || !str_to_uint(str_first(r->s, n), high, &v) || v < low)
		return false;
	str_skip(&r->s, n);
	*out = (unsigned)v;
	return true;
}

// One of n names, whole or its first three letters, in *out from 1.
static bool name(struct reading *r, const char *const *names, unsigned n, unsigned *out)
{
	for (unsigned i = 0; i < n; i++) {
		struct str whole = str_of(names[i]), three = str_first(whole, 3);
		bool long_one = str_eq_nocase(str_first(r->s, whole.n), whole);

		if (!long_one && !str_eq_nocase(str_first(r->s, 3), three))
			continue;
		str_skip(&r->s, long_one ? whole.n : three.n);
		*out = i + 1;
		return true;
	}
	return false;
}

static const char *const months[] = { "January",   "February", "March",    "April",
				      "May",       "June",     "July",     "August",
				      "September", "October",  "November", "December" };
static const char *const days[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
				    "Friday", "Saturday", "Sunday" };

static bool half(struct reading *r)
{
	r->am = str_eq_nocase(str_first(r->s, 2), S("am"));
	r->pm = str_eq_nocase(str_first(r->s, 2), S("pm"));
	str_skip(&r->s, r->am || r->pm ? 2 : 0);
	return r->am || r->pm;
}

static bool fraction(struct reading *r)
{
	int64_t unit = TIME_SECOND;
	size_t n = 0;

	for (; n < r->s.n && r->s.p[n] >= '0' && r->s.p[n] <= '9'; n++) {
		unit /= 10;
		r->fraction += unit * (r->s.p[n] - '0');
	}
	str_skip(&r->s, n);
	return n > 0;
}

static bool since(struct reading *r)
{
	size_t n = 0;
	uint64_t v;

	while (n < r->s.n && r->s.p[n] >= '0' && r->s.p[n] <= '9')
		n++;
	if (!str_to_uint(str_first(r->s, n), 253402300799u, &v))
		return false;
	str_skip(&r->s, n);
	r->since = (int64_t)v * TIME_SECOND;
	r->epoch = r->zoned = true;
	return true;
}

bool time_read_zone(struct str s, int64_t *out)
{
	struct reading r = { .s = s };
	unsigned h, m = 0;
	bool west;

	if (str_eq_nocase(s, S("Z")) || str_eq_nocase(s, S("UTC")) || str_eq_nocase(s, S("GMT"))) {
		*out = 0;
		return true;
	}
	west = str_starts(s, '-');
	if (!west && !str_starts(s, '+'))
		return false;
	str_skip(&r.s, 1);
	if (!number(&r, 2, 2, 0, 23, &h))
		return false;
	str_skip(&r.s, str_starts(r.s, ':'));
	if (r.s.n > 0 && !number(&r, 2, 2, 0, 59, &m))
		return false;
	*out = (west ? -1 : 1) * ((int64_t)h * TIME_HOUR + (int64_t)m * TIME_MINUTE);
	return r.s.n == 0;
}

static bool zone(struct reading *r)
{
	size_t n = 0;

	while (n < r->s.n && n < 6 && r->s.p[n] != ' ' && r->s.p[n] != ')' && r->s.p[n] != ']')
		n++;
	if (!time_read_zone(str_first(r->s, n), &r->zone))
		return false;
	str_skip(&r->s, n);
	r->zoned = true;
	return true;
}

static bool two_digits_of_a_year(struct reading *r)
{
	if (!number(r, 2, 2, 0, 99, &r->year))
		return false;
	r->year += r->year < 69 ? 2000 : 1900;
	return true;
}

static bool take(struct reading *r, char letter)
{
	unsigned weekday;

	switch (letter) {
	case 'Y':
		return number(r, 4, 4, 1, 9999, &r->year);
	case 'y':
		return two_digits_of_a_year(r);
	case 'm':
		return number(r, 1, 2, 1, 12, &r->month);
	case 'd':
		return number(r, 1, 2, 1, 31, &r->day);
	case 'j':
		return number(r, 1, 3, 1, 366, &r->yday);
	case 'b':
	case 'B':
		return name(r, months, COUNTOF(months), &r->month);
	case 'a':
	case 'A':
		return name(r, days, COUNTOF(days), &weekday);
	case 'H':
		return number(r, 1, 2, 0, 23, &r->hour);
	case 'I':
		return number(r, 1, 2, 1, 12, &r->hour);
	case 'M':
		return number(r, 1, 2, 0, 59, &r->minute);
	case 'S':
		return number(r, 1, 2, 0, 60, &r->second);
	case 'p':
		return half(r);
	case 'f':
		return fraction(r);
	case 's':
		return since(r);
	case 'z':
		return zone(r);
	case '%':
		if (!str_starts(r->s, '%'))
			return false;
		str_skip(&r->s, 1);
		return true;
	default:
		return false;
	}
}

static bool walk(struct reading *r, struct str format)
{
	for (; format.n > 0; str_skip(&format, 1)) {
		char c = format.p[0];

		if (c == '%' && format.n > 1) {
			str_skip(&format, 1);
			if (!take(r, format.p[0]))
				return false;
		} else if (c == ' ') {
			while (str_starts(r->s, ' ') || str_starts(r->s, '\t'))
				str_skip(&r->s, 1);
		} else if (str_starts(r->s, c)) {
			str_skip(&r->s, 1);
		} else {
			return false;
		}
	}
	return r->s.n == 0;
}

static bool put_together(const struct reading *r, int64_t *out)
{
	char text[TIME_TEXT];
	struct buf b = BUF_ON(text);
	unsigned hour = r->pm ? r->hour % 12 + 12 : r->am ? r->hour % 12 : r->hour;
	int64_t t;

	if (r->epoch) {
		*out = r->since + r->fraction;
		return true;
	}
	buf_fmt(&b, "%04u-%02u-%02uT%02u:%02u:%02uZ", r->year, r->yday > 0 ? 1 : r->month,
		r->yday > 0 ? 1 : r->day, hour, r->minute, r->second);
	if (r->year < 1 || !time_read(buf_view(&b), &t))
		return false;
	if (r->yday > 0)
		t += (int64_t)(r->yday - 1) * TIME_DAY;
	*out = t + r->fraction - r->zone;
	return true;
}

bool time_read_as(struct str s, struct str format, int64_t *out, bool *zoned)
{
	struct reading r = { .s = str_trim(s), .month = 1, .day = 1 };

	if (!walk(&r, format) || !put_together(&r, out))
		return false;
	*zoned = r.zoned;
	return true;
}

bool time_has_zone(struct str s)
{
	size_t sign = s.n;

	if (s.n > 0 && (ascii_lower(s.p[s.n - 1]) == 'z' || ascii_lower(s.p[s.n - 1]) == 'c' ||
			ascii_lower(s.p[s.n - 1]) == 't'))
		return true;
	for (size_t i = 10; i < s.n; i++)
		if (s.p[i] == '+' || s.p[i] == '-')
			sign = i;
	return sign < s.n;
}
