#include "base/test.h"
#include "model/notice/flood.h"

static int64_t at(const char *text)
{
	int64_t t = 0;

	CHECK(time_read(str_of(text), &t));
	return t;
}

TEST("flood: a digest goes at nine of the next working day, in winter and in summer")
{
	static const struct {
		const char *after, *due;
	} rows[] = {
		{ "2026-03-02T07:59:59Z", "2026-03-02T08:00:00Z" }, // a Monday
		{ "2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z" },
		{ "2026-03-06T12:00:00Z", "2026-03-09T08:00:00Z" }, // a Friday
		{ "2026-03-07T03:00:00Z", "2026-03-09T08:00:00Z" },
		{ "2026-03-08T23:30:00Z",
		  "2026-03-09T08:00:00Z" }, // Monday by the clock on the wall
		{ "2026-03-27T12:00:00Z", "2026-03-30T07:00:00Z" }, // over the change of the clocks
		{ "2026-07-01T06:59:00Z", "2026-07-01T07:00:00Z" },
		{ "2026-07-01T07:00:00Z", "2026-07-02T07:00:00Z" },
		{ "2026-10-23T07:00:00Z", "2026-10-26T08:00:00Z" }, // and back
		{ "2026-12-31T09:00:00Z", "2027-01-01T08:00:00Z" }, // holidays are not known
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		printf("# row %zu\n", i);
		CHECK(flood_digest(at(rows[i].after)) == at(rows[i].due));
	}
}

TEST("flood: a baseline ends seven days after the youngest of feed, member and asset began")
{
	static const struct {
		const char *feed, *member, *asset; // NULL: not asked
		enum notice_timing timing;
		const char *due;
	} rows[] = {
		{ NULL, NULL, NULL, TIMING_DIGEST, "2026-03-12T08:00:00Z" },
		{ "2026-03-04T12:00:00Z", NULL, NULL, TIMING_DIGEST, "2026-03-12T08:00:00Z" },
		{ "2026-03-04T12:00:01Z", NULL, NULL, TIMING_FEED, "2026-03-12T08:00:00Z" },
		{ "2026-03-11T12:00:00Z", NULL, NULL, TIMING_FEED, "2026-03-19T08:00:00Z" },
		{ "2026-01-01", "2026-03-06", "2026-03-01", TIMING_MEMBER, "2026-03-13T08:00:00Z" },
		{ "2026-03-06", "2026-03-06", "2026-03-10", TIMING_ASSET, "2026-03-17T08:00:00Z" },
	};
	int64_t now = at("2026-03-11T12:00:00Z");

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct flood_since s = {
			rows[i].feed != NULL ? at(rows[i].feed) : TIME_EVER,
			rows[i].member != NULL ? at(rows[i].member) : TIME_EVER,
			rows[i].asset != NULL ? at(rows[i].asset) : TIME_EVER,
		};
		struct flood_when w = flood_plan(&s, now);

		printf("# row %zu\n", i);
		CHECK(w.timing == rows[i].timing && w.due == at(rows[i].due));
	}
}

TEST("flood: one message at once an hour, and what comes meanwhile goes with the next")
{
	static const struct {
		int64_t last, now, due;
		enum notice_timing timing;
	} rows[] = {
		{ TIME_EVER, 1000 * TIME_MINUTE, 1000 * TIME_MINUTE, TIMING_NOW },
		{ 940 * TIME_MINUTE, 1000 * TIME_MINUTE, 1000 * TIME_MINUTE, TIMING_NOW },
		{ 941 * TIME_MINUTE, 1000 * TIME_MINUTE, 1001 * TIME_MINUTE, TIMING_FOLDED },
		{ 1000 * TIME_MINUTE, 1000 * TIME_MINUTE, 1060 * TIME_MINUTE, TIMING_FOLDED },
		{ 1001 * TIME_MINUTE, 1000 * TIME_MINUTE, 1001 * TIME_MINUTE, TIMING_FOLDED },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct flood_when w = flood_fold(rows[i].last, rows[i].now);

		printf("# row %zu\n", i);
		CHECK(w.due == rows[i].due && w.timing == rows[i].timing);
	}
}

TEST("flood: the breaker's bounds, and its floor")
{
	static const struct {
		struct flood_count count; // told, everybody, usual
		enum breaker_why why;
	} rows[] = {
		{ { 4, 8, 0 }, BREAKER_NONE }, // four of eight: the floor
		{ { 5, 8, 0 }, BREAKER_SHARE },
		{ { 5, 50, 0 }, BREAKER_NONE }, // a tenth is not more than one
		{ { 6, 59, 0 }, BREAKER_SHARE },
		{ { 6, 60, 0 }, BREAKER_NONE },
		{ { 6, 600, 2 }, BREAKER_NONE }, // three times is not more than that
		{ { 7, 600, 2 }, BREAKER_USUAL },
		{ { 4, 600, 1 }, BREAKER_NONE }, // the floor again
		{ { 5, 600, 1 }, BREAKER_USUAL },
		{ { 30, 300, 0 }, BREAKER_NONE }, // nothing usual to compare with
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		printf("# row %zu\n", i);
		CHECK(flood_breaks(&rows[i].count) == rows[i].why);
	}
}
