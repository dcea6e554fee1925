#include "base/test.h"
#include "os/cage.h"
#include "os/unpack.h"

#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

enum { ROOM = 1 << 20, ARENA = UNPACK_MEMORY, TAIL = 68 };

// How a member is written; the zero value is deflate with its sizes before the bytes.
enum how {
	STORED = 1,
	BEHIND = 2,      // CRC and sizes stand behind, with their mark
	BEHIND_BARE = 4, // as BEHIND, without the mark
	BEHIND_WIDE = 8, // with BEHIND or BEHIND_BARE: sizes of 8 bytes
	ZIP64 = 16,      // sizes in the extra field
	ENCRYPTED = 32,
	OTHER_METHOD = 64,
	WRONG_CRC = 128,
	WRONG_SIZE = 256,
	SIZES_BEFORE_TOO = 512, // with BEHIND: the header has them as well
};

struct member {
	const char *name, *text;
	unsigned how;
};

static void number(struct buf *b, uint64_t v, unsigned bytes)
{
	for (; bytes > 0; bytes--, v >>= 8)
		buf_char(b, (char)(v & 255));
}

static struct str deflated(struct str s)
{
	static char out[ROOM];
	z_stream z = { 0 };

	CHECK(deflateInit2(&z, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) == Z_OK);
	z.next_in = (Bytef *)(uintptr_t)s.p;
	z.avail_in = (uInt)s.n;
	z.next_out = (Bytef *)out;
	z.avail_out = sizeof out;
	CHECK(deflate(&z, Z_FINISH) == Z_STREAM_END);
	deflateEnd(&z);
	return (struct str){ out, sizeof out - z.avail_out };
}

static void write_member(struct buf *b, const struct member *m, struct str text)
{
	bool behind = (m->how & (BEHIND | BEHIND_BARE)) != 0, zip64 = (m->how & ZIP64) != 0;
	bool before = !behind || (m->how & SIZES_BEFORE_TOO) != 0;
	struct str packed = (m->how & STORED) != 0 ? text : deflated(text);
	uint64_t crc = crc32(0, (const Bytef *)text.p, (uInt)text.n) ^ ((m->how & WRONG_CRC) != 0);
	uint64_t size = text.n + ((m->how & WRONG_SIZE) != 0);
	unsigned method = (m->how & OTHER_METHOD) != 0 ? 12 : (m->how & STORED) != 0 ? 0 : 8;
	unsigned wide = (m->how & BEHIND_WIDE) != 0 ? 8 : 4;

	buf_str(b, S("PK\3\4"));
	number(b, 20, 2);
	number(b, (behind ? 8 : 0) | ((m->how & ENCRYPTED) != 0), 2);
	number(b, method, 2);
	number(b, 0, 4);
	number(b, before ? crc : 0, 4);
	number(b, zip64 ? UINT32_MAX : before ? packed.n : 0, 4);
	number(b, zip64 ? UINT32_MAX : before ? size : 0, 4);
	number(b, strlen(m->name), 2);
	number(b, zip64 ? 28 : 0, 2);
	buf_str(b, str_of(m->name));
	if (zip64) {
		buf_str(b, S("UT\4\0abcd"));
		number(b, 1, 2);
		number(b, 16, 2);
		number(b, before ? size : 0, 8);
		number(b, before ? packed.n : 0, 8);
	}
	buf_str(b, packed);
	if (behind) {
		buf_str(b, (m->how & BEHIND) != 0 ? S("PK\7\10") : S(""));
		number(b, crc, 4);
		number(b, packed.n, wide);
		number(b, size, wide);
	}
}

static void write_tail(struct buf *b) // a directory, as far as one is looked at
{
	static const char rest[42 + 18];

	buf_str(b, S("PK\1\2"));
	buf_add(b, rest, 42);
	buf_str(b, S("PK\5\6"));
	buf_add(b, rest, 18);
}

// What comes of the bytes of a file into `out`, taken in pieces of `room`.
static bool unpack_file(struct str bytes, size_t room, struct buf *out, struct err *e)
{
	autoarena a = { 0 };
	int fd = memfd_create("unpack", 0);
	bool end = false, ok = true;
	struct unpack u;

	arena_init(&a, ARENA);
	CHECK(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
	CHECK(lseek(fd, 0, SEEK_SET) == 0);
	u = unpack_of(fd, &a);
	while (ok && !end) {
		struct buf some = { .p = out->p + out->n, .cap = room };

		CHECK(out->cap - out->n >= room);
		ok = unpack_more(&u, &some, &end, e);
		out->n += some.n;
	}
	close(fd);
	return ok;
}

static char packed[ROOM], text[ROOM];

static void check(struct str bytes, const char *want, enum err_kind kind, const char *says)
{
	static const size_t rooms[] = { 1, 2, 7, 4096, ROOM / 2 };

	for (size_t i = 0; i < COUNTOF(rooms); i++) {
		struct buf out = BUF_ON(text);
		struct err e = { 0 };
		bool ok = unpack_file(bytes, rooms[i], &out, &e);

		if (ok != (kind == ERR_NONE) || (!ok && strstr(e.text, says) == NULL))
			printf("# %s, not %s: " STR_FMT "\n", e.text, says,
			       STR_ARG(buf_view(&out)));
		CHECK(ok == (kind == ERR_NONE) && e.kind == kind);
		CHECK(ok ? str_eq(buf_view(&out), str_of(want)) : strstr(e.text, says) != NULL);
	}
}

TEST("unpack: a zip gives its members one after the other")
{
	static const struct {
		struct member member[4];
		const char *text;
	} cases[] = {
		{ { { "a.csv", "a,b\n1,2\n", 0 } }, "a,b\n1,2\n" },
		{ { { "a", "1\n", STORED }, { "b", "2\n", 0 } }, "1\n2\n" },
		{ { { "d/", "", STORED }, { "d/a", "1\n", 0 }, { "d/e/", "", 0 } }, "1\n" },
		{ { { "a", "1\n", BEHIND }, { "b", "2\n", BEHIND } }, "1\n2\n" },
		{ { { "a", "1\n", BEHIND_BARE }, { "b", "2\n", 0 } }, "1\n2\n" },
		{ { { "a", "1\n", BEHIND | BEHIND_WIDE | ZIP64 }, { "b", "2\n", 0 } }, "1\n2\n" },
		{ { { "a", "1\n", BEHIND_BARE | BEHIND_WIDE }, { "b", "2\n", 0 } }, "1\n2\n" },
		{ { { "a", "", BEHIND },
		    { "b", "", BEHIND_BARE | BEHIND_WIDE },
		    { "c", "3\n", 0 } },
		  "3\n" },
		{ { { "a", "1\n", ZIP64 }, { "b", "2\n", ZIP64 | STORED } }, "1\n2\n" },
		{ { { "a", "1\n", BEHIND | STORED | SIZES_BEFORE_TOO }, { "b", "2\n", 0 } },
		  "1\n2\n" },
		{ { { "d/", "", BEHIND | STORED }, { "a", "1\n", 0 } }, "1\n" },
		// a line is never glued to one of another member
		{ { { "a", "1", 0 }, { "b", "2", STORED }, { "d/", "", STORED }, { "c", "3", 0 } },
		  "1\n2\n3" },
		{ { { NULL, NULL, 0 } }, "" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct buf b = BUF_ON(packed);

		for (size_t k = 0; k < 4 && cases[i].member[k].name != NULL; k++)
			write_member(&b, &cases[i].member[k], str_of(cases[i].member[k].text));
		if (b.n > 0)
			write_tail(&b);
		else
			buf_add(&b, "PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22);
		check(buf_view(&b), cases[i].text, ERR_NONE, "");
	}
}

TEST("unpack: a zip that cannot be read is refused with the reason")
{
	static const struct {
		struct member member;
		const char *says;
	} cases[] = {
		{ { "a", "1\n", ENCRYPTED }, "member 2 of the zip is encrypted" },
		{ { "a", "1\n", OTHER_METHOD }, "packed by method 12" },
		{ { "a", "1\n", WRONG_CRC }, "its CRC is another" },
		{ { "a", "1\n", WRONG_CRC | STORED }, "its CRC is another" },
		{ { "a", "1\n", WRONG_SIZE }, "its length is another" },
		{ { "a", "1\n", WRONG_SIZE | STORED }, "of two sizes" },
		{ { "a", "1\n", WRONG_CRC | BEHIND }, "its CRC or length is another" },
		{ { "a", "1\n", WRONG_SIZE | BEHIND_BARE }, "its CRC or length is another" },
		{ { "a", "1\n", STORED | BEHIND }, "without saying how long" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct member first = { "x", "0\n", 0 };
		struct buf b = BUF_ON(packed);

		write_member(&b, &first, S("0\n"));
		write_member(&b, &cases[i].member, str_of(cases[i].member.text));
		write_tail(&b);
		check(buf_view(&b), "", ERR_INPUT, cases[i].says);
	}
}

TEST("unpack: a zip cut off anywhere before its directory is refused")
{
	static const struct member members[] = { { "a", "one\n", BEHIND | ZIP64 | BEHIND_WIDE },
						 { "b", "two\n", STORED } };
	struct buf b = BUF_ON(packed);

	for (size_t i = 0; i < COUNTOF(members); i++)
		write_member(&b, &members[i], str_of(members[i].text));
	for (size_t n = UNPACK_HEAD; n <= b.n; n++)
		check((struct str){ packed, n }, "", ERR_INPUT, "cut off");
	write_tail(&b);
	check(buf_view(&b), "one\ntwo\n", ERR_NONE, "");
	packed[b.n - TAIL] = 'X'; // the mark of the directory
	check(buf_view(&b), "", ERR_INPUT, "no header where one must be");
}

TEST("unpack: a zip whose bytes are damaged is refused")
{
	struct member m = { "a", "", 0 };
	struct buf b = BUF_ON(packed);
	size_t body;

	write_member(&b, &m, S("some text that is some text that is some text"));
	write_tail(&b);
	body = 30 + 1;
	for (size_t i = body; i < b.n - TAIL; i++) {
		struct buf out = BUF_ON(text);
		struct err e = { 0 };

		packed[i] ^= 0x55;
		CHECK(!unpack_file(buf_view(&b), 4096, &out, &e) && e.kind == ERR_INPUT);
		packed[i] ^= 0x55;
	}
}

TEST("unpack: plain bytes and gzip come out as before, told by their first bytes")
{
	static const char gzip[] =
		"\x1f\x8b\x08\0\0\0\0\0\0\x03\x33\xe4\x02\0\x53\xfc\x51\x67\2\0\0\0";

	check(S("PK is no zip"), "PK is no zip", ERR_NONE, "");
	check(S("P"), "P", ERR_NONE, "");
	check(S(""), "", ERR_NONE, "");
	check((struct str){ gzip, sizeof gzip - 1 }, "1\n", ERR_NONE, "");
	check((struct str){ gzip, sizeof gzip - 2 }, "", ERR_INPUT, "cut off");
	CHECK(unpack_kind(S("\x28\xb5\x2f\xfd")) == UNPACK_ZSTD);
	CHECK(unpack_kind(S("PK\3")) == UNPACK_ZIP);
	CHECK(unpack_kind(S("\x28\xb5")) == UNPACK_PLAIN && unpack_kind(S("PK")) == UNPACK_PLAIN);
	check(S("PK\3"), "", ERR_INPUT, "");
	check(S("\x28\xb5\x2f"), "", ERR_INPUT, "");
}

TEST("unpack: a pipe that gives the first bytes one by one is told as a file is")
{
	struct member m = { "a", "", 0 };
	struct buf b = BUF_ON(packed), out = BUF_ON(text);
	struct err e = { 0 };
	autoarena a = { 0 };
	struct unpack u;
	bool end = false;
	pid_t child;
	int ends[2];

	write_member(&b, &m, S("1\n"));
	write_tail(&b);
	CHECK(pipe(ends) == 0);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		for (size_t i = 0; i < b.n; i++) {
			if (write(ends[1], packed + i, 1) != 1)
				_exit(1);
			if (i < UNPACK_HEAD)
				usleep(20000);
		}
		_exit(0);
	}
	close(ends[1]);
	arena_init(&a, ARENA);
	u = unpack_of(ends[0], &a);
	while (!end)
		CHECK(unpack_more(&u, &out, &end, &e));
	CHECK(str_eq(buf_view(&out), S("1\n")) && cage_wait(child, &e));
	close(ends[0]);
}

// Reads the zip in `packed` in the strict cage; 0 where it gave what it holds.
static int read_caged(void *context)
{
	int fd = *(int *)context;
	struct buf out = BUF_ON(text);
	struct err e = { 0 };
	struct arena a;
	struct unpack u;
	bool end = false;

	arena_init(&a, ARENA);
	u = unpack_of(fd, &a);
	cage_warm(1 << 20);
	cage_enter();
	while (!end)
		if (!unpack_more(&u, &out, &end, &e))
			return 1;
	return str_eq(buf_view(&out), S("1\n2\n")) ? 0 : 2;
}

TEST("unpack: a zip is read in the strict cage")
{
	static const struct member members[] = { { "a", "1\n", BEHIND }, { "b", "2\n", STORED } };
	int fd = memfd_create("unpack", 0);
	struct buf b = BUF_ON(packed);
	struct err e = { 0 };
	pid_t child;

	for (size_t i = 0; i < COUNTOF(members); i++)
		write_member(&b, &members[i], str_of(members[i].text));
	write_tail(&b);
	CHECK(fd >= 0 && write(fd, b.p, b.n) == (ssize_t)b.n && lseek(fd, 0, SEEK_SET) == 0);
	CHECK(cage_fork(read_caged, &fd, &child, &e) && cage_wait(child, &e));
	close(fd);
}

// Deflate of `megabytes` of zeros, as a zip of one member, into a new file.
static int bomb(unsigned megabytes)
{
	static char zeros[1 << 20], out[1 << 16];
	int fd = memfd_create("bomb", 0);
	z_stream z = { 0 };
	char head[30 + 1] = "PK\3\4\24\0\10\0\10";

	head[26] = 1;
	head[30] = 'a';
	CHECK(fd >= 0 && write(fd, head, sizeof head) == (ssize_t)sizeof head);
	CHECK(deflateInit2(&z, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) == Z_OK);
	for (unsigned i = 0; i < megabytes; i++) {
		z.next_in = (Bytef *)zeros;
		z.avail_in = sizeof zeros;
		do {
			z.next_out = (Bytef *)out;
			z.avail_out = sizeof out;
			CHECK(deflate(&z, i + 1 == megabytes ? Z_FINISH : Z_NO_FLUSH) >= Z_OK);
			CHECK(write(fd, out, sizeof out - z.avail_out) >= 0);
		} while (z.avail_out == 0);
	}
	deflateEnd(&z);
	CHECK(lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

TEST("unpack: a zip that grows out of bounds is refused")
{
	int fd = bomb((unsigned)(UNPACK_FREE >> 20) + 2);
	struct err e = { 0 };
	autoarena a = { 0 };
	bool end = false, ok = true;
	struct unpack u;

	arena_init(&a, ARENA);
	u = unpack_of(fd, &a);
	while (ok && !end) {
		struct buf out = BUF_ON(text);

		ok = unpack_more(&u, &out, &end, &e);
	}
	CHECK(!ok && e.kind == ERR_LIMIT && u.out <= UNPACK_FREE + ROOM);
	close(fd);
}

TEST("unpack: a million members are read one after the other")
{
	enum { MEMBERS = 1000000 };
	struct member m = { "a", "", STORED };
	struct buf one = BUF_ON(packed), out = BUF_ON(text);
	int fd = memfd_create("members", 0);
	struct err e = { 0 };
	autoarena a = { 0 };
	bool end = false;
	struct unpack u;
	size_t n;

	write_member(&one, &m, S(""));
	n = one.n;
	for (size_t i = 1; i < ROOM / n; i++)
		buf_add(&one, packed, n);
	for (size_t i = 0; i < MEMBERS / (ROOM / n) + 1; i++)
		CHECK(write(fd, packed, one.n) == (ssize_t)one.n);
	CHECK(write(fd, "PK\1\2", 4) == 4 && lseek(fd, 0, SEEK_SET) == 0);
	arena_init(&a, ARENA);
	u = unpack_of(fd, &a);
	while (!end)
		CHECK(unpack_more(&u, &out, &end, &e));
	CHECK(out.n == 0 && arena_room(&a) > ARENA - (1 << 20));
	close(fd);
}
