// When room is scarce. Pure.
#pragma once

#include "task/check/check.h"

#include <stdint.h>

enum { DISK_WARNING_PERCENT = 10, DISK_WRONG_PERCENT = 2 };
#define DISK_WARNING_BYTES (UINT64_C(1) << 30)
#define DISK_WRONG_BYTES   (UINT64_C(100) << 20)
#define DISK_ENOUGH_BYTES  (UINT64_C(50) << 30) // whatever the share

// Of bytes: less than a share of all that is no great room itself, or less than an amount. A file system of no bytes
// (all 0) is full.
enum check_state disk_bytes_state(uint64_t free, uint64_t all);
// Of inodes: less than a share of all. Where there is no bound of them (all 0) it is ok.
enum check_state disk_inodes_state(uint64_t free, uint64_t all);

// "12 GiB of 100 GiB are free (12 %)"
struct machine_room;
struct str disk_bytes_text(const struct machine_room *r, struct arena *a);
