// Reading a moment by a format such as publishers state: strptime's letters, English names
// of months and days, no locale.
#pragma once

#include "base/time.h"

// %Y %y %m %d %j %b %B %a %A %H %I %p %M %S %f (fraction) %s (seconds since 1970) %z (+0100,
// +01:00, Z, UTC, GMT) %% and themselves; a blank stands for any run of blanks. False where
// s is anything else or no moment. *zoned: the text said its zone.
bool time_read_as(struct str s, struct str format, int64_t *out, bool *zoned) MUST_USE;

// Does this text, as time_read takes it, say its zone ("Z", "+01:00", "UTC")?
bool time_has_zone(struct str s);

// "+01:00", "-0530", "UTC", "Z" as microseconds east of UTC.
bool time_read_zone(struct str s, int64_t *out) MUST_USE;
