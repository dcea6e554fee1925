#include "model/notice/week.h"

#include "base/str.h"
#include "base/time.h"
#include "base/zone.h"

// The Monday of the day on the wall.
static int64_t monday_of(int64_t local)
{
	int64_t day = time_day(local);

	return day - (int64_t)((zone_weekday(day) + 6) % 7) * TIME_DAY;
}

static int year_of(int64_t local)
{
	char text[TIME_TEXT];
	uint64_t year = 0;

	time_write(local, text);
	return str_to_uint((struct str){ text, 4 }, 9999, &year) ? (int)year : 0;
}

static struct week week_from(int64_t monday)
{
	int year = year_of(monday + 3 * TIME_DAY); // its Thursday's
	int64_t first = monday_of(time_of_date(year, 1, 4));

	return (struct week){ year, (int)((monday - first) / (7 * TIME_DAY)) + 1,
			      zone_moment(monday), zone_moment(monday + 7 * TIME_DAY) };
}

struct week week_of(int64_t t)
{
	return week_from(monday_of(t + zone_ahead(t)));
}

struct week week_before(int64_t t)
{
	return week_from(monday_of(t + zone_ahead(t)) - 7 * TIME_DAY);
}
