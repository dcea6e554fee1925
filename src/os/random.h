// Bytes that nobody can guess, from the kernel.
#pragma once

#include <stddef.h>

void random_fill(void *p, size_t n); // ends the process where the kernel has none
