#include "os/file.h"

#include "base/sort.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <poll.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, STEP = 64 << 10 };
enum { WRITE_WAIT = 5000, WRITE_STEP = 5 }; // ms, for another who writes the same file

void file_closed(int *fd)
{
	if (*fd > STDERR_FILENO)
		close(*fd);
	*fd = -1;
}

static bool failed(const char *path, struct err *e)
{
	return err_set(e, errno == ENOENT ? ERR_ABSENT : ERR_SYSTEM, "%s: %m", path);
}

// Whether a named pipe has bytes or somebody who may still write some: tee looks
// without taking. Nameless ones end by themselves.
static bool has_writer(int fd)
{
	struct statfs where;
	int ends[2];
	ssize_t n;

	if (fstatfs(fd, &where) != 0 || where.f_type == PIPEFS_MAGIC || pipe2(ends, O_CLOEXEC) != 0)
		return true;
	n = tee(fd, ends[1], 1, SPLICE_F_NONBLOCK);
	close(ends[0]);
	close(ends[1]);
	return n != 0;
}

static bool opened(int fd, const char *path, bool *plain, struct err *e)
{
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0)
		return failed(path, e);
	if (S_ISDIR(st.st_mode))
		return err_set(e, ERR_INPUT, "%s is a folder: name the files in it", path);
	if (S_ISFIFO(st.st_mode) && !has_writer(fd))
		return err_set(e, ERR_INPUT,
			       "%s is a pipe that nobody writes to: start its writer first, "
			       "or name a file",
			       path);
	*plain = S_ISREG(st.st_mode);
	return true;
}

bool file_open(const char *path, int *out, bool *plain, struct err *e)
{
	// Without O_NONBLOCK the opening of a pipe would wait for its writer.
	autofd fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (!opened(fd, path, plain, e))
		return false;
	fcntl(fd, F_SETFL, 0);
	*out = TAKE(fd, -1);
	return true;
}

// To the end, into one piece that grows at the end of the arena.
static bool read_all(int fd, const char *path, size_t most, struct arena *a, struct str *out,
		     struct err *e)
{
	char *start = arena_new(a, char, 0);
	size_t n = 0, room = 0;

	for (;;) {
		ssize_t got;

		if (n == room) {
			arena_new(a, char, STEP); // directly behind
			room += STEP;
		}
		got = read(fd, start + n, room - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return failed(path, e);
		if (got == 0)
			break;
		n += (size_t)got;
		if (n > most)
			return err_set(e, ERR_LIMIT, "%s: over %zu bytes", path, most);
	}
	*out = (struct str){ start, n };
	return true;
}

bool file_read(const char *path, size_t most, struct arena *a, struct str *out, struct err *e)
{
	bool input = strcmp(path, "-") == 0;
	autofd fd = input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0)
		return failed(path, e);
	if (S_ISDIR(st.st_mode))
		return err_set(e, ERR_INPUT, "%s is a folder", path);
	return read_all(fd, path, most, a, out, e);
}

bool file_read_secret(const char *path, size_t most, struct arena *a, struct str *out,
		      struct err *e)
{
	autofd fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0)
		return failed(path, e);
	if ((st.st_mode & (S_IRWXG | S_IRWXO)) != 0 || st.st_uid != geteuid())
		return err_set(e, ERR_CONFIG,
			       "%s: others may read this secret: `chmod 600` it, as its owner",
			       path);
	return read_all(fd, path, most, a, out, e);
}

bool file_is_link(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

bool file_stamp(const char *path, struct arena *a, struct str *out, struct err *e)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return failed(path, e);
	*out = arena_fmt(a, "%lld-%lld%06ld", (long long)st.st_size, (long long)st.st_mtim.tv_sec,
			 st.st_mtim.tv_nsec / 1000);
	return true;
}

static bool put_all(int fd, struct str s)
{
	while (s.n > 0) {
		ssize_t n = write(fd, s.p, s.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		str_skip(&s, (size_t)n);
	}
	return fsync(fd) == 0;
}

static bool is_at(int fd, const char *path)
{
	struct stat mine, there;

	return fstat(fd, &mine) == 0 && stat(path, &there) == 0 && mine.st_ino == there.st_ino &&
	       mine.st_dev == there.st_dev;
}

// The file beside its place, empty, and only this process writes to it. Who had it before
// renames it away, so that what is locked may be in its place by now: then it is made anew.
static bool open_beside(const char *beside, unsigned mode, int *out, struct err *e)
{
	for (int waited = 0; waited < WRITE_WAIT; waited += WRITE_STEP) {
		autofd fd = open(beside, O_WRONLY | O_CREAT | O_CLOEXEC, mode);

		if (fd < 0)
			return failed(beside, e);
		if (flock(fd, LOCK_EX | LOCK_NB) == 0 && is_at(fd, beside)) {
			*out = TAKE(fd, -1);
			return ftruncate(*out, 0) == 0 || failed(beside, e);
		}
		poll(NULL, 0, WRITE_STEP);
	}
	return err_set(e, ERR_CONFLICT, "%s: another process has been writing it for too long",
		       beside);
}

bool file_write(const char *path, struct str bytes, unsigned mode, struct err *e)
{
	char beside[PATH_BYTES];
	autofd fd = -1;

	if (snprintf(beside, sizeof beside, "%s.new", path) >= (int)sizeof beside)
		return err_set(e, ERR_LIMIT, "%s: the path is too long", path);
	if (!open_beside(beside, mode, &fd, e))
		return false;
	if (!put_all(fd, bytes) || rename(beside, path) != 0) {
		failed(path, e);
		unlink(beside);
		return false;
	}
	return true;
}

bool file_rename(const char *from, const char *to, struct err *e)
{
	return rename(from, to) == 0 || err_set(e, ERR_SYSTEM, "%s: %m", to);
}

bool file_remove(const char *path, struct err *e)
{
	return unlink(path) == 0 || errno == ENOENT || failed(path, e);
}

bool file_create(const char *path, int *fd, struct err *e)
{
	*fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	return *fd >= 0 || failed(path, e);
}

bool file_write_all(int fd, struct str bytes, struct err *e)
{
	while (bytes.n > 0) {
		ssize_t n = write(fd, bytes.p, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(e, ERR_SYSTEM, "the output takes no more: %m");
		str_skip(&bytes, (size_t)n);
	}
	return true;
}

bool file_in_memory(int *fd, struct err *e)
{
	*fd = memfd_create("waker", MFD_CLOEXEC);
	return *fd >= 0 || err_set(e, ERR_SYSTEM, "a file in memory: %m");
}

void file_again(int fd, char out[FILE_AGAIN])
{
	snprintf(out, FILE_AGAIN, "/proc/self/fd/%d", fd);
}

void file_from_outside(int fd, char out[FILE_AGAIN])
{
	snprintf(out, FILE_AGAIN, "/proc/%lld/fd/%d", (long long)getpid(), fd);
}

bool file_is_written(const char *path)
{
	autofd fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return false;
	if (fcntl(fd, F_SETLEASE, F_RDLCK) != 0) // a lease is not given beside a writer
		return errno == EAGAIN;
	fcntl(fd, F_SETLEASE, F_UNLCK);
	return false;
}

bool file_map(int fd, size_t most, struct str *out, struct err *e)
{
	struct stat s;
	void *p;

	*out = (struct str){ 0 };
	if (fstat(fd, &s) != 0)
		return err_set(e, ERR_SYSTEM, "a file cannot be looked at: %m");
	if ((uint64_t)s.st_size > most)
		return err_set(e, ERR_LIMIT, "it is over %zu MB", most >> 20);
	if (s.st_size == 0)
		return true;
	p = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED)
		return err_set(e, ERR_SYSTEM, "a file cannot be mapped: %m");
	*out = (struct str){ p, (size_t)s.st_size };
	return true;
}

void file_unmap(struct str *mapped)
{
	if (mapped->n > 0)
		munmap((void *)(uintptr_t)mapped->p, mapped->n);
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

static void dir_done(DIR **d)
{
	if (*d != NULL)
		closedir(*d);
}

static int by_name(const void *a, const void *b)
{
	return str_order(*(const struct str *)a, *(const struct str *)b);
}

bool folder_names(const char *path, struct arena *a, struct file_names *out, struct err *e)
{
	CLEANUP(dir_done) DIR *d = opendir(path);
	const struct dirent *entry;

	*out = (struct file_names){ 0 };
	if (d == NULL)
		return errno == ENOENT || failed(path, e);
	while ((entry = readdir(d)) != NULL)
		if (entry->d_name[0] != '.')
			*list_add(&out->names, a) = arena_str(a, str_of(entry->d_name));
	sort_merge(out->names.at, arena_new(a, struct str, out->names.count), out->names.count,
		   sizeof(struct str), by_name);
	return true;
}

bool folder_make(const char *path, unsigned mode, struct err *e)
{
	return mkdir(path, mode) == 0 || errno == EEXIST || failed(path, e);
}

bool file_share(const char *path, struct err *e)
{
	struct stat s;

	if (stat(path, &s) != 0)
		return failed(path, e);
	return chmod(path, S_ISDIR(s.st_mode) ? 0755 : 0644) == 0 || errno == EPERM ||
	       failed(path, e);
}

bool folder_lock(const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC); // closed by the end

	if (fd < 0)
		return errno == ENOENT || failed(path, e);
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return true;
	if (errno == EWOULDBLOCK)
		err_set(e, ERR_CONFLICT, "%s is in another run's hands: let it end", path);
	else
		failed(path, e);
	close(fd);
	return false;
}
