// The clock on the wall in Central Europe, with its summer time (directive 2000/84/EC: from the
// last Sunday of March to that of October, changing at 01:00 UTC): the one zone of the members.
#pragma once

#include <stdint.h>

// How far it is ahead of UTC at this moment, in microseconds. What is no year of the calendar
// has winter time.
int64_t zone_ahead(int64_t t);

// The moment of this time on the wall (microseconds as if it were UTC). What a change of the
// clock leaves out or has twice is read as before that change.
int64_t zone_moment(int64_t local);

// Of a day on the wall: 0 is Sunday.
unsigned zone_weekday(int64_t local);
