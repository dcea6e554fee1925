#include "base/test.h"
#include "os/file.h"
#include "os/unpack.h"
#include "task/watch/scan_seek.h"

#include <unistd.h>

enum { ROOM = 64, BYTES = 400 };

static bool is_in(const char *bytes, size_t n, uint64_t *seen)
{
	autoarena a = { 0 };
	struct needles x = { 0 };
	char buffer[ROOM], path[FILE_AGAIN];
	struct scan_seek s = { -1, &x, buffer, ROOM };
	struct err e = { 0 };
	bool plain, is;
	int fd;

	arena_init(&a, UNPACK_MEMORY + (1 << 20));
	CHECK(needles_add(&x, S("198.18.5.7"), &a));
	CHECK(file_in_memory(&fd, &e) && file_write_all(fd, (struct str){ bytes, n }, &e));
	file_again(fd, path);
	CHECK(file_open(path, &s.fd, &plain, &e));
	is = scan_seek(&s, &a, seen, &e);
	CHECK(e.kind == ERR_NONE);
	close(s.fd);
	close(fd);
	return is;
}

TEST("scan_seek: found wherever it stands, also across what is read at once")
{
	char bytes[BYTES];
	uint64_t seen;

	memset(bytes, 'x', sizeof bytes);
	CHECK(!is_in(bytes, sizeof bytes, &seen) && seen == BYTES);
	for (size_t at = 0; at + 10 <= BYTES; at++) {
		memset(bytes, 'x', sizeof bytes);
		memcpy(bytes + at, "198.18.5.7", 10);
		CHECK(is_in(bytes, sizeof bytes, &seen));
		CHECK(!is_in(bytes, at + 9, &seen));
	}
}
