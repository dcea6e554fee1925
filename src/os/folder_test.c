#include "base/test.h"
#include "base/time.h"
#include "os/file.h"
#include "os/file_copy.h"
#include "os/folder.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

// A folder of this test, below the build's, empty.
static const char *place(struct arena *a)
{
	char name[] = "/tmp/waker-folder-XXXXXX";
	struct err e;

	arena_init(a, 1 << 26);
	CHECK(mkdtemp(name) != NULL);
	CHECK(folder_make_to(name, S("b/c/x"), &e) && folder_make_to(name, S(".hidden/x"), &e));
	return arena_str(a, str_of(name)).p;
}

static const char *at(struct arena *a, const char *folder, const char *name)
{
	return arena_fmt(a, "%s/%s", folder, name).p;
}

static void put(struct arena *a, const char *folder, const char *name, const char *text)
{
	struct err e;

	CHECK(file_write(at(a, folder, name), str_of(text), 0600, &e));
}

TEST("folder: all its files, by their paths' bytes, but what is hidden; then none of it")
{
	autoarena a;
	const char *f = place(&a);
	struct folder_files all;
	struct err e;
	bool is;

	put(&a, f, "b/c/x", "1");
	put(&a, f, "b-a", "22");
	put(&a, f, ".no", "3");
	put(&a, f, ".hidden/no", "3");
	CHECK(symlink("../b-a", at(&a, f, "b/link")) == 0);
	CHECK(folder_walk(f, &a, &all, &e) && all.at.count == 3);
	CHECK(str_eq(all.at.at[0].path, S("b-a")) && all.at.at[0].bytes == 2);
	CHECK(str_eq(all.at.at[1].path, S("b/c/x")) && str_eq(all.at.at[2].path, S("b/link")));
	CHECK(folder_walk(at(&a, f, "nowhere"), &a, &all, &e) && all.at.count == 0);
	CHECK(folder_within(at(&a, f, "b/c"), f, &is, &e) && is);
	CHECK(folder_within(f, at(&a, f, "b"), &is, &e) && !is);
	CHECK(folder_empty(f, &is, &e) && !is && folder_settle(f, &e));
	CHECK(!folder_rename(at(&a, f, "b-a"), at(&a, f, "b/c/x"), &e));
	CHECK(folder_rename(at(&a, f, "b-a"), at(&a, f, "d"), &e) && file_exists(at(&a, f, "d")));
	CHECK(folder_remove(f, &e) && !file_exists(f) && folder_remove(f, &e));
}

TEST("file: a copy has the bytes, the time and the mode that it is to have, and its digest is told")
{
	autoarena a;
	const char *f = place(&a);
	struct file_copy c = { at(&a, f, "x"), at(&a, f, "y"), 0400, 5 * TIME_DAY + 7 };
	struct file_sum s, again;
	struct stat st;
	struct err e;

	put(&a, f, "x", "abc");
	CHECK(file_copy(&c, &s, &e) && s.bytes == 3 && s.sum[0] == 0xba && s.sum[31] == 0xad);
	CHECK(stat(c.to, &st) == 0 && (st.st_mode & 0777) == 0400 && st.st_nlink == 1);
	CHECK(st.st_mtim.tv_sec == 5 * 86400 && st.st_mtim.tv_nsec == 7000);
	CHECK(file_sum(c.to, &again, &e) && memcmp(&s.sum, &again.sum, sizeof s.sum) == 0);
	CHECK(!file_copy(&c, &s, &e) && e.kind == ERR_SYSTEM); // nothing is written over
	c.from = at(&a, f, "none");
	c.to = at(&a, f, "z");
	CHECK(!file_copy(&c, &s, &e) && e.kind == ERR_ABSENT && !file_exists(c.to));
	CHECK(file_link(at(&a, f, "y"), c.to, &e) && stat(c.to, &st) == 0 && st.st_nlink == 2);
	CHECK(!file_link(at(&a, f, "none"), at(&a, f, "w"), &e) && e.kind == ERR_NONE);
	CHECK(folder_remove(f, &e));
}

TEST("file: what is sealed opens with its key, and with no other")
{
	autoarena a;
	const char *f = place(&a);
	struct seal_public to, other;
	struct seal_secret key, wrong;
	struct str back;
	struct err e;
	char *much = arena_new(&a, char, 200000);

	memset(much, 'm', 199999);
	seal_pair(&to, &key);
	seal_pair(&other, &wrong);
	put(&a, f, "x", much);
	CHECK(file_seal(at(&a, f, "x"), at(&a, f, "s"), &to, &e));
	CHECK(!file_unseal(at(&a, f, "s"), at(&a, f, "no"), &wrong, &e) && e.kind == ERR_DENIED);
	CHECK(!file_exists(at(&a, f, "no")));
	CHECK(file_unseal(at(&a, f, "s"), at(&a, f, "y"), &key, &e));
	CHECK(file_read(at(&a, f, "y"), 1 << 20, &a, &back, &e) && str_eq(back, str_of(much)));
	CHECK(truncate(at(&a, f, "s"), 100000) == 0);
	CHECK(!file_unseal(at(&a, f, "s"), at(&a, f, "no"), &key, &e) && e.kind == ERR_INPUT);
	put(&a, f, "x", "");
	CHECK(file_seal(at(&a, f, "x"), at(&a, f, "t"), &to, &e));
	CHECK(file_unseal(at(&a, f, "t"), at(&a, f, "z"), &key, &e));
	CHECK(folder_remove(f, &e));
}

static unsigned ended;
static void end(const char *folder)
{
	CHECK(folder_is(folder));
	ended++;
}

TEST("folder: what a command that was killed left of its scratch goes, but not what is held, fresh "
     "or another's")
{
	static const struct timespec long_ago[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };
	char held[64], left[64], fresh[64];
	int fd[3] = { -1, -1, -1 };
	autoarena a;
	const char *f = place(&a);
	struct err e = { 0 };

	CHECK(setenv("TMPDIR", f, 1) == 0);
	CHECK(folder_make(at(&a, f, "waker-other"), 0700, &e));
	CHECK(folder_scratch(held, sizeof held, &fd[0], &e) &&
	      folder_scratch(left, sizeof left, &fd[1], &e) &&
	      folder_scratch(fresh, sizeof fresh, &fd[2], &e));
	CHECK(file_write(at(&a, left, "secret"), S("x"), 0600, &e));
	CHECK(utimensat(AT_FDCWD, held, long_ago, 0) == 0 &&
	      utimensat(AT_FDCWD, left, long_ago, 0) == 0 &&
	      utimensat(AT_FDCWD, at(&a, f, "waker-other"), long_ago, 0) == 0);
	folder_scratch_left(end);
	CHECK(ended == 0 && folder_is(left));
	close(fd[1]);
	close(fd[2]);
	folder_scratch_left(end);
	CHECK(ended == 1 && !folder_is(left) && folder_is(held) && folder_is(fresh));
	CHECK(folder_is(at(&a, f, "b")));
	close(fd[0]);
	folder_scratch_left(end);
	CHECK(ended == 2 && !folder_is(held) && folder_is(fresh));
	CHECK(unsetenv("TMPDIR") == 0 && folder_remove(f, &e));
}
