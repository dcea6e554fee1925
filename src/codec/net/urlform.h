// What a browser sends of a form: application/x-www-form-urlencoded (WHATWG URL, 5.1), pair by pair.
// What is no UTF-8 after decoding, or has control characters other than tab and line ends in it, is
// refused. Line ends become LF.
#pragma once

#include "base/arena.h"
#include "base/err.h"

enum { URLFORM_PAIRS = 4096 }; // of one form

struct urlform {
	struct str rest; // not yet read
	unsigned n;      // pairs that were read
};

// The next pair; both live in a: the bytes of the form at most, and two a pair. False at the end
// (ERR_NONE); ERR_INPUT: it is none; ERR_LIMIT: too many pairs.
bool urlform_next(struct urlform *f, struct arena *a, struct str *name, struct str *value,
		  struct err *e) MUST_USE;
