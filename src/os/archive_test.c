#include "base/test.h"
#include "base/time.h"
#include "os/archive.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char abc[] =
	"2026/11/24/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.zst";

static int with(const char *text) // a descriptor that reads it
{
	int ends[2];

	CHECK(pipe(ends) == 0);
	CHECK(write(ends[1], text, strlen(text)) == (ssize_t)strlen(text));
	close(ends[1]);
	return ends[0];
}

static struct archived put(const char *folder, const char *text)
{
	int in = with(text);
	struct archived got;
	struct err e = { 0 };

	CHECK(archive_put(folder, time_of_date(2026, 11, 24) + TIME_HOUR, in, &got, &e));
	close(in);
	return got;
}

static bool there(const char *folder, const char *name)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return access(path, F_OK) == 0;
}

TEST("archive: bytes stand under their day and digest, and a second time are kept")
{
	char folder[] = "/tmp/waker-archive-XXXXXX", left[64], clean[128];
	struct archived got;

	CHECK(mkdtemp(folder) != NULL);
	snprintf(left, sizeof left, "%s/.part-1", folder);
	close(open(left, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	got = put(folder, "abc");
	CHECK(strcmp(got.path, abc) == 0 && got.bytes == 3 && !got.known);
	CHECK(there(folder, abc));
	CHECK(!there(folder, ".part-1")); // what an interrupted run left
	got = put(folder, "abc");
	CHECK(got.known && there(folder, abc));
	CHECK(strcmp(put(folder, "abcd").path, abc) != 0);
	snprintf(clean, sizeof clean, "rm -r %s", folder);
	CHECK(system(clean) == 0);
}

TEST("archive: a folder that is not there is a sentence, and nothing is made")
{
	struct archived got;
	struct err e = { 0 };
	int in = with("abc");

	CHECK(!archive_put("/nonexistent/waker", 0, in, &got, &e) && e.kind == ERR_SYSTEM);
	CHECK(strstr(e.text, "/nonexistent/waker") != NULL);
	close(in);
}
