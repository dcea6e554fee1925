#include "base/test.h"
#include "task/watch/inbox.h"

#include <stdlib.h>
#include <unistd.h>

TEST("inbox: a file goes when it was done, but not one that was put in its place since")
{
	char folder[] = "/tmp/inbox-XXXXXX";
	autoarena a = { 0 };
	struct err e = { 0 };
	struct str path, stamp = { 0 };

	arena_init(&a, 1 << 20);
	CHECK(mkdtemp(folder) != NULL);
	path = arena_fmt(&a, "%s/list.txt", folder);
	CHECK(file_write(path.p, S("one"), 0600, &e) && file_stamp(path.p, &a, &stamp, &e));
	CHECK(file_write(path.p, S("another"), 0600, &e));
	CHECK(inbox_clear(path, stamp, &a, &e) && file_exists(path.p));
	CHECK(file_stamp(path.p, &a, &stamp, &e) && inbox_clear(path, stamp, &a, &e));
	CHECK(!file_exists(path.p) && inbox_clear(path, stamp, &a, &e));
	CHECK(rmdir(folder) == 0);
}
