// A first draft of a feed file from a sample: how its records are cut, and what its columns
// may be, by what stands in them and by their names. A guess, for a person to finish; what
// nothing is known of stays under extra. Pure, and fit for the cage: it reads foreign bytes.
#pragma once

#include "base/arena.h"
#include "base/buf.h"

enum {
	GUESS_SAMPLE = 256 << 10, // bytes that are looked at
	GUESS_MAX_COLUMNS = 128,
	GUESS_DRAFT = 64 << 10, // bytes of a draft
};

// Writes the sections [format], [columns] and [match] (what stands before and behind them is
// the caller's). `named`: the columns in order as a person gave them ("ip, port, _"), .p NULL:
// guess. False: there is nothing in the sample that could be read.
bool guess_feed(struct str sample, struct str named, struct arena *a, struct buf *out) MUST_USE;
