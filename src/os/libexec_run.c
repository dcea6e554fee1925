#include "os/libexec_run.h"

#include "base/buf.h"
#include "base/time.h"
#include "os/clock.h"
#include "os/libexec.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void close_fd(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static bool start(const char *path, const char *const *args, int out, pid_t *child, struct err *e)
{
	char *argv[LIBEXEC_MOST_ARGS + 2] = { (char *)(uintptr_t)path };
	posix_spawn_file_actions_t files;
	size_t n = 0;
	int got;

	for (; args[n] != NULL; n++) {
		assert(n < LIBEXEC_MOST_ARGS);
		argv[n + 1] = (char *)(uintptr_t)args[n];
	}
	if (posix_spawn_file_actions_init(&files) != 0 ||
	    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0) != 0 ||
	    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO) != 0 ||
	    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1) != 0)
		abort();
	got = posix_spawn(child, path, &files, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&files);
	errno = got;
	return got == 0 || err_set(e, ERR_SYSTEM, "%s: %m", path);
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

bool libexec_run(const char *name, const char *const *args, unsigned seconds, struct arena *a,
		 struct str *out, struct err *e)
{
	CLEANUP(close_fd) int in = -1;
	struct buf b = { .p = arena_new(a, char, LIBEXEC_MOST_BYTES), .cap = LIBEXEC_MOST_BYTES };
	char path[LIBEXEC_PATH];
	int ends[2];
	pid_t child;
	bool ok;

	if (!libexec_find(name, path, e))
		return false;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_set(e, ERR_SYSTEM, "%s: %m", name);
	in = ends[0];
	ok = start(path, args, ends[1], &child, e);
	close(ends[1]);
	if (!ok)
		return false;
	if (!ended(child, hear(in, clock_since() + seconds * TIME_SECOND, &b, e), e))
		return err_in(e, "%s, a part of waker", name);
	*out = buf_view(&b);
	return true;
}
