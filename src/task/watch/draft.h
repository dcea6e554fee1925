// A first draft of a feed file from a sample that nobody has read yet: the guess
// (model/feed/guess.h) is made in a cage, since the sample is foreign bytes.
#pragma once

#include "base/arena.h"
#include "base/err.h"

// `fd`: of the sample, read to its end or to GUESS_SAMPLE bytes. `named`: the columns as a
// person gave them, .p NULL: guess. The draft lives in a. ERR_INPUT: nothing in it could be
// read, or the columns named are none.
bool draft_guess(int fd, struct str named, struct arena *a, struct str *out, struct err *e)
	MUST_USE;
