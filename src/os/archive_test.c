#include "base/test.h"
#include "base/time.h"
#include "os/archive.h"
#include "os/file.h"

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
	int64_t now = time_of_date(2026, 11, 24) + TIME_HOUR;
	int in = with(text);
	struct archived got;
	struct err e = { 0 };

	CHECK(archive_put(&(struct archive_to){ .folder = folder, .now = now, .copy = -1 }, in,
			  &got, &e));
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

	CHECK(!archive_put(&(struct archive_to){ .folder = "/nonexistent/waker", .copy = -1 }, in,
			   &got, &e));
	CHECK(e.kind == ERR_SYSTEM);
	CHECK(strstr(e.text, "/nonexistent/waker") != NULL);
	close(in);
}

TEST("archive: what is sealed has the same name, opens with its key only, and has a copy on demand")
{
	char folder[] = "/tmp/waker-archive-XXXXXX", path[160], clean[128], got_text[16] = "";
	struct seal_public p;
	struct seal_secret s;
	struct archived got, read_back = { 0 };
	struct err e = { 0 };
	int in = with("abc"), out = -1, copy = -1, fd;

	CHECK(mkdtemp(folder) != NULL);
	CHECK(file_in_memory(&out, &e) && file_in_memory(&copy, &e));
	seal_pair(&p, &s);
	CHECK(archive_put(&(struct archive_to){ .folder = folder,
						.now = time_of_date(2026, 11, 24),
						.to = &p,
						.copy = copy },
			  in, &got, &e));
	close(in);
	CHECK(strncmp(got.path, abc, strlen(abc)) == 0 &&
	      strcmp(got.path + strlen(abc), ".sealed") == 0);
	snprintf(path, sizeof path, "%s/%s", folder, got.path);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	CHECK(!archive_open(fd, NULL, out, &read_back, &e) && e.kind == ERR_DENIED);
	CHECK(archive_open(fd, &s, out, &read_back, &e) && read_back.bytes == 3);
	CHECK(pread(out, got_text, sizeof got_text, 0) == 3 && strcmp(got_text, "abc") == 0);
	CHECK(memcmp(read_back.sum, got.sum, DIGEST_BYTES) == 0);
	CHECK(archive_open(copy, NULL, -1, &read_back, &e) && read_back.bytes == 3);
	CHECK(ftruncate(copy, lseek(copy, 0, SEEK_END) - 2) == 0);
	CHECK(!archive_open(copy, NULL, -1, &read_back, &e) && e.kind == ERR_INPUT);
	close(fd);
	close(out);
	close(copy);
	snprintf(clean, sizeof clean, "rm -r %s", folder);
	CHECK(system(clean) == 0);
}
