#include "os/part.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

enum { MODE = 0600 };

static bool path_of(char *out, const char *folder, const char *before, struct str name,
		    const char *behind)
{
	return snprintf(out, PART_PATH, "%s/%s" STR_FMT "%s", folder, before, STR_ARG(name),
			behind) < PART_PATH;
}

bool part_open(const char *folder, struct str name, struct part *out, struct err *e)
{
	struct part *p = out;

	p->fd = -1;
	if (!path_of(p->folder, folder, "", S(""), "") ||
	    !path_of(p->beside, folder, PART_MARK, name, ".part") ||
	    !path_of(p->path, folder, "", name, ""))
		return err_set(e, ERR_LIMIT, "%s: the path is too long", folder);
	p->fd = open(p->beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, MODE);
	return p->fd >= 0 || err_set(e, ERR_SYSTEM, "%s: %m", p->beside);
}

static bool sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return ok;
}

bool part_keep(struct part *p, struct err *e)
{
	if (fsync(p->fd) != 0 || rename(p->beside, p->path) != 0 || !sync_folder(p->folder))
		return err_set(e, ERR_SYSTEM, "%s: %m", p->path);
	close(p->fd);
	p->fd = -1;
	return true;
}

void part_drop(struct part *p)
{
	if (p->fd < 0)
		return;
	unlink(p->beside);
	close(p->fd);
	p->fd = -1;
}

bool lock_take(const char *path, int *out, struct err *e)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, MODE);

	if (fd < 0)
		return err_set(e, ERR_SYSTEM, "%s: %m", path);
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		bool taken = errno == EWOULDBLOCK;

		err_set(e, taken ? ERR_CONFLICT : ERR_SYSTEM, "%s: %m", path);
		close(fd);
		return false;
	}
	*out = fd;
	return true;
}

void lock_done(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}
