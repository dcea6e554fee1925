#include "os/fetch_role.h"

#include "os/channel.h"
#include "os/fetch_serve.h"
#include "os/libexec.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { GRACE_SECONDS = 30 }; // the role ends asks by itself, before that

struct fetch_role {
	pid_t child;
	int channel;
	char room[ASK_MAX_MESSAGE];
};

static bool start(const char *path, struct str ca, int theirs, pid_t *child, struct err *e)
{
	char file[LIBEXEC_PATH];
	char *const argv[] = { (char *)(uintptr_t)path, file, NULL };
	char utf8[] = "LC_ALL=C.UTF-8";
	char *const envp[] = { utf8, NULL }; // no proxy, no other setting of somebody's shell
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	sigset_t none;
	int got;

	if (snprintf(file, sizeof file, STR_FMT, STR_ARG(ca)) >= (int)sizeof file)
		return err_set(e, ERR_CONFIG, "ca: the path is too long");
	sigemptyset(&none); // a service blocks its own (os/ears.h)
	if (posix_spawn_file_actions_init(&files) != 0 || posix_spawnattr_init(&how) != 0)
		abort();
	if (posix_spawn_file_actions_adddup2(&files, theirs, FETCH_SERVE_FD) != 0 ||
	    posix_spawn_file_actions_addclosefrom_np(&files, FETCH_SERVE_FD + 1) != 0 ||
	    posix_spawnattr_setsigmask(&how, &none) != 0 ||
	    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK) != 0)
		abort();
	got = posix_spawn(child, path, &files, &how, argv, envp);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&how);
	errno = got;
	return got == 0 || err_set(e, ERR_SYSTEM, "%s: %m", path);
}

// The channel must not lie where the child wants its own: dup2 onto itself keeps CLOEXEC.
static bool above(int *fd, struct err *e)
{
	int higher;

	if (*fd > FETCH_SERVE_FD)
		return true;
	higher = fcntl(*fd, F_DUPFD_CLOEXEC, FETCH_SERVE_FD + 1);
	if (higher < 0)
		return err_set(e, ERR_SYSTEM, "no descriptor is left: %m");
	close(*fd);
	*fd = higher;
	return true;
}

bool fetch_role_open(struct str ca, struct fetch_role **out, struct err *e)
{
	char path[LIBEXEC_PATH];
	struct fetch_role *r;
	int ends[2];
	bool ok;

	if (!libexec_find("fetch", path, e) || !channel_pair(ends, e))
		return false;
	r = calloc(1, sizeof *r);
	if (r == NULL)
		abort();
	ok = above(&ends[1], e) && start(path, ca, ends[1], &r->child, e);
	close(ends[1]);
	r->channel = ends[0];
	if (ok)
		*out = r;
	else
		fetch_role_close(r);
	return ok;
}

void fetch_role_close(struct fetch_role *r)
{
	if (r == NULL)
		return;
	close(r->channel); // tells it to end
	if (r->child > 0) {
		kill(r->child, SIGTERM);
		while (waitpid(r->child, NULL, 0) < 0 && errno == EINTR)
			;
	}
	explicit_bzero(r, sizeof *r);
	free(r);
}

static bool died(struct fetch_role *r, struct err *e)
{
	int status = 0;

	kill(r->child, SIGKILL);
	while (waitpid(r->child, &status, 0) < 0 && errno == EINTR)
		;
	r->child = 0;
	errno = 0;
	if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL)
		return err_set(e, ERR_SYSTEM, "what fetches died of signal %d", WTERMSIG(status));
	return err_set(e, ERR_SYSTEM, "what fetches ended with status %d, without an answer",
		       WIFEXITED(status) ? WEXITSTATUS(status) : 0);
}

static bool answered(struct str message, struct ask_answer *out, struct err *e)
{
	struct ask_answer x;

	if (!ask_read_answer(message, &x)) {
		errno = 0;
		return err_set(e, ERR_SYSTEM,
			       "what fetches is of another version: install waker anew");
	}
	if (x.kind != ERR_NONE)
		return err_set(e, x.kind, STR_FMT, STR_ARG(x.text));
	*out = x;
	return true;
}

bool fetch_role_ask(struct fetch_role *r, const struct ask *x, int body,
		    const struct fetch_progress *progress, struct ask_answer *out, struct err *e)
{
	struct buf b = BUF_ON(r->room);
	int wait = (int)(x->wait + GRACE_SECONDS) * 1000, stray = -1;
	uint64_t done, all;

	ask_write(&b, x);
	if (b.over)
		return err_set(e, ERR_LIMIT, "what is asked is over %d bytes", ASK_MAX_MESSAGE);
	if (r->child == 0)
		return err_set(e, ERR_SYSTEM, "what fetches has died before");
	if (!channel_send(r->channel, buf_view(&b), body, e))
		return died(r, e);
	for (;;) {
		b = (struct buf)BUF_ON(r->room);
		if (!channel_receive(r->channel, wait, &b, &stray, e))
			return died(r, e);
		if (stray >= 0)
			close(stray);
		if (!ask_read_progress(buf_view(&b), &done, &all))
			return answered(buf_view(&b), out, e);
		if (progress != NULL && progress->tell != NULL)
			progress->tell(progress->context, done, all);
	}
}

bool fetch_role_trust(struct arena *a, struct fetch_trust *out, struct err *e)
{
	autofetchrole r = NULL;
	struct str said;
	struct buf b;
	int stray = -1;

	if (!fetch_role_open(S(FETCH_SERVE_TRUST), &r, e))
		return false;
	b = (struct buf)BUF_ON(r->room);
	if (!channel_receive(r->channel, FETCH_TRUST_SECONDS * 1000, &b, &stray, e))
		return died(r, e);
	if (stray >= 0)
		close(stray);
	said = arena_str(a, buf_view(&b));
	out->file = str_cut(&said, '\n');
	out->folder = said;
	return true;
}
