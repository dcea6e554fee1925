#include "base/test.h"
#include "os/cage.h"
#include "os/idn.h"
#include "os/syscalls.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int computes(void *context)
{
	char out[NAME_MAX_BYTES + 1];

	cage_warm(1 << 20);
	cage_enter();
	for (unsigned i = 0; i < 1000; i++)
		if (idn_to_ascii(S("z\xc3\xb6rg.example"), out) != 19)
			return 3;
	return *(int *)context;
}

static int opens(void *context)
{
	(void)context;
	cage_enter();
	return open("/dev/null", O_RDONLY) >= 0 ? 0 : 1;
}

TEST("cage: inside it computes, international names too, and ends with its result")
{
	struct err e = { 0 };
	pid_t child;
	int result = 0;

	CHECK(cage_fork(computes, &result, &child, &e) && cage_wait(child, &e));
	result = 9;
	CHECK(cage_fork(computes, &result, &child, &e) && !cage_wait(child, &e));
	CHECK(e.kind == ERR_SYSTEM && strstr(e.text, "status 9") != NULL);
}

TEST("cage: an open inside is its death")
{
	struct err e = { 0 };
	pid_t child;

	CHECK(cage_fork(opens, NULL, &child, &e));
	if (cage_use() == CAGE_ABSENT) {
		CHECK(cage_wait(child, &e));
		return;
	}
	CHECK(!cage_wait(child, &e) && e.kind == ERR_SYSTEM);
}

static int is_refused(void *context)
{
	const size_t heap = 1 << 20;
	size_t got = 0;

	cage_warm(heap);
	cage_enter_refusing();
	if (open("/dev/null", O_RDONLY) >= 0 || errno != ENOSYS)
		return 1;
	while (got < 64 * heap && malloc(heap / 16) != NULL) // kept: it is to come to its end
		got += heap / 16;
	return got >= heap / 2 && got < 4 * heap ? *(int *)context : 2;
}

TEST("cage: to who can do without, an open inside is refused, and memory comes to an end")
{
	struct err e = { 0 };
	pid_t child;
	int result = 0;

	if (cage_use() == CAGE_ABSENT) {
		test_skip("a build for sanitizers has no cage");
		return;
	}
	CHECK(cage_fork(is_refused, &result, &child, &e) && cage_wait(child, &e));
}

static int run_in_circles(void *context)
{
	volatile unsigned n = 0;
	struct rlimit second = { 1, 2 };

	(void)context;
	setrlimit(RLIMIT_CPU, &second);
	cage_enter();
	while (n < UINT32_MAX - 1)
		n += n < UINT32_MAX / 2;
	return 0;
}

TEST("cage: what computes without end is ended, and said")
{
	struct err e = { 0 };
	pid_t child;

	CHECK(cage_fork(run_in_circles, NULL, &child, &e));
	CHECK(!cage_wait(child, &e) && e.kind == ERR_LIMIT);
	CHECK(str_contains(str_of(e.text), S("came to no end")));
}

static int walled(void *context)
{
	static const int calls[] = { SYS_execve };

	return syscalls_refuse(calls, 1, false) ? computes(context) : 4;
}

TEST("cage: it is entered also where a service manager filters already")
{
	struct err e = { 0 };
	pid_t child;
	int result = 0;

	CHECK(cage_fork(walled, &result, &child, &e) && cage_wait(child, &e));
}

static int stays(void *context)
{
	while (context == NULL)
		pause();
	return 0;
}

// A parent that is traced, so that its child is stopped before its first step.
static void fork_traced(void)
{
	struct err e = { 0 };
	pid_t child;

	(void)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
	raise(SIGSTOP);
	_exit(cage_fork(stays, NULL, &child, &e) ? 2 : 3);
}

// The number of the child, which stands still; 0: nobody may trace here.
static pid_t child_of_traced(pid_t parent)
{
	unsigned long child = 0;
	int status;

	if (waitpid(parent, &status, WUNTRACED) != parent || !WIFSTOPPED(status))
		return 0;
	if (ptrace(PTRACE_SETOPTIONS, parent, NULL, (void *)(PTRACE_O_TRACEFORK)) != 0 ||
	    ptrace(PTRACE_CONT, parent, NULL, NULL) != 0 || waitpid(parent, &status, 0) != parent ||
	    !WIFSTOPPED(status) || ptrace(PTRACE_GETEVENTMSG, parent, NULL, &child) != 0)
		return 0;
	return waitpid((pid_t)child, &status, __WALL) == (pid_t)child && WIFSTOPPED(status)
		       ? (pid_t)child
		       : 0;
}

TEST("cage: it ends with its parent, also where that died before it could ask to be told")
{
	enum { WAIT = 10000 }; // milliseconds
	struct pollfd end = { .events = POLLIN };
	pid_t parent, child;
	int ends[2];
	bool over;

	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	parent = fork();
	if (parent == 0)
		fork_traced();
	close(ends[1]);
	child = child_of_traced(parent);
	kill(parent, SIGKILL);
	while (waitpid(parent, NULL, 0) < 0 && errno == EINTR)
		continue;
	if (child > 0) {
		CHECK(ptrace(PTRACE_DETACH, child, NULL, NULL) == 0);
		end.fd = ends[0];
		over = poll(&end, 1, WAIT) == 1;
		if (!over)
			kill(child, SIGKILL);
		CHECK(over);
	} else {
		test_skip("nobody may trace a process here");
	}
	close(ends[0]);
}
