// A process that may only compute: after cage_enter it can read, write and exit, and
// any other system call kills it (a seccomp filter, os/syscalls.h). Whatever foreign bytes make of
// its code, it reaches no file, no socket and no other process. Memory must be there
// before: cage_warm readies the heap for the libraries that compute inside. A filter, not
// SECCOMP_MODE_STRICT, which nobody may enter whom a service manager has given a filter
// (SystemCallFilter= of systemd).
//
// Sanitizers do not work inside; their builds run uncaged, and the plain build's tests
// prove the cage.
#pragma once

#include "base/err.h"

#include <sys/types.h>

enum cage_use {
	CAGE_ABSENT, // a build for sanitizers
	CAGE_STRICT,
};
enum cage_use cage_use(void);

// A child that runs `work` and ends with its result as exit status (0 to 125); the
// parent gets its number. It may compute for CAGE_SECONDS, so that bytes that make it run in
// circles end it. The child's descriptors are the parent's, locks on files included: close what
// it should not have. It ends with its parent. A broken pipe is an error of its write(2), no
// signal. ERR_SYSTEM: no more processes.
enum { CAGE_SECONDS = 3600 };
bool cage_fork(int (*work)(void *), void *context, pid_t *child, struct err *e) MUST_USE;

void cage_warm(size_t heap);           // call in the child, before cage_enter
void cage_enter(void);                 // ends the process where it cannot
void cage_enter_refusing(void);        // another call is answered ENOSYS, and does not kill: for
				       // libraries that ask for what they can do without
_Noreturn void cage_leave(int status); // the only way out: exit(2), not exit_group

// Wait for the child. False: it did not end with status 0; e says how it ended
// (ERR_LIMIT for over its memory or its time, ERR_SYSTEM for a forbidden call or another signal).
bool cage_wait(pid_t child, struct err *e) MUST_USE;
void cage_kill(pid_t child); // and reap it
