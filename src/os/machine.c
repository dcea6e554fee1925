#include "os/machine.h"

#include "os/cage.h"
#include "os/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

enum { MODE_BITS = 07777 };

static bool failed(const char *path, struct err *e)
{
	return err_set(e, errno == ENOENT ? ERR_ABSENT : ERR_SYSTEM, "%s: %m", path);
}

bool machine_room(const char *path, struct machine_room *out, struct err *e)
{
	struct statvfs s;

	if (statvfs(path, &s) != 0)
		return failed(path, e);
	*out = (struct machine_room){
		.bytes_free = (uint64_t)s.f_bavail * s.f_frsize,
		.bytes = (uint64_t)s.f_blocks * s.f_frsize,
		.inodes_free = s.f_favail,
		.inodes = s.f_files,
	};
	return true;
}

bool machine_owner(const char *path, struct machine_owner *out, struct err *e)
{
	struct stat s;

	if (stat(path, &s) != 0)
		return failed(path, e);
	*out = (struct machine_owner){ s.st_uid, geteuid(), s.st_mode & MODE_BITS };
	return true;
}

bool machine_may_fill(const char *folder)
{
	struct stat s;

	return stat(folder, &s) == 0 && S_ISDIR(s.st_mode) &&
	       faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0;
}

bool machine_clock_held(bool *out, struct err *e)
{
	struct timex t = { .modes = 0 };

	if (adjtimex(&t) < 0)
		return err_set(e, ERR_SYSTEM,
			       "the kernel does not say whether its clock is held: %m");
	*out = (t.status & STA_UNSYNC) == 0;
	return true;
}

// ---- names

struct heard { // what a child writes, at once
	unsigned at;
	enum machine_name is;
};

struct asking { // what a child needs
	const char *name;
	unsigned at;
	int to;
};

static int ask(void *context)
{
	const struct asking *x = context;
	const struct addrinfo wants = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *got = NULL;
	int code = getaddrinfo(x->name, NULL, &wants, &got);
	struct heard h = { x->at, NAME_REFUSED };

	if (code == 0)
		h.is = NAME_FOUND;
	else if (code == EAI_NONAME || code == EAI_NODATA)
		h.is = NAME_ABSENT;
	return write(x->to, &h, sizeof h) != sizeof h;
}

// Until every child has closed its end, or the time is up.
static void hear(int from, size_t n, int64_t until, enum machine_name *out)
{
	struct pollfd p = { .fd = from, .events = POLLIN };
	struct heard h;

	for (;;) {
		int64_t left = until - clock_since();
		int got = left > 0 ? poll(&p, 1, (int)(left / 1000) + 1) : 0;

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0 || read(from, &h, sizeof h) != sizeof h)
			return;
		if (h.at < n)
			out[h.at] = h.is;
	}
}

static bool look_up_some(const char *const *names, size_t n, int64_t until, enum machine_name *out,
			 struct err *e)
{
	pid_t children[MACHINE_MOST_AT_ONCE];
	size_t started = 0;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_set(e, ERR_SYSTEM, "a pipe: %m");
	for (; started < n; started++) {
		struct asking x = { names[started], (unsigned)started, ends[1] };

		if (!cage_fork(ask, &x, &children[started], e))
			break;
	}
	close(ends[1]);
	if (started == n)
		hear(ends[0], n, until, out);
	close(ends[0]);
	for (size_t i = 0; i < started; i++)
		cage_kill(children[i]);
	return started == n;
}

bool machine_look_up(const char *const *names, size_t n, int64_t wait, enum machine_name *out,
		     struct err *e)
{
	int64_t until = clock_since() + wait;

	for (size_t i = 0; i < n; i++)
		out[i] = NAME_SILENT;
	for (size_t i = 0; i < n && clock_since() < until; i += MACHINE_MOST_AT_ONCE) {
		size_t left = n - i;
		size_t some = left < MACHINE_MOST_AT_ONCE ? left : MACHINE_MOST_AT_ONCE;

		if (!look_up_some(names + i, some, until, out + i, e))
			return false;
	}
	return true;
}

static bool plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_';
}

void machine_called(char out[MACHINE_CALLED])
{
	if (gethostname(out, MACHINE_CALLED) != 0 || out[0] == '\0')
		memcpy(out, "machine", sizeof "machine");
	out[MACHINE_CALLED - 1] = '\0';
	for (char *c = out; *c != '\0'; c++)
		if (!plain(*c))
			*c = '_';
}
