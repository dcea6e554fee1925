// Runs a program of libexec to its end and takes what it prints: for commands that need a library
// which `waker` itself does not load (doc/decisions/005). It has our environment and error output,
// and no input.
#pragma once

#include "base/arena.h"
#include "base/err.h"

enum { LIBEXEC_MOST_BYTES = 256 << 10 };

// `args` as of struct program. It is ended after `seconds`. ERR_SYSTEM: it cannot be started, took too
// long, printed over LIBEXEC_MOST_BYTES, or ended badly.
bool libexec_run(const char *name, const char *const *args, unsigned seconds, struct arena *a,
		 struct str *out, struct err *e) MUST_USE;
