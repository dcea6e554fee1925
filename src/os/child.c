#include "os/child.h"

#include "os/libexec.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

// Held open, and never written to, as long as this process lives.
static int lifeline[2] = { -1, -1 };

static bool have_lifeline(struct err *e)
{
	if (lifeline[0] >= 0)
		return true;
	if (pipe2(lifeline, O_CLOEXEC) != 0)
		return err_set(e, ERR_SYSTEM, "a pipe: %m");
	if (lifeline[0] == CHILD_LIFELINE) { // dup2 onto itself would keep CLOEXEC
		int higher = fcntl(lifeline[0], F_DUPFD_CLOEXEC, CHILD_LIFELINE + 1);

		if (higher < 0)
			return err_set(e, ERR_SYSTEM, "a pipe: %m");
		close(lifeline[0]);
		lifeline[0] = higher;
	}
	return true;
}

static int spawn(const char *path, char *const *argv, pid_t *out)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	sigset_t none;
	int got;

	sigemptyset(&none);
	if (posix_spawn_file_actions_init(&files) != 0 || posix_spawnattr_init(&how) != 0)
		abort();
	if (posix_spawn_file_actions_adddup2(&files, lifeline[0], CHILD_LIFELINE) != 0 ||
	    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0) != 0 ||
	    posix_spawn_file_actions_addclosefrom_np(&files, CHILD_LIFELINE + 1) != 0 ||
	    posix_spawnattr_setsigmask(&how, &none) != 0 ||
	    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK) != 0)
		abort();
	got = posix_spawn(out, path, &files, &how, argv, environ);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&how);
	return got;
}

bool child_start(const char *name, const char *const *args, pid_t *out, struct err *e)
{
	char path[LIBEXEC_PATH];
	char *argv[CHILD_MOST_ARGS + 2] = { path };
	int got;

	if (!libexec_find(name, path, e) || !have_lifeline(e))
		return false;
	for (size_t i = 0; i < CHILD_MOST_ARGS && args[i] != NULL; i++)
		argv[i + 1] = (char *)(uintptr_t)args[i];
	got = spawn(path, argv, out);
	errno = got;
	return got == 0 || err_set(e, ERR_SYSTEM, "%s: %m", path);
}

void child_signal(pid_t child, int signal)
{
	if (child > 0)
		kill(child, signal);
}

pid_t child_ended(char *says, size_t room)
{
	int status = 0;
	pid_t got = waitpid(-1, &status, WNOHANG);

	says[0] = '\0';
	if (got <= 0)
		return 0;
	if (WIFSIGNALED(status))
		snprintf(says, room, "died of signal %d", WTERMSIG(status));
	else if (WEXITSTATUS(status) != 0)
		snprintf(says, room, "ended with status %d", WEXITSTATUS(status));
	return got;
}
