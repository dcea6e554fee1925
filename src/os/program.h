// Runs a program to its end: its input and its output are bytes, its time has a bound.
#pragma once

#include "base/buf.h"
#include "base/err.h"

enum { PROGRAM_MOST_ARGS = 8 };

struct program {
	const char *path;        // whole
	const char *const *args; // up to PROGRAM_MOST_ARGS, NULL behind the last
	struct str in;           // its standard input; empty: none
	bool errors;             // what it says to standard error is taken, too
	unsigned seconds;        // after which it is killed
};
// What it prints is appended to out. It has our environment and error output, and no descriptor else.
// ERR_SYSTEM: it cannot be started, took too long, prints more than out has room for, or ended badly.
bool program_run(const struct program *p, struct buf *out, struct err *e) MUST_USE;
