#include "base/test.h"
#include "os/landlock.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
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

static char here[] = "/tmp/waker-test-XXXXXX";

static int writer(void)
{
	char inside[64], a[64], b[64];
	const char *const places[] = { inside, "/no/such/place", NULL };
	bool good;

	snprintf(inside, sizeof inside, "%s/in", here);
	snprintf(a, sizeof a, "%s/in/a", here);
	snprintf(b, sizeof b, "%s/in/b", here);
	if (!landlock_only_write(places, COUNTOF(places)))
		return ABSENT;
	good = mkdir(a, 0700) == 0 && mkdir(b, 0700) == 0 && rename(b, a) == 0 &&
	       open("/usr/bin/env", O_RDONLY) >= 0 && mkdir(here, 0700) != 0 &&
	       rmdir(inside) != 0 && open("/dev/null", O_WRONLY) < 0;
	snprintf(b, sizeof b, "%s/a", here);
	return good && rename(a, b) != 0 && rmdir(a) == 0 ? 0 : 1;
}

TEST("landlock: what is written lies where it may; all is read as before")
{
	char inside[64];
	int status = -1;
	pid_t pid = -1;

	CHECK(mkdtemp(here) != NULL);
	snprintf(inside, sizeof inside, "%s/in", here);
	CHECK(mkdir(inside, 0700) == 0 && (pid = fork()) >= 0);
	if (pid == 0)
		_exit(writer());
	CHECK(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
	CHECK(rmdir(inside) == 0 && rmdir(here) == 0);
	if (WEXITSTATUS(status) == ABSENT)
		printf("# this kernel has no such Landlock\n");
	else
		CHECK(WEXITSTATUS(status) == 0);
}
