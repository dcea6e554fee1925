#include "base/test.h"
#include "os/file.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WRITERS = 4, ROUNDS = 100 };

static const char *const texts[WRITERS] = { "1\n", "22\n", "333\n", "4444\n" };

// A process that writes its text again and again.
static pid_t writer(const char *path, const char *text)
{
	pid_t child = fork();
	struct err e;

	CHECK(child >= 0);
	if (child > 0)
		return child;
	for (int i = 0; i < ROUNDS; i++)
		if (!file_write(path, str_of(text), 0600, &e))
			_exit(1);
	_exit(0);
}

TEST("file: of several who write one file at once each is heard, and it is never half of two")
{
	char folder[] = "/tmp/waker-file-XXXXXX", path[64], beside[80];
	pid_t child[WRITERS];
	struct arena a = { 0 };
	struct str got;
	struct err e;
	bool whole = false;

	CHECK(mkdtemp(folder) != NULL);
	snprintf(path, sizeof path, "%s/note", folder);
	snprintf(beside, sizeof beside, "%s.new", path);
	for (int i = 0; i < WRITERS; i++)
		child[i] = writer(path, texts[i]);
	for (int i = 0; i < WRITERS; i++) {
		int status;

		CHECK(waitpid(child[i], &status, 0) == child[i] && status == 0);
	}
	arena_init(&a, 1 << 20);
	CHECK(file_read(path, 64, &a, &got, &e));
	for (int i = 0; i < WRITERS; i++)
		whole = whole || str_eq(got, str_of(texts[i]));
	CHECK(whole && !file_exists(beside));
	arena_done(&a);
	CHECK(unlink(path) == 0 && rmdir(folder) == 0);
}

TEST("file: what an interrupted writer left beside is written over")
{
	char folder[] = "/tmp/waker-file-XXXXXX", path[64], beside[80];
	struct arena a = { 0 };
	struct str got;
	struct err e;
	int fd = -1;

	CHECK(mkdtemp(folder) != NULL);
	snprintf(path, sizeof path, "%s/note", folder);
	snprintf(beside, sizeof beside, "%s.new", path);
	CHECK(file_create(beside, &fd, &e) && file_write_all(fd, S("left by who was killed"), &e));
	close(fd);
	CHECK(file_write(path, S("now"), 0600, &e));
	arena_init(&a, 1 << 20);
	CHECK(file_read(path, 64, &a, &got, &e) && str_eq(got, S("now")) && !file_exists(beside));
	arena_done(&a);
	CHECK(unlink(path) == 0 && rmdir(folder) == 0);
}
