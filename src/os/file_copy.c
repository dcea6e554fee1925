#include "os/file_copy.h"

#include "base/time.h"
#include "os/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 20, PRIVATE = 0600, ROOM = 4 * FILE_SEALED };

static void freed(char **p)
{
	free(*p);
}

static bool failed(const char *path, struct err *e)
{
	if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)
		return err_set(e, ERR_SYSTEM, "%s: %m: make room and run it again", path);
	return err_set(e, errno == ENOENT ? ERR_ABSENT : ERR_SYSTEM, "%s: %m", path);
}

static bool put(int fd, struct str bytes)
{
	while (bytes.n > 0) {
		ssize_t n = write(fd, bytes.p, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		str_skip(&bytes, (size_t)n);
	}
	return true;
}

// `to` -1: only summed.
static bool pump(const char *path, int to, const char *to_path, struct file_sum *out, struct err *e)
{
	autofd from = open(path, O_RDONLY | O_CLOEXEC);
	CLEANUP(freed) char *room = malloc(PIECE);
	struct file_sum s = { .bytes = 0 };
	struct digest d;

	if (room == NULL)
		abort();
	if (from < 0)
		return failed(path, e);
	digest_init(&d);
	for (;;) {
		ssize_t n = read(from, room, PIECE);
		struct str piece = { room, n > 0 ? (size_t)n : 0 };

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return failed(path, e);
		if (n == 0)
			break;
		digest_add(&d, piece);
		s.bytes += piece.n;
		if (to >= 0 && !put(to, piece))
			return failed(to_path, e);
	}
	digest_done(&d, s.sum);
	*out = s;
	return true;
}

static int make(const char *path, unsigned mode)
{
	return open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
}

// A file system that has no modes (a stick's) keeps it as it was made.
static bool moded(int fd, unsigned mode)
{
	return fchmod(fd, mode) == 0 || errno == EPERM || errno == EOPNOTSUPP;
}

static bool dated(int fd, int64_t changed)
{
	int64_t second = changed / TIME_SECOND - (changed % TIME_SECOND < 0);
	struct timespec at = { second, (changed - second * TIME_SECOND) * 1000 };

	return futimens(fd, (struct timespec[]){ at, at }) == 0;
}

bool file_copy(const struct file_copy *c, struct file_sum *out, struct err *e)
{
	autofd fd = make(c->to, PRIVATE);
	struct file_sum s;

	if (fd < 0)
		return failed(c->to, e);
	if (pump(c->from, fd, c->to, &s, e) &&
	    ((moded(fd, c->mode) && dated(fd, c->changed)) || failed(c->to, e))) {
		*out = s;
		return true;
	}
	unlink(c->to);
	return false;
}

bool file_sum(const char *path, struct file_sum *out, struct err *e)
{
	return pump(path, -1, NULL, out, e);
}

bool file_link(const char *from, const char *to, struct err *e)
{
	if (link(from, to) == 0)
		return true;
	if (errno == EEXIST || errno == ENOSPC || errno == EDQUOT || errno == EROFS)
		return failed(to, e);
	e->kind = ERR_NONE;
	return false;
}

// ---- sealed

static void wiped(struct arena *a)
{
	explicit_bzero(a->start, (size_t)(a->at - a->start));
	arena_done(a);
}
#define autosecret CLEANUP(wiped) struct arena

bool file_seal(const char *from, const char *to, const struct seal_public *key, struct err *e)
{
	autosecret a;
	autofd fd = -1;
	struct seal_writer *w;
	struct str bytes;
	bool good;

	arena_init(&a, ROOM);
	if (!file_read(from, FILE_SEALED, &a, &bytes, e))
		return false;
	fd = make(to, PRIVATE);
	if (fd < 0)
		return failed(to, e);
	w = seal_writer_new(key, fd);
	good = seal_writer_put(w, bytes, e) && seal_writer_end(w, e);
	seal_writer_free(w);
	if (!good)
		unlink(to);
	return good || err_in(e, "%s", to);
}

static bool open_chunks(struct str sealed, const struct seal_secret *key, struct arena *a,
			struct str *out, struct err *e)
{
	char *plain = arena_new(a, char, FILE_SEALED + SEAL_CHUNK);
	struct seal_reader *r = seal_reader_new(str_first(sealed, SEAL_HEAD), key, a, e);
	size_t n = 0, all = 0;

	if (r == NULL)
		return false;
	str_skip(&sealed, SEAL_HEAD);
	while (sealed.n > 0) {
		struct str chunk = str_first(sealed, SEAL_CHUNK + SEAL_MORE);

		if (all > FILE_SEALED)
			return err_set(e, ERR_INPUT, "it is too long");
		if (!seal_reader_chunk(r, chunk, plain + all, &n, e))
			return false;
		all += n;
		str_skip(&sealed, chunk.n);
	}
	*out = (struct str){ plain, all };
	return seal_reader_end(r, e);
}

bool file_unseal(const char *from, const char *to, const struct seal_secret *key, struct err *e)
{
	autosecret a;
	autofd fd = -1;
	struct str sealed, plain = { 0 };

	arena_init(&a, 2 * ROOM);
	if (!file_read(from, 2 * FILE_SEALED, &a, &sealed, e))
		return false;
	if (!open_chunks(sealed, key, &a, &plain, e))
		return err_in(e, "%s", from);
	fd = make(to, PRIVATE);
	if (fd < 0)
		return failed(to, e);
	if (put(fd, plain))
		return true;
	failed(to, e);
	unlink(to);
	return false;
}
