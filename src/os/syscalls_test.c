#include "base/str.h"
#include "base/test.h"
#include "os/cage.h"
#include "os/syscalls.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool may_have(int family)
{
	int fd = socket(family, SOCK_STREAM, 0);

	if (fd < 0)
		return false;
	close(fd);
	return true;
}

static int refused(void *inet)
{
	static const int calls[] = { SYS_execve, SYS_mkdirat, SYS_mkdir };
	char *const none[] = { NULL };

	if (!syscalls_refuse(calls, 3, inet != NULL))
		return 1;
	if (execve("/bin/true", none, none) == 0 || errno != EPERM)
		return 2;
	if (mkdir("/tmp/x/y/z", 0700) == 0 || errno != EPERM)
		return 3;
	return may_have(AF_UNIX) && may_have(AF_INET) == (inet != NULL) ? 0 : 4;
}

TEST("syscalls: what is refused answers so, and all else is done")
{
	struct err e = { 0 };
	pid_t child;

	CHECK(cage_fork(refused, NULL, &child, &e) && cage_wait(child, &e));
	CHECK(cage_fork(refused, &e, &child, &e) && cage_wait(child, &e));
}

static int only(void *context)
{
	static const int calls[] = { SYS_write, SYS_exit, SYS_getpid };

	if (!syscalls_only(calls, 3) || getpid() <= 0)
		return 1;
	return context == NULL ? 0 : getppid() > 0;
}

TEST("syscalls: any but those that are named is the process's end")
{
	struct err e = { 0 };
	pid_t child;

	if (cage_use() == CAGE_ABSENT) {
		test_skip("a sanitizer makes calls of its own");
		return;
	}
	CHECK(cage_fork(only, NULL, &child, &e) && cage_wait(child, &e));
	CHECK(cage_fork(only, &e, &child, &e) && !cage_wait(child, &e));
	CHECK(str_contains(str_of(e.text), S("asked for what it may not have")));
}
