#include "os/folder.h"

#include "base/sort.h"
#include "base/time.h"
#include "os/clock.h"
#include "os/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MODE = 0700, PATH_BYTES = 4096 };

static void dir_closed(DIR **d)
{
	if (*d != NULL)
		closedir(*d);
}
#define autodir CLEANUP(dir_closed) DIR *

static bool failed(const char *path, struct err *e)
{
	return err_set(e, errno == ENOENT ? ERR_ABSENT : ERR_SYSTEM, "%s: %m", path);
}

// ---- looking through

struct walk {
	const char *root;
	struct arena *a;
	struct folder_files *out;
	unsigned depth;
};

static bool walk_into(struct walk *w, struct str below, struct err *e);

static bool meet(struct walk *w, int folder, struct str path, const char *name, struct err *e)
{
	struct stat st;

	if (fstatat(folder, name, &st, 0) != 0)
		return errno == ENOENT || failed(path.p, e);
	if (S_ISDIR(st.st_mode))
		return walk_into(w, path, e);
	if (S_ISREG(st.st_mode))
		*list_add(&w->out->at, w->a) = (struct folder_file){
			.path = path,
			.bytes = (uint64_t)st.st_size,
			.changed = st.st_mtim.tv_sec * TIME_SECOND + st.st_mtim.tv_nsec / 1000,
		};
	return true;
}

static bool walk_into(struct walk *w, struct str below, struct err *e)
{
	const char *path =
		below.n == 0 ? w->root : arena_fmt(w->a, "%s/" STR_FMT, w->root, STR_ARG(below)).p;
	autodir d = opendir(path);
	const struct dirent *entry;

	if (d == NULL)
		return errno == ENOENT || failed(path, e);
	if (++w->depth > FOLDER_DEPTH)
		return err_set(e, ERR_LIMIT, "%s: over %d folders in each other", path,
			       (int)FOLDER_DEPTH);
	while ((entry = readdir(d)) != NULL) {
		struct str name = below.n == 0 ? arena_str(w->a, str_of(entry->d_name))
					       : arena_fmt(w->a, STR_FMT "/%s", STR_ARG(below),
							   entry->d_name);

		if (entry->d_name[0] != '.' && !meet(w, dirfd(d), name, entry->d_name, e))
			return false;
	}
	w->depth--;
	return true;
}

static int by_path(const void *a, const void *b)
{
	return str_order(((const struct folder_file *)a)->path,
			 ((const struct folder_file *)b)->path);
}

bool folder_walk(const char *path, struct arena *a, struct folder_files *out, struct err *e)
{
	struct folder_files all = { 0 };
	struct walk w = { path, a, &all, 0 };

	if (!walk_into(&w, S(""), e))
		return false;
	sort_merge(all.at.at, arena_new(a, struct folder_file, all.at.count), all.at.count,
		   sizeof(struct folder_file), by_path);
	*out = all;
	return true;
}

// ---- making, settling, removing

bool folder_make_to(const char *folder, struct str path, struct err *e)
{
	char at[PATH_BYTES];
	struct str rest = path;

	while (str_has(rest, '/')) {
		str_cut(&rest, '/');
		if (snprintf(at, sizeof at, "%s/" STR_FMT, folder,
			     STR_ARG(str_first(path, path.n - rest.n - 1))) >= (int)sizeof at)
			return err_set(e, ERR_LIMIT, "%s: the path is too long", folder);
		if (mkdir(at, MODE) != 0 && errno != EEXIST)
			return failed(at, e);
	}
	return true;
}

bool folder_settle(const char *path, struct err *e)
{
	autofd fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return (fd >= 0 && syncfs(fd) == 0) || failed(path, e);
}

static bool remove_at(int folder, const char *name, const char *path, struct err *e);

static bool remove_all(DIR *d, const char *path, struct err *e)
{
	const struct dirent *entry;

	while ((entry = readdir(d)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
		    !remove_at(dirfd(d), entry->d_name, path, e))
			return false;
	return true;
}

static bool remove_at(int folder, const char *name, const char *path, struct err *e)
{
	int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	autodir d = fd >= 0 ? fdopendir(fd) : NULL;

	if (fd < 0 && errno == ENOENT)
		return true;
	if (fd < 0) // a file, a link
		return unlinkat(folder, name, 0) == 0 || errno == ENOENT || failed(path, e);
	return remove_all(d, path, e) &&
	       (unlinkat(folder, name, AT_REMOVEDIR) == 0 || failed(path, e));
}

bool folder_remove(const char *path, struct err *e)
{
	return remove_at(AT_FDCWD, path, path, e);
}

// Network file systems may not know RENAME_NOREPLACE.
static bool renamed(const char *from, const char *to)
{
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return true;
	if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
		return false;
	if (access(to, F_OK) == 0) {
		errno = EEXIST;
		return false;
	}
	return rename(from, to) == 0;
}

bool folder_rename(const char *from, const char *to, struct err *e)
{
	char up[PATH_BYTES];
	struct str name = str_of(to);
	autofd fd = -1;

	while (name.n > 0 && name.p[name.n - 1] != '/')
		name.n--;
	if (snprintf(up, sizeof up, STR_FMT ".", STR_ARG(name)) >= (int)sizeof up)
		return err_set(e, ERR_LIMIT, "%s: the path is too long", to);
	if (!renamed(from, to))
		return failed(to, e);
	fd = open(up, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return (fd >= 0 && fsync(fd) == 0) || failed(to, e);
}

// ---- asking

bool folder_real(const char *path, struct arena *a, struct str *out, struct err *e)
{
	char *real = realpath(path, NULL);

	if (real == NULL)
		return failed(path, e);
	*out = arena_str(a, str_of(real));
	free(real);
	return true;
}

bool folder_within(const char *path, const char *of, bool *out, struct err *e)
{
	char *a = realpath(path, NULL);
	char *b = a != NULL ? realpath(of, NULL) : NULL;
	struct str in = str_of(a), all = str_of(b);
	bool good = b != NULL || failed(a == NULL ? path : of, e);

	if (good)
		*out = str_has_prefix(in, all) &&
		       (in.n == all.n || all.n == 1 || in.p[all.n] == '/');
	free(a);
	free(b);
	return good;
}

bool folder_is(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool folder_empty(const char *path, bool *out, struct err *e)
{
	autodir d = opendir(path);
	const struct dirent *entry;

	*out = true;
	if (d == NULL)
		return errno == ENOENT || failed(path, e);
	while ((entry = readdir(d)) != NULL)
		*out = *out &&
		       (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
	return true;
}

#define SCRATCH "waker-"
enum {
	SCRATCH_NAME = sizeof SCRATCH - 1 + 6,
	SCRATCH_ROOM = 64,
	SCRATCH_AGE = 60,
	SCRATCH_MOST = 64
};

static const char *scratch_place(size_t room)
{
	const char *below = getenv("TMPDIR");

	return below == NULL || below[0] != '/' || strlen(below) + 1 + SCRATCH_NAME >= room ? "/tmp"
											    : below;
}

// As long as *held is open. False: it is another's, or not there.
static bool hold(const char *folder, int *held)
{
	*held = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	return *held >= 0 && flock(*held, LOCK_EX | LOCK_NB) == 0;
}

bool folder_scratch(char *out, size_t room, int *held, struct err *e)
{
	const char *below = scratch_place(room);

	*held = -1;
	snprintf(out, room, "%s/" SCRATCH "XXXXXX", below);
	if (mkdtemp(out) != NULL) {
		if (hold(out, held))
			return true;
		rmdir(out);
	}
	err_set(e, ERR_SYSTEM, "a folder below %s: %m", below);
	out[0] = '\0';
	return false;
}

static bool is_left(const char *folder, int *held)
{
	struct stat s;

	return lstat(folder, &s) == 0 && S_ISDIR(s.st_mode) && s.st_uid == geteuid() &&
	       (s.st_mtime + SCRATCH_AGE) * TIME_SECOND < clock_now() && hold(folder, held);
}

void folder_scratch_left(void (*end)(const char *folder))
{
	const char *below = scratch_place(SCRATCH_ROOM);
	DIR *d = opendir(below);
	const struct dirent *x;
	unsigned n = 0;

	while (d != NULL && n < SCRATCH_MOST && (x = readdir(d)) != NULL) {
		char folder[SCRATCH_ROOM];
		autofd held = -1;
		struct err e = { 0 };

		if (strlen(x->d_name) != SCRATCH_NAME ||
		    strncmp(x->d_name, SCRATCH, sizeof SCRATCH - 1) != 0)
			continue;
		snprintf(folder, sizeof folder, "%s/%.*s", below, (int)SCRATCH_NAME, x->d_name);
		if (!is_left(folder, &held))
			continue;
		end(folder);
		(void)!folder_remove(folder, &e); // the next may
		n++;
	}
	if (d != NULL)
		closedir(d);
}
