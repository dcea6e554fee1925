// How many mails a second the caged reader reads (os/mime.h), its cage and what is checked of its
// answer included, and what a mail of 50 MB costs it and its parent at the most: the proportional
// shares of memory of both (Pss of /proc) when it is read. usage: heard MAIL… [--seconds N]
#include "base/time.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/mime.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MOST = 4096, LARGE = 50 << 20, ROOM = 64 << 20 };

static struct str mails[MOST];

static int fails(const struct err *e)
{
	fprintf(stderr, "%s\n", e->text);
	return 1;
}

// The value of a line "Name:  123 kB" of a file of /proc.
static uint64_t kilobytes(const char *path, const char *name)
{
	FILE *f = fopen(path, "re");
	char line[256];
	uint64_t v = 0;

	while (f != NULL && fgets(line, sizeof line, f) != NULL)
		if (str_has_prefix(str_of(line), str_of(name)))
			v = strtoull(line + strlen(name), NULL, 10);
	if (f != NULL)
		fclose(f);
	return v;
}

static int rate(struct mime_reader *r, size_t n, double seconds, struct arena *a)
{
	const int64_t begun = clock_since();
	uint64_t bytes = 0, read = 0, whole = 0;
	struct heard_whole h;
	struct err e;
	double took;

	do {
		for (size_t i = 0; i < n; i++) {
			char *mark = arena_mark(a);

			if (!mime_reader_read(r, mails[i], a, &h, &e))
				return fails(&e);
			whole += mime_reader_trouble(r) == NULL;
			bytes += mails[i].n;
			arena_back(a, mark);
		}
		read += n;
		took = (double)(clock_since() - begun) / TIME_SECOND;
	} while (took < seconds);
	printf("%.0f mails a second, %.1f kB each, %.1f MB/s (%llu of %llu read whole)\n",
	       (double)read / took, (double)bytes / (double)read / 1e3, (double)bytes / took / 1e6,
	       (unsigned long long)whole, (unsigned long long)read);
	return 0;
}

// Bytes of a mail of 50 MB with one attachment, in memory of its own.
static struct str large(void)
{
	static const struct str line = S("QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB"
					 "QUFBQUFBQUFBQUFBQUFB\n");
	struct buf b = { .cap = LARGE };

	b.p = mmap(NULL, LARGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (b.p == MAP_FAILED)
		exit(1);
	buf_str(&b, S("From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee below\n"
		      "--b\nContent-Type: application/zip\nContent-Transfer-Encoding: base64\n\n"));
	while (b.n + line.n + 8 < LARGE)
		buf_str(&b, line);
	buf_str(&b, S("--b--\n"));
	return buf_view(&b);
}

static int memory(struct mime_reader *r, struct arena *a)
{
	const struct str mail = large();
	const int64_t begun = clock_since();
	char path[64];
	struct heard_whole h;
	struct err e;
	uint64_t ours, theirs;

	if (!mime_reader_read(r, mail, a, &h, &e))
		return fails(&e);
	snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)mime_reader_child(r));
	theirs = kilobytes(path, "Pss:");
	ours = kilobytes("/proc/self/smaps_rollup", "Pss:");
	printf("50 MB: %lld ms, %zu parts; %.1f MiB of the parent, %.1f MiB of the child\n",
	       (long long)(clock_since() - begun) / 1000, h.parts.count, (double)ours / 1024,
	       (double)theirs / 1024);
	return 0;
}

int main(int argc, char **argv)
{
	autoarena kept = { 0 }, a = { 0 };
	struct mime_reader *r;
	struct err e = { 0 };
	double seconds = 3;
	size_t n = 0;
	int status;

	arena_init(&kept, ROOM);
	arena_init(&a, ROOM);
	for (int i = 1; i < argc && n < MOST; i++) {
		if (str_eq(str_of(argv[i]), S("--seconds")) && i + 1 < argc)
			seconds = strtod(argv[++i], NULL);
		else if (!file_read(argv[i], 1 << 20, &kept, &mails[n++], &e))
			return fails(&e);
	}
	r = mime_reader_new(&e);
	if (r == NULL)
		return fails(&e);
	status = n > 0 ? rate(r, n, seconds, &a) : 0;
	if (status == 0)
		status = memory(r, &a);
	mime_reader_free(r);
	return status;
}
