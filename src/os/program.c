#include "os/program.h"

#include "base/time.h"
#include "os/clock.h"
#include "os/file.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

// A file in memory: a program that does not read its input holds up nobody.
static bool input_of(const struct program *p, int *in, struct err *e)
{
	if (p->in.n == 0) {
		*in = open("/dev/null", O_RDONLY | O_CLOEXEC);
		return *in >= 0 || err_set(e, ERR_SYSTEM, "/dev/null: %m");
	}
	return file_in_memory(in, e) && file_write_all(*in, p->in, e) &&
	       (lseek(*in, 0, SEEK_SET) == 0 || err_set(e, ERR_SYSTEM, "its input: %m"));
}

static bool start(const struct program *p, int in, int out, pid_t *child, struct err *e)
{
	char *argv[PROGRAM_MOST_ARGS + 2] = { (char *)(uintptr_t)p->path };
	posix_spawn_file_actions_t files;
	size_t n = 0;
	int got;

	for (; p->args[n] != NULL; n++) {
		assert(n < PROGRAM_MOST_ARGS);
		argv[n + 1] = (char *)(uintptr_t)p->args[n];
	}
	if (posix_spawn_file_actions_init(&files) != 0 ||
	    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO) != 0 ||
	    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO) != 0 ||
	    (p->errors &&
	     posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO) != 0) ||
	    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1) != 0)
		abort();
	got = posix_spawn(child, p->path, &files, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&files);
	errno = got;
	return got == 0 || err_set(e, ERR_SYSTEM, "%s: %m", p->path);
}

// Until it closes its output.
static bool hear(int in, int64_t end, struct buf *b, struct err *e)
{
	for (;;) {
		struct pollfd p = { .fd = in, .events = POLLIN };
		int64_t left = end - clock_since();
		ssize_t n;

		if (left <= 0)
			return err_set(e, ERR_SYSTEM, "it did not end in time");
		if (poll(&p, 1, (int)(left / (TIME_SECOND / 1000)) + 1) <= 0)
			continue;
		n = read(in, b->p + b->n, b->cap - b->n);
		if (n == 0 || (n < 0 && errno != EINTR))
			return n == 0 || err_set(e, ERR_SYSTEM, "what it prints: %m");
		b->n += n > 0 ? (size_t)n : 0;
		if (b->n == b->cap)
			return err_set(e, ERR_SYSTEM, "it prints without end");
	}
}

static bool ended(pid_t child, bool heard, struct err *e)
{
	int status = 0;

	if (!heard)
		kill(child, SIGKILL);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	errno = 0;
	return heard && ((WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
			 err_set(e, ERR_SYSTEM, "it ended with %s %d",
				 WIFEXITED(status) ? "status" : "signal",
				 WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status)));
}

bool program_run(const struct program *p, struct buf *out, struct err *e)
{
	autofd in = -1;
	autofd from = -1;
	int ends[2];
	pid_t child;
	bool ok;

	if (!input_of(p, &in, e))
		return false;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_set(e, ERR_SYSTEM, "a pipe: %m");
	from = ends[0];
	ok = start(p, in, ends[1], &child, e);
	close(ends[1]);
	return ok && ended(child, hear(from, clock_since() + p->seconds * TIME_SECOND, out, e), e);
}
