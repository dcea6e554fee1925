#include "base/test.h"
#include "task/check/disk.h"

#define MIB (UINT64_C(1) << 20)
#define GIB (UINT64_C(1) << 30)

TEST("disk: bytes are scarce below a share of all, and below an amount")
{
	static const struct {
		uint64_t free, all;
		enum check_state is;
	} rows[] = {
		{ 10 * GIB, 100 * GIB, CHECK_OK },
		{ 10 * GIB - 1, 100 * GIB, CHECK_WARNING },
		{ 2 * GIB, 100 * GIB, CHECK_WARNING },
		{ 2 * GIB - 1, 100 * GIB, CHECK_WRONG },
		{ 50 * GIB, 10000 * GIB, CHECK_OK }, // a small share, and yet much room
		{ 50 * GIB - 1, 10000 * GIB, CHECK_WRONG },
		{ 20 * GIB, 1000 * GIB, CHECK_WARNING },
		{ 20 * GIB - 1, 1000 * GIB, CHECK_WRONG },
		{ GIB, 2 * GIB, CHECK_OK },
		{ GIB - 1, 2 * GIB, CHECK_WARNING }, // half of it is free, which is little
		{ 100 * MIB, 200 * MIB, CHECK_WARNING },
		{ 100 * MIB - 1, 100 * MIB, CHECK_WRONG },
		{ 0, 0, CHECK_WRONG },
		{ UINT64_MAX, UINT64_MAX, CHECK_OK },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(disk_bytes_state(rows[i].free, rows[i].all) == rows[i].is);
}

TEST("disk: inodes are scarce below a share of all, however few there are")
{
	static const struct {
		uint64_t free, all;
		enum check_state is;
	} rows[] = {
		{ 0, 0, CHECK_OK }, // no bound
		{ 0, 1, CHECK_WRONG },     { 10, 100, CHECK_OK },   { 9, 100, CHECK_WARNING },
		{ 2, 100, CHECK_WARNING }, { 1, 100, CHECK_WRONG }, { 1, 15, CHECK_WARNING }, // 7 %
		{ 2, 15, CHECK_OK },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(disk_inodes_state(rows[i].free, rows[i].all) == rows[i].is);
}
