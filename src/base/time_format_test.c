#include "base/test.h"
#include "base/time_format.h"

TEST("time: what publishers write is read by their format")
{
	static const struct {
		const char *text, *format, *is;
		bool zoned;
	} rows[] = {
		{ "2026-03-02 04:11", "%Y-%m-%d %H:%M", "2026-03-02T04:11:00Z", false },
		{ "01/Aug/2018:09:49:41 +0200", "%d/%b/%Y:%H:%M:%S %z", "2018-08-01T07:49:41Z",
		  true },
		{ "Mon, 17 Aug 2015 14:36:19 +0000", "%a, %d %b %Y %H:%M:%S %z",
		  "2015-08-17T14:36:19Z", true },
		{ "March 5 26 1:02 pm", "%B %d %y %I:%M %p", "2026-03-05T13:02:00Z", false },
		{ "12:00 AM 2026-01-01", "%I:%M %p %Y-%m-%d", "2026-01-01T00:00:00Z", false },
		{ "1495782036", "%s", "2017-05-26T07:00:36Z", true },
		{ "2026-060", "%Y-%j", "2026-03-01T00:00:00Z", false },
		{ "2026-03-02T04:11:05.25Z", "%Y-%m-%dT%H:%M:%S.%f%z",
		  "2026-03-02T04:11:05.250000Z", true },
		{ "20260302", "%Y%m%d", "2026-03-02T00:00:00Z", false },
		{ "100%", "%y0%%", "2010-01-01T00:00:00Z", false },
		{ "2026-02-30", "%Y-%m-%d", NULL, false },
		{ "2026-03-02 x", "%Y-%m-%d", NULL, false },
		{ "2026-03", "%Y-%m-%d", NULL, false },
		{ "25:00", "%H:%M", NULL, false },
		{ "", "%Y", NULL, false },
		{ "04:11", "%H:%M", NULL, false },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		char text[TIME_TEXT] = "";
		bool zoned = false;
		int64_t t = 0;
		bool good = time_read_as(str_of(rows[i].text), str_of(rows[i].format), &t, &zoned);

		CHECK(good == (rows[i].is != NULL));
		if (!good)
			continue;
		text[time_write(t, text)] = '\0';
		CHECK(strcmp(text, rows[i].is) == 0 && zoned == rows[i].zoned);
	}
}

TEST("time: a zone is a sign and hours, or a name of UTC")
{
	int64_t z;

	CHECK(time_read_zone(S("+01:00"), &z) && z == TIME_HOUR);
	CHECK(time_read_zone(S("-0530"), &z) && z == -(5 * TIME_HOUR + 30 * TIME_MINUTE));
	CHECK(time_read_zone(S("+02"), &z) && z == 2 * TIME_HOUR);
	CHECK(time_read_zone(S("utc"), &z) && z == 0);
	CHECK(!time_read_zone(S("+25:00"), &z) && !time_read_zone(S("CET"), &z));
	CHECK(time_has_zone(S("2026-03-02T04:11:00Z")) && time_has_zone(S("2026-03-02 04:11 UTC")));
	CHECK(time_has_zone(S("2026-03-02 04:11:00-05:00")) &&
	      !time_has_zone(S("2026-03-02 04:11")));
}
