#include "os/archive.h"

#include "base/time.h"
#include "os/file.h"
#include "os/zstd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	// A fast level: a batch is written once and mostly never read again, and the
	// budget of a run is a few times counting its lines (bench/RESULTS.md).
	LEVEL = -3,
};

// A part is locked while somebody writes it; one that is not was left behind.
static void clear_parts(int folder)
{
	int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *list = fd >= 0 ? fdopendir(fd) : NULL;

	if (list == NULL)
		return;
	for (struct dirent *x = readdir(list); x != NULL; x = readdir(list)) {
		autofd part = -1;

		if (strncmp(x->d_name, ".part-", 6) != 0)
			continue;
		part = openat(folder, x->d_name, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
		if (part >= 0 && flock(part, LOCK_EX | LOCK_NB) == 0)
			unlinkat(folder, x->d_name, 0);
	}
	closedir(list);
}

struct part {
	int folder, fd;
	char name[32];
};

static void part_done(struct part *p)
{
	if (p->fd >= 0) {
		unlinkat(p->folder, p->name, 0);
		close(p->fd);
	}
	if (p->folder >= 0)
		close(p->folder);
}

static bool part_open(const char *folder, struct part *p, struct err *e)
{
	struct stat st = { 0 };

	p->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (p->folder < 0)
		return err_set(e, ERR_SYSTEM, "%m");
	clear_parts(p->folder);
	snprintf(p->name, sizeof p->name, ".part-%ld", (long)getpid());
	// Between making and locking it another run may have cleared it: then again.
	while (st.st_nlink == 0) {
		if (p->fd >= 0)
			close(p->fd);
		p->fd = openat(p->folder, p->name,
			       O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (p->fd < 0 || flock(p->fd, LOCK_EX) != 0 || fstat(p->fd, &st) != 0)
			return err_set(e, ERR_SYSTEM, "%m");
	}
	return true;
}

// The archive is at fault: which, and what can be done.
static bool failed(const char *folder, struct err *e)
{
	struct err was = *e;

	if (was.os == ENOSPC || was.os == EDQUOT || was.os == EFBIG)
		err_set(e, was.kind, "%s: make room and run it again", was.text);
	if (was.os == EACCES || was.os == EPERM || was.os == EROFS)
		err_set(e, was.kind, "%s: look at its owner and mode, and at the mount", was.text);
	return err_in(e, "archive %s", folder);
}

// The next block into *out, full unless the input ends in it.
static bool read_block(int in, char *room, struct str *out, struct err *e)
{
	size_t have = 0;

	while (have < ZSTD_BLOCK) {
		ssize_t n = read(in, room + have, ZSTD_BLOCK - have);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(e, ERR_SYSTEM, "its bytes cannot be read: %m");
		if (n == 0)
			break;
		have += (size_t)n;
	}
	*out = (struct str){ room, have };
	return true;
}

// Where a batch's compressed bytes go.
struct sink {
	const struct archive_to *where;
	int fd;
	struct zstd_writer *zstd;
	struct seal_writer *seal; // NULL: as they are
};

static bool put_block(struct sink *s, struct str block, struct err *e)
{
	struct str frame = { 0 };
	bool ok = zstd_writer_frame(s->zstd, block, &frame, e) &&
		  (s->seal != NULL ? seal_writer_put(s->seal, frame, e)
				   : file_write_all(s->fd, frame, e));

	if (!ok)
		return failed(s->where->folder, e);
	return s->where->copy < 0 || file_write_all(s->where->copy, frame, e);
}

static bool within(const struct archive_to *where, const struct archived *got, struct err *e)
{
	return where->most == 0 || got->bytes <= where->most ||
	       err_set(e, ERR_LIMIT, "it is over %llu MB", (unsigned long long)where->most >> 20);
}

// s NULL: only counted and summed.
static bool pump(int in, struct sink *s, struct archived *got, struct err *e)
{
	char *room = malloc(ZSTD_BLOCK);
	struct str block = { 0 };
	bool good;
	struct digest d;

	if (room == NULL)
		abort();
	digest_init(&d);
	do {
		good = read_block(in, room, &block, e);
		if (!good || (block.n == 0 && got->bytes > 0)) // nothing at all is a frame, too
			break;
		got->bytes += block.n;
		digest_add(&d, block);
		good = s == NULL || (put_block(s, block, e) && within(s->where, got, e));
	} while (good && block.n == ZSTD_BLOCK);
	digest_done(&d, got->sum);
	if (s != NULL && s->seal != NULL)
		explicit_bzero(room, ZSTD_BLOCK);
	free(room);
	return good;
}

static bool sync_folder(int folder, const char *path, struct err *e)
{
	autofd fd = openat(folder, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || fsync(fd) != 0)
		return err_set(e, ERR_SYSTEM, "syncing the folder %s: %m", path);
	return true;
}

// "2026", "2026/11", "2026/11/24": makes those that are not there, and syncs where
// the new name stands.
static bool day_folder(int folder, const char *path, struct err *e)
{
	static const unsigned char ends[] = { 4, 7, 10 };
	char up[ARCHIVE_PATH] = ".", at[ARCHIVE_PATH];

	for (size_t i = 0; i < COUNTOF(ends); i++) {
		snprintf(at, sizeof at, "%.*s", ends[i], path);
		if (mkdirat(folder, at, 0700) == 0) {
			if (!sync_folder(folder, up, e))
				return false;
		} else if (errno != EEXIST) {
			return err_set(e, ERR_SYSTEM, "making the folder %s: %m", at);
		}
		snprintf(up, sizeof up, "%s", at);
	}
	return true;
}

static bool sync_day(int folder, const struct archived *got, struct err *e)
{
	char day[ARCHIVE_PATH];

	snprintf(day, sizeof day, "%.10s", got->path);
	return sync_folder(folder, day, e);
}

static bool into_place(struct part *p, struct archived *got, struct err *e)
{
	if (!day_folder(p->folder, got->path, e))
		return false;
	if (faccessat(p->folder, got->path, F_OK, 0) == 0) {
		got->known = true;
		// The run that wrote it may have died before its folder was synced.
		return sync_day(p->folder, got, e);
	}
	if (fsync(p->fd) != 0 || fchmod(p->fd, 0400) != 0 ||
	    renameat(p->folder, p->name, p->folder, got->path) != 0)
		return err_set(e, ERR_SYSTEM, "keeping %s: %m", got->path);
	return sync_day(p->folder, got, e);
}

static bool put_all(const struct archive_to *where, int in, int fd, struct archived *got,
		    struct err *e)
{
	struct sink s = { .where = where, .fd = fd, .zstd = zstd_writer_new(LEVEL) };
	bool ok;

	if (where->to != NULL)
		s.seal = seal_writer_new(where->to, fd);
	ok = pump(in, &s, got, e);
	if (ok && s.seal != NULL)
		ok = seal_writer_end(s.seal, e) || failed(where->folder, e);
	seal_writer_free(s.seal);
	zstd_writer_free(s.zstd);
	return ok;
}

bool archive_lies(int in, unsigned char out[DIGEST_BYTES], struct err *e)
{
	struct archived got = { 0 };

	if (lseek(in, 0, SEEK_SET) != 0)
		return err_set(e, ERR_INPUT, "it must be a file, not a pipe");
	if (!pump(in, NULL, &got, e))
		return false;
	memcpy(out, got.sum, DIGEST_BYTES);
	return true;
}

bool archive_put(const struct archive_to *where, int in, struct archived *out, struct err *e)
{
	CLEANUP(part_done) struct part p = { .folder = -1, .fd = -1 };
	struct archived got = { 0 };
	char day[TIME_TEXT], hex[DIGEST_TEXT];

	if (!part_open(where->folder, &p, e))
		return failed(where->folder, e);
	if (!put_all(where, in, p.fd, &got, e))
		return false;
	time_write(where->now, day);
	digest_hex(got.sum, hex);
	snprintf(got.path, sizeof got.path, "%.4s/%.2s/%.2s/%s.zst%s", day, day + 5, day + 8, hex,
		 where->to != NULL ? ".sealed" : "");
	if (where->known != NULL && where->known(where->context, &got)) {
		got.known = true;
		*out = got;
		return true;
	}
	if (where->to != NULL && !archive_lies(p.fd, got.lies, e))
		return failed(where->folder, e);
	if (!into_place(&p, &got, e))
		return failed(where->folder, e);
	got.sealed = where->to != NULL && !got.known;
	*out = got;
	return true;
}

bool archive_sum(int in, struct archived *out, struct err *e)
{
	struct archived got = { 0 };

	if (!pump(in, NULL, &got, e))
		return false;
	*out = got;
	return true;
}
