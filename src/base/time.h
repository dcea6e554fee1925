// Moments as int64 microseconds since 1970-01-01T00:00:00Z, UTC, without leap
// seconds; years 1 to 9999. Only arithmetic: the clock is read in os/clock.h.
#pragma once

#include "base/str.h"

enum { TIME_TEXT = 28 }; // "2026-11-24T03:12:00.123456Z" and a NUL

#define TIME_SECOND INT64_C(1000000)
#define TIME_MINUTE (60 * TIME_SECOND)
#define TIME_HOUR   (60 * TIME_MINUTE)
#define TIME_DAY    (24 * TIME_HOUR)
#define TIME_EVER   INT64_MIN // "since ever"
#define TIME_NEVER  INT64_MAX // "until no end"

// RFC 3339 and its looser cousins in feeds: "2026-01-02", "2026-01-02 03:04:05",
// "2026-01-02T03:04:05.678Z", "…+01:00", "… UTC". Without a zone it is UTC.
// False where s is anything else or no day of the calendar.
bool time_read(struct str s, int64_t *out) MUST_USE;

// RFC 3339 in UTC, microseconds only where there are some. Returns its length.
size_t time_write(int64_t t, char out[TIME_TEXT]);

int64_t time_day(int64_t t);                                  // its midnight, UTC
int64_t time_of_date(int year, unsigned month, unsigned day); // midnight, UTC; the date must exist
