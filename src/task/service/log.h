// What a service says while it works: one JSON object a line on its error output, for a
// journal. At LOG_INFO no line has anything of a member's in it.
#pragma once

#include "base/err.h"
#include "base/str.h"

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO };

struct log_by { // who speaks
	const char *role, *node;
};

struct log_said {
	const char *key;
	struct str value; // .p NULL: left out
};

enum { LOG_LINE = 4096 }; // bytes; what is over is cut, a value at a time

void log_say(const struct log_by *by, enum log_level level, const char *what,
	     const struct log_said *said, size_t n);
void log_err(const struct log_by *by, enum log_level level, const char *what, const struct err *e);
