// A stable merge sort that allocates nothing and sees in one pass that there is
// nothing to sort; for layers that may not call qsort, which may allocate.
#pragma once

#include <stddef.h>

// n things of `size` bytes at `at`; scratch has room for as many, and holds
// nothing of use afterwards. order() is as for qsort.
void sort_merge(void *at, void *scratch, size_t n, size_t size,
		int (*order)(const void *, const void *));
