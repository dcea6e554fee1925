#include "base/zone.h"

#include "base/str.h"
#include "base/time.h"

// 1970-01-01 was a Thursday.
unsigned zone_weekday(int64_t local)
{
	int64_t days = time_day(local) / TIME_DAY + 4;

	return (unsigned)((days % 7 + 7) % 7);
}

// The last Sunday of a month of 31 days, at 01:00 UTC.
static int64_t clocks_change(int year, unsigned month)
{
	int64_t last = time_of_date(year, month, 31);

	return last - zone_weekday(last) * TIME_DAY + TIME_HOUR;
}

int64_t zone_ahead(int64_t t)
{
	char text[TIME_TEXT];
	uint64_t year = 0;

	if (t < time_of_date(1, 1, 2) || t >= time_of_date(9999, 12, 31) ||
	    time_write(t, text) == 0 || !str_to_uint((struct str){ text, 4 }, 9999, &year))
		return TIME_HOUR;
	return t >= clocks_change((int)year, 3) && t < clocks_change((int)year, 10) ? 2 * TIME_HOUR
										    : TIME_HOUR;
}

int64_t zone_moment(int64_t local)
{
	return local - zone_ahead(local - 2 * TIME_HOUR);
}
