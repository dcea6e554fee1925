// Takes the file system away from this process, for good, but for a few places and what is
// below them (Landlock). Descriptors that are open stay as they are. Where the kernel has none,
// nothing happens: it is one wall of several.
#pragma once

#include <stdbool.h>
#include <stddef.h>

// Places that are not there, or NULL, are passed over. False: the kernel has no Landlock (Linux 5.13; for
// writing 5.19, since what is older would refuse that a file is moved to another folder).

// Nothing may be done but reading there.
bool landlock_only_read(const char *const *places, size_t n);
// All may be read, as before, but what is written, made, moved or removed lies there.
bool landlock_only_write(const char *const *places, size_t n);
