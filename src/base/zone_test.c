#include "base/test.h"
#include "base/time.h"
#include "base/zone.h"

static int64_t at(const char *text)
{
	int64_t t = 0;

	CHECK(time_read(str_of(text), &t));
	return t;
}

TEST("zone: Central Europe is an hour ahead, and two from the last Sunday of March to October's")
{
	static const struct {
		const char *utc;
		int hours;
	} rows[] = {
		{ "2026-01-01T00:00:00Z", 1 }, { "2026-03-29T00:59:59.999999Z", 1 },
		{ "2026-03-29T01:00:00Z", 2 }, { "2026-10-25T00:59:59.999999Z", 2 },
		{ "2026-10-25T01:00:00Z", 1 }, { "2024-03-31T01:00:00Z", 2 },
		{ "2030-10-27T00:59:59Z", 2 }, { "2030-10-27T01:00:00Z", 1 },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(zone_ahead(at(rows[i].utc)) == rows[i].hours * TIME_HOUR);
	CHECK(zone_ahead(TIME_NEVER) == TIME_HOUR && zone_ahead(TIME_EVER) == TIME_HOUR);
}

TEST("zone: what is on the wall is a moment")
{
	static const struct {
		const char *wall, *utc;
	} rows[] = {
		{ "2026-03-02T09:00:00Z", "2026-03-02T08:00:00Z" },
		{ "2026-07-02T09:00:00Z", "2026-07-02T07:00:00Z" },
		{ "2026-03-29T01:59:00Z", "2026-03-29T00:59:00Z" },
		{ "2026-03-29T02:30:00Z", "2026-03-29T01:30:00Z" }, // there is none
		{ "2026-03-29T03:00:00Z", "2026-03-29T01:00:00Z" },
		{ "2026-10-25T02:30:00Z", "2026-10-25T00:30:00Z" }, // the first of two
		{ "2026-10-25T03:00:00Z", "2026-10-25T02:00:00Z" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		printf("# row %zu\n", i);
		CHECK(zone_moment(at(rows[i].wall)) == at(rows[i].utc));
	}
}

TEST("zone: the first of March 2026 is a Sunday")
{
	CHECK(zone_weekday(at("2026-03-01T23:59:59Z")) == 0 && zone_weekday(at("2026-03-02")) == 1);
	CHECK(zone_weekday(at("1969-12-31")) == 3);
}
