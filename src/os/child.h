// A process of ours that lives on beside this one: an executable of libexec/waker.
#pragma once

#include "base/err.h"

#include <sys/types.h>

enum { CHILD_MOST_ARGS = 8, CHILD_LIFELINE = 3 };

// Starts NAME with these arguments (up to CHILD_MOST_ARGS, NULL behind the last). It has no
// input, our error output, our environment, the signals as they were before ears_open, and the
// reading end of a pipe at CHILD_LIFELINE that ends when this process does. ERR_SYSTEM.
bool child_start(const char *name, const char *const *args, pid_t *out, struct err *e) MUST_USE;

void child_signal(pid_t child, int signal);

// The next child that has ended; 0: none has. *says: how, in words, for `room` bytes at most;
// empty where it ended well.
pid_t child_ended(char *says, size_t room);
