#include "base/test.h"
#include "os/landlock.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ABSENT = 77 };

static int child(void)
{
	static const char *const places[] = { "/etc", "/no/such/place", "/proc/version" };
	int before = open("/dev/null", O_WRONLY);

	if (!landlock_only_read(places, COUNTOF(places)))
		return ABSENT;
	return open("/etc/passwd", O_RDONLY) >= 0 && open("/proc/version", O_RDONLY) >= 0 &&
			       open("/etc/waker-test", O_WRONLY | O_CREAT, 0600) < 0 &&
			       open("/usr/bin/env", O_RDONLY) < 0 &&
			       open("/proc/self/maps", O_RDONLY) < 0 && write(before, "x", 1) == 1
		       ? 0
		       : 1;
}

TEST("landlock: what is not named cannot be opened, and nothing written; what is open stays")
{
	int status = -1;
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (pid == 0)
		_exit(child());
	CHECK(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
	if (WEXITSTATUS(status) == ABSENT)
		printf("# this kernel has no Landlock\n");
	else
		CHECK(WEXITSTATUS(status) == 0);
}
