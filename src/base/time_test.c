#include "base/test.h"
#include "base/time.h"

static const struct {
	const char *in;
	const char *out; // NULL: refused
} cases[] = {
	{ "1970-01-01", "1970-01-01T00:00:00Z" },
	{ "2026-01-02 03:04:05", "2026-01-02T03:04:05Z" },
	{ "2026-01-02T03:04", "2026-01-02T03:04:00Z" },
	{ "2026-01-02T03:04:05.5Z", "2026-01-02T03:04:05.500000Z" },
	{ "2026-01-02T03:04:05.123456789+01:00", "2026-01-02T02:04:05.123456Z" },
	{ "2026-01-01 00:30:00+0100", "2025-12-31T23:30:00Z" },
	{ "2026-01-01 00:30:00 UTC", "2026-01-01T00:30:00Z" },
	{ "2024-02-29", "2024-02-29T00:00:00Z" },
	{ "1900-03-01", "1900-03-01T00:00:00Z" },
	{ "0001-01-01", "0001-01-01T00:00:00Z" },
	{ "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z" },
	{ "2026-02-29", NULL },
	{ "1900-02-29", NULL },
	{ "2026-13-01", NULL },
	{ "2026-00-10", NULL },
	{ "2026-1-2", NULL },
	{ "2026-01-02x", NULL },
	{ "2026-01-02 25:00:00", NULL },
	{ "2026-01-02 03:04:05.", NULL },
	{ "2026-01-02 03:04:05 CET", NULL },
	{ "", NULL },
};

TEST("time: what a feed writes as a moment is read, and written as RFC 3339")
{
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		char text[TIME_TEXT];
		int64_t t;
		bool ok = time_read(str_of(cases[i].in), &t);

		CHECK(ok == (cases[i].out != NULL));
		if (ok) {
			time_write(t, text);
			CHECK(strcmp(text, cases[i].out) == 0);
		}
	}
}

TEST("time: every day from 1600 to 2400 is written as it was read")
{
	int64_t end = time_of_date(2400, 1, 1);

	for (int64_t t = time_of_date(1600, 1, 1); t < end; t += TIME_DAY) {
		char text[TIME_TEXT];
		int64_t back;

		CHECK(time_write(t, text) == 20);
		CHECK(time_read((struct str){ text, 20 }, &back) && back == t);
		CHECK(time_day(t + TIME_HOUR) == t);
	}
}
