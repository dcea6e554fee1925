#include "os/cage.h"

#include "os/syscalls.h"

#include <errno.h>
#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define CAGED 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define CAGED 0
#endif
#endif
#ifndef CAGED
#define CAGED 1
#endif

enum { STATUS_TOO_MUCH = 65, STATUS_NO_CAGE = 69, STATUS_NO_MEMORY = 71 };

enum cage_use cage_use(void)
{
	return CAGED ? CAGE_STRICT : CAGE_ABSENT;
}

void cage_leave(int status)
{
	for (;;)
		syscall(CAGED ? SYS_exit : SYS_exit_group, status);
}

bool cage_fork(int (*work)(void *), void *context, pid_t *child, struct err *e)
{
	pid_t parent = getpid(), pid = fork();

	if (pid < 0)
		return err_set(e, ERR_SYSTEM, "cannot start a process: %m");
	if (pid == 0) {
		setrlimit(RLIMIT_CPU, &(struct rlimit){ CAGE_SECONDS, CAGE_SECONDS + 1 });
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent) // it died before this: no signal comes
			cage_leave(STATUS_NO_CAGE);
		sigaction(SIGPIPE, &(struct sigaction){ .sa_handler = SIG_IGN }, NULL);
		cage_leave(work(context));
	}
	*child = pid;
	return true;
}

// The heap is one piece that is never given back, so that libraries find memory
// without asking the kernel.
void cage_warm(size_t heap)
{
	void *p;

	if (!CAGED)
		return;
	mallopt(M_MMAP_MAX, 0);
	mallopt(M_TRIM_THRESHOLD, INT_MAX);
	mallopt(M_TOP_PAD, 0);
	p = malloc(heap);
	if (p == NULL)
		cage_leave(STATUS_NO_MEMORY);
	free(p);
}

void cage_enter(void)
{
	static const int calls[] = { SYS_read, SYS_write, SYS_exit, SYS_rt_sigreturn };

	if (CAGED && !syscalls_only(calls, sizeof calls / sizeof *calls))
		cage_leave(STATUS_NO_CAGE);
}

// brk(2) is there, and gives nothing: for the C library any other answer is more memory.
void cage_enter_refusing(void)
{
	static const int calls[] = { SYS_read, SYS_write, SYS_exit, SYS_rt_sigreturn, SYS_brk };

	if (!CAGED)
		return;
	if (setrlimit(RLIMIT_DATA, &(struct rlimit){ 0, 0 }) != 0 ||
	    !syscalls_only_or_absent(calls, sizeof calls / sizeof *calls))
		cage_leave(STATUS_NO_CAGE);
}

static bool say_how(int status, struct err *e)
{
	errno = 0;
	if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGKILL || WTERMSIG(status) == SIGSYS))
		return err_set(e, ERR_SYSTEM,
			       "the caged reader was killed: it asked for what it may not have, or "
			       "memory ran out");
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		return err_set(e, ERR_LIMIT,
			       "the caged reader computed for %d minutes and came to no end",
			       (int)CAGE_SECONDS / 60);
	if (WIFSIGNALED(status))
		return err_set(e, ERR_SYSTEM, "the caged reader died of signal %d (%s)",
			       WTERMSIG(status), strsignal(WTERMSIG(status)));
	if (WEXITSTATUS(status) == STATUS_NO_CAGE)
		return err_set(e, ERR_SYSTEM,
			       "the reader could not be caged, and read nothing: this system "
			       "refuses seccomp filters");
	if (WEXITSTATUS(status) == STATUS_TOO_MUCH)
		return err_set(e, ERR_LIMIT,
			       "the caged reader needed more memory than it may have");
	return err_set(e, ERR_SYSTEM, "the caged reader ended with status %d", WEXITSTATUS(status));
}

bool cage_wait(pid_t child, struct err *e)
{
	int status;
	pid_t got;

	while ((got = waitpid(child, &status, 0)) < 0 && errno == EINTR)
		;
	if (got < 0)
		return err_set(e, ERR_SYSTEM, "cannot wait for a process: %m");
	return (WIFEXITED(status) && WEXITSTATUS(status) == 0) || say_how(status, e);
}

void cage_kill(pid_t child)
{
	struct err ignored;

	kill(child, SIGKILL);
	if (!cage_wait(child, &ignored))
		return;
}
