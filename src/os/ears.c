#include "os/ears.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { SIGNALS, LIFELINE, WORD, FOLDERS, ALSO, EARS, NAME = 32 };

struct ears {
	struct pollfd at[EARS];
	int folder; // of the socket, -1: none
	char name[NAME];
};

static void signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGHUP);
	sigaddset(set, SIGCHLD);
}

bool ears_open(struct ears **out, struct err *e)
{
	struct ears *x = calloc(1, sizeof *x);
	sigset_t set;

	if (x == NULL)
		abort();
	for (unsigned i = 0; i < EARS; i++)
		x->at[i] = (struct pollfd){ .fd = -1, .events = POLLIN };
	x->folder = -1;
	signals(&set);
	// Where who started us ignores its children, ours would go unheard.
	sigaction(SIGCHLD, &(struct sigaction){ .sa_handler = SIG_DFL }, NULL);
	sigprocmask(SIG_BLOCK, &set, NULL);
	x->at[SIGNALS].fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (x->at[SIGNALS].fd >= 0) {
		*out = x;
		return true;
	}
	err_set(e, ERR_SYSTEM, "waiting for signals: %m");
	ears_close(x);
	return false;
}

void ears_close(struct ears *x)
{
	if (x == NULL)
		return;
	x->at[ALSO].fd = -1;
	for (unsigned i = 0; i < EARS; i++)
		if (x->at[i].fd >= 0)
			close(x->at[i].fd);
	if (x->folder >= 0) {
		unlinkat(x->folder, x->name, 0);
		close(x->folder);
	}
	free(x);
}

void ears_lifeline(struct ears *x, int fd)
{
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	x->at[LIFELINE].fd = fd;
}

// A path of any length fits, by way of the folder's descriptor.
static bool address(int folder, const char *name, struct sockaddr_un *out)
{
	*out = (struct sockaddr_un){ .sun_family = AF_UNIX };
	return snprintf(out->sun_path, sizeof out->sun_path, "/proc/self/fd/%d/%s", folder, name) <
	       (int)sizeof out->sun_path;
}

bool ears_word(struct ears *x, const char *folder, const char *name, struct err *e)
{
	int at = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	struct sockaddr_un where;
	bool ok = at >= 0 && fd >= 0 && address(at, name, &where);

	if (ok && unlinkat(at, name, 0) != 0 && errno != ENOENT)
		ok = false;
	ok = ok && bind(fd, (const struct sockaddr *)&where, sizeof where) == 0;
	if (!ok)
		err_set(e, ERR_SYSTEM, "%s/%s: %m", folder, name);
	if (ok) {
		x->at[WORD].fd = fd;
		x->folder = at;
		snprintf(x->name, sizeof x->name, "%s", name);
		return true;
	}
	if (at >= 0)
		close(at);
	if (fd >= 0)
		close(fd);
	return false;
}

// A user has few of them (fs.inotify.max_user_instances): who watches nothing takes none.
static bool watches(struct ears *x)
{
	if (x->at[FOLDERS].fd < 0)
		x->at[FOLDERS].fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	return x->at[FOLDERS].fd >= 0;
}

bool ears_folder(struct ears *x, const char *path, struct err *e)
{
	if (!watches(x))
		return err_set(e, errno == EMFILE ? ERR_LIMIT : ERR_SYSTEM,
			       "watching %s: %m (sysctl fs.inotify.max_user_instances)", path);
	if (inotify_add_watch(x->at[FOLDERS].fd, path,
			      IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ONLYDIR) >= 0)
		return true;
	return err_set(e, errno == ENOSPC ? ERR_LIMIT : ERR_SYSTEM, "watching %s: %m", path);
}

void ears_also(struct ears *x, int fd)
{
	x->at[ALSO].fd = fd;
}

static unsigned of_signals(int fd)
{
	struct signalfd_siginfo info;
	unsigned heard = 0;

	while (read(fd, &info, sizeof info) == (ssize_t)sizeof info) {
		if (info.ssi_signo == SIGHUP)
			heard |= HEARD_RELOAD;
		else if (info.ssi_signo == SIGCHLD)
			heard |= HEARD_CHILD;
		else
			heard |= HEARD_STOP;
	}
	return heard;
}

// What stands there is of no matter: it is looked at as a whole.
static void drain(int fd)
{
	char room[4096];

	while (read(fd, room, sizeof room) > 0)
		;
}

// A file that was only begun is not there yet.
static unsigned of_folders(int fd)
{
	char room[4096] __attribute__((aligned(_Alignof(struct inotify_event))));
	unsigned heard = 0;
	ssize_t n;

	while ((n = read(fd, room, sizeof room)) > 0)
		for (ssize_t at = 0; at < n;) {
			const struct inotify_event *x = (const void *)(room + at);

			if ((x->mask & IN_CREATE) == 0 || (x->mask & IN_ISDIR) != 0)
				heard = HEARD_LOOK;
			at += (ssize_t)(sizeof *x + x->len);
		}
	return heard;
}

unsigned ears_wait(struct ears *x, int milliseconds)
{
	unsigned heard = 0;
	int n = poll(x->at, EARS, milliseconds);

	if (n < 0)
		return errno == EINTR ? HEARD_NOTHING : HEARD_STOP;
	if (x->at[SIGNALS].revents != 0)
		heard |= of_signals(x->at[SIGNALS].fd);
	if (x->at[LIFELINE].revents != 0)
		heard |= HEARD_STOP;
	if (x->at[WORD].revents != 0) {
		drain(x->at[WORD].fd);
		heard |= HEARD_LOOK;
	}
	if (x->at[ALSO].revents != 0)
		heard |= HEARD_LOOK;
	if (x->at[FOLDERS].revents != 0)
		heard |= of_folders(x->at[FOLDERS].fd);
	return heard;
}

// A socket that is tied to the one at FOLDER/NAME; -1: nobody listens there.
static int tied(const char *folder, const char *name)
{
	int at = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	struct sockaddr_un where;

	if (fd >= 0 && (at < 0 || !address(at, name, &where) ||
			connect(fd, (const struct sockaddr *)&where, sizeof where) != 0)) {
		close(fd);
		fd = -1;
	}
	if (at >= 0)
		close(at);
	return fd;
}

void ears_tell(const char *folder, const char *name)
{
	int fd = tied(folder, name);

	if (fd < 0)
		return;
	(void)!send(fd, "", 1, MSG_NOSIGNAL);
	close(fd);
}

bool ears_listen(const char *folder, const char *name)
{
	int fd = tied(folder, name);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}
