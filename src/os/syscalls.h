// Which system calls this process and its children may make from now on, for good (seccomp
// filters, which need and set "no new privileges"). Others that are there already, a service
// manager's, stay: each only takes more away. False: the kernel has none.
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { SYSCALLS_MOST = 40 };

// Any but these kills the process (SIGSYS).
bool syscalls_only(const int *calls, size_t n);
// Any but these answers ENOSYS, as of a kernel that does not have it.
bool syscalls_only_or_absent(const int *calls, size_t n);

// These answer EPERM; without `inet` also sockets of any family but AF_UNIX.
bool syscalls_refuse(const int *calls, size_t n, bool inet);
