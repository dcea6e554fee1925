// How far long work is, on stderr: a bar with rate and time left where that is a
// terminal, a plain line a minute where it is not; nothing at all before two seconds,
// with --quiet or with --json.
#pragma once

#include "ui/cli.h"

struct progress {
	const char *what; // "reading"; NULL: says nothing
	bool terminal, drawn;
	unsigned width;
	int64_t began, next; // clock_since: when the next word is due
	uint64_t done, all;  // bytes; all 0: nobody knows
};

struct progress progress_begin(const struct app *app, const char *what);

// Bytes done, of how many; `context` is a struct progress (so that it fits a scan).
// Going back is not shown.
void progress_at(void *context, uint64_t done, uint64_t all);

void progress_end(struct progress *p); // wipes the bar

// One line: what, done, rate, time left; `since` in microseconds. For the test.
size_t progress_line(const struct progress *p, int64_t since, char *line, size_t room);
