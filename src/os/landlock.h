// Takes the file system away from this process, for good, except for reading at and below
// a few places (Landlock, Linux 5.13). Descriptors that are open stay as they are. Where
// the kernel has none, nothing happens: it is one wall of several.
#pragma once

#include <stdbool.h>
#include <stddef.h>

// Places that are not there are passed over. False: the kernel has no Landlock.
bool landlock_only_read(const char *const *places, size_t n);
