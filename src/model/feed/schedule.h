// When a publisher is asked: as often as its feed file says, at a second of its own, never in
// the hours in which it wants to be left alone, and its host not twice at once. Pure.
//
// By a schedule a feed has a phase: a moment of its period that follows from the store and the
// feed's name, so that the feeds of one home, and one feed of many homes, are spread over the
// period, and each is asked at the same moments also after a restart. The next time is the first
// such moment that is half a period away at least: also one that was asked by hand falls in again.
#pragma once

#include "model/feed/fetch.h"

enum {
	SCHEDULE_SPREAD_SECONDS = 600, // behind quiet hours, and what a refusal said
	SCHEDULE_HOST = 254,           // bytes of a host's name
};

// Of a store, by when it was made, and a feed; never 0.
uint64_t schedule_phase(int64_t made, struct str feed);

// After it went well at `asked`. phase 0: by the period alone, as who asks by hand has it.
int64_t schedule_next(const struct feed_fetch *f, uint64_t phase, int64_t asked);

// This moment, or the first behind it at which the publisher may be asked; then with a little
// of its own (phase 0: without), so that not all come when the hour is over.
int64_t schedule_free(const struct feed_fetch *f, uint64_t phase, int64_t t);

// Seconds that a refusal said to wait, and a little of its own.
int64_t schedule_after(uint64_t phase, int64_t t);

// The host of its address, "feeds.example", in small letters, without port and who asks; empty
// where it is none (a file, a folder), or longer than SCHEDULE_HOST.
struct str schedule_host(const struct feed_fetch *f, char room[SCHEDULE_HOST]);
