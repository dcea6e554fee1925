// Where the executables lie that waker starts (the roles): in a build tree below the program
// that runs, else where they were installed.
#pragma once

#include "base/err.h"

enum { LIBEXEC_PATH = 4096 };

// ERR_SYSTEM: it is not there, or cannot be run.
bool libexec_find(const char *name, char out[LIBEXEC_PATH], struct err *e) MUST_USE;
