#include "base/test.h"
#include "base/time.h"
#include "model/notice/week.h"

TEST("week: numbers are those of ISO 8601, also around the year's end")
{
	static const struct {
		int year;
		unsigned month, day;
		int of, number;
	} rows[] = {
		{ 2026, 11, 24, 2026, 48 }, { 2026, 1, 1, 2026, 1 },    { 2025, 12, 29, 2026, 1 },
		{ 2021, 1, 3, 2020, 53 },   { 2021, 1, 4, 2021, 1 },    { 2027, 1, 3, 2026, 53 },
		{ 2024, 12, 30, 2025, 1 },  { 2026, 12, 31, 2026, 53 },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		int64_t t = time_of_date(rows[i].year, rows[i].month, rows[i].day) + 12 * TIME_HOUR;
		struct week w = week_of(t);

		CHECK(w.year == rows[i].of && w.number == rows[i].number);
		CHECK(w.from <= t && t < w.until);
		CHECK(week_before(w.until).from == w.from && week_before(t).until == w.from);
	}
}

TEST("week: it begins at midnight on the wall, and one with a change of the clock has another "
     "length")
{
	struct week w = week_of(time_of_date(2026, 3, 25)); // summer time begins on the 29th

	CHECK(w.from == time_of_date(2026, 3, 22) + 23 * TIME_HOUR);
	CHECK(w.until - w.from == 7 * TIME_DAY - TIME_HOUR);
}
